namespace Tempo.PostRender.Tempo;

/// <summary>A value of <c>-target</c>, and the components that a process with it runs.</summary>
/// <param name="Name">The value.</param>
/// <param name="Versions">The versions that have it with these components.</param>
/// <param name="Components">The components; the target itself if it is a component.</param>
public sealed record TempoTarget(string Name, VersionRange Versions, params IReadOnlyList<string> Components)
{
    /// <summary>The target that runs every component in one process; it is the default of <c>-target</c>.</summary>
    public const string All = "all";

    /// <summary>The target that runs every component, and shares its rings with other processes of the same target (2.x).</summary>
    public const string ScalableSingleBinary = "scalable-single-binary";

    private const string All3 = "all-3.0";

    /// <summary>
    /// The known targets. A target whose components changed has a row for each set of components. Source: <c>cmd/tempo/app/modules.go</c>
    /// at the tags of the versions; the targets of 3.0.3 were also run.
    /// </summary>
    public static IReadOnlyList<TempoTarget> Known { get; } =
    [
        new("distributor", VersionRange.All, "distributor"),
        new("ingester", VersionRange.Until("2.10"), "ingester"),
        new("compactor", VersionRange.Until("2.10"), "compactor"),
        new("querier", VersionRange.All, "querier"),
        new("query-frontend", VersionRange.All, "query-frontend"),
        new("metrics-generator", VersionRange.All, "metrics-generator"),
        new("metrics-generator-no-local-blocks", VersionRange.Since("2.8"), "metrics-generator-no-local-blocks"),
        new("block-builder", VersionRange.Since("2.8"), "block-builder"),
        new("backend-scheduler", VersionRange.Since("2.8"), "backend-scheduler"),
        new("backend-worker", VersionRange.Since("2.8"), "backend-worker"),
        new("live-store", VersionRange.Since("2.9"), "live-store"),
        new(All, VersionRange.Until("2.7"), "compactor", "query-frontend", "querier", "ingester", "distributor", "metrics-generator"),
        new(
            All,
            VersionRange.Between("2.8", "2.9"),
            "compactor",
            "query-frontend",
            "querier",
            "ingester",
            "distributor",
            "metrics-generator",
            "block-builder"
        ),
        new(
            All,
            VersionRange.Between("2.10", "2.10"),
            "compactor",
            "query-frontend",
            "querier",
            "ingester",
            "distributor",
            "metrics-generator"
        ),
        new(
            All,
            VersionRange.Since("3.0"),
            "backend-scheduler",
            "backend-worker",
            "query-frontend",
            "querier",
            "distributor",
            "metrics-generator",
            "live-store"
        ),
        new(
            All3,
            VersionRange.Between("2.10", "2.10"),
            "backend-scheduler",
            "backend-worker",
            "query-frontend",
            "querier",
            "distributor",
            "metrics-generator",
            "block-builder",
            "live-store"
        ),
        new(
            ScalableSingleBinary,
            VersionRange.Until("2.7"),
            "compactor",
            "query-frontend",
            "querier",
            "ingester",
            "distributor",
            "metrics-generator"
        ),
        new(
            ScalableSingleBinary,
            VersionRange.Between("2.8", "2.9"),
            "compactor",
            "query-frontend",
            "querier",
            "ingester",
            "distributor",
            "metrics-generator",
            "block-builder"
        ),
        new(
            ScalableSingleBinary,
            VersionRange.Between("2.10", "2.10"),
            "compactor",
            "query-frontend",
            "querier",
            "ingester",
            "distributor",
            "metrics-generator"
        ),
    ];

    /// <summary>Targets that no similar program (Loki, Mimir) has.</summary>
    private static readonly HashSet<string> TempoOnly = new(StringComparer.Ordinal)
    {
        ScalableSingleBinary,
        All3,
        "live-store",
        "backend-scheduler",
        "backend-worker",
        "metrics-generator",
        "metrics-generator-no-local-blocks",
    };

    /// <summary>Whether only Tempo has a target of this name.</summary>
    public static bool IsTempoOnly(string name) => TempoOnly.Contains(name);

    /// <summary>Whether a target is a single binary: one process that does not share its rings.</summary>
    public static bool IsSingleBinary(string name) => name is All or All3;

    /// <summary>Whether a version has a target of this name; true for a name that no version has.</summary>
    public static bool Has(string name, TempoVersion version)
    {
        var rows = Known.Where(target => target.Name == name).ToList();
        return rows.Count == 0 || rows.Exists(target => target.Versions.Contains(version));
    }

    /// <summary>The components that a process runs; an unknown target is assumed to be a component.</summary>
    /// <param name="targets">The targets of the process.</param>
    public static IReadOnlyList<string> ComponentsOf(IEnumerable<string> targets, TempoVersion version) =>
        [
            .. targets
                .SelectMany(name =>
                    Known.FirstOrDefault(target => target.Name == name && target.Versions.Contains(version))?.Components ?? [name]
                )
                .Distinct(StringComparer.Ordinal),
        ];
}
