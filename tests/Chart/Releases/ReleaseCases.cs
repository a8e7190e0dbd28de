using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>
/// Every release that the chart is tested with: the files for chart-testing, the files for clusters, each feature alone in both
/// families, all features at once, and the longest release name.
/// </summary>
/// <remarks>
/// A feature is a file in tests/Chart/Features, laid over the values for chart-testing of its <c>mode</c>. A name that ends in
/// <c>.ipv6</c> or <c>.ipv4</c> is for that family only; the line <c># alone</c> keeps it out of "all features at once".
/// </remarks>
internal static class ReleaseCases
{
    public static string[] Families { get; } = ["IPv6", "IPv4"];

    public static string[] Modes { get; } = ["monolithic", "microservices"];

    public static IReadOnlyList<ReleaseCase> Ci { get; } =
    [.. FilesIn("chart/ci").Select(static file => new ReleaseCase($"ci/{Stem(file).Replace("-values", "")}", file))];

    public static IReadOnlyList<ReleaseCase> Clusters { get; } =
    [.. FilesIn("chart/clusters").Select(static file => new ReleaseCase($"clusters/{Stem(file)}", file))];

    public static IReadOnlyList<ReleaseCase> Features { get; } =
    [
        .. FilesIn("tests/Chart/Features")
            .SelectMany(static file => Families.Where(family => IsFor(file, family)).Select(family => Feature(file, family))),
    ];

    public static IReadOnlyList<ReleaseCase> Everything { get; } =
    [.. Modes.SelectMany(static mode => Families.Select(family => EverythingAtOnce(mode, family)))];

    public static IReadOnlyList<ReleaseCase> LongNames { get; } =
    [
        .. Everything
            .Where(static release => release.Family == "IPv6")
            .Select(static release =>
                release with
                {
                    Name = $"{release.Name} (longest name)",
                    ReleaseName = ReleaseCase.LongestReleaseName,
                }
            ),
    ];

    public static IReadOnlyList<ReleaseCase> All { get; } = [.. Ci, .. Clusters, .. Features, .. Everything, .. LongNames];

    /// <summary>The release that a feature is laid over.</summary>
    public static ReleaseCase Base(string mode, string family) => Ci.Single(release => release.Name == $"ci/{mode}-{Lower(family)}");

    public static Task<RenderedRelease[]> RenderAllAsync() => Task.WhenAll(All.Select(static release => release.RenderAsync()));

    private static ReleaseCase Feature(string file, string family)
    {
        var release = new ReleaseCase($"feature/{Stem(file)} {family}", file);
        return release with { Files = [.. Base(release.Mode, family).Files, file] };
    }

    private static ReleaseCase EverythingAtOnce(string mode, string family)
    {
        var together = Features
            .Where(feature => feature.Mode == mode && feature.Family == family)
            .Select(static feature => feature.Files[^1])
            .Where(static file => !File.ReadLines(Repository.Path(file)).Contains("# alone"));
        return new ReleaseCase($"everything {mode} {family}", [.. Base(mode, family).Files, .. together]);
    }

    private static bool IsFor(string file, string family) =>
        !Families.Any(other => other != family && Stem(file).EndsWith($".{Lower(other)}"));

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(Repository.Path(folder), "*.yaml").Select(file => $"{folder}/{Path.GetFileName(file)}").Order();

    private static string Stem(string file) => Path.GetFileNameWithoutExtension(file);

    private static string Lower(string family) => family == "IPv6" ? "ipv6" : "ipv4";
}
