using Tempo.PostRender.Words;

namespace Tempo.PostRender.Migration;

/// <summary>Settings of Tempo 2 that Tempo 3 does not start with: they are left out of the new values, and named.</summary>
internal static class Tempo2Settings
{
    private const string LocalBlocks = "local-blocks";
    private const string Defaults = "overrides.defaults";

    private static readonly string[] BlockVersions = ["storage.trace.block.version", "config.storage.trace.block.version"];

    /// <summary>Formats that Tempo 3 does not write: https://github.com/grafana/tempo/blob/v3.0.3/tempodb/encoding/versioned.go</summary>
    private static readonly string[] OldBlocks = ["v2", "vParquet", "vParquet2", "vParquet3"];

    private static readonly Lazy<IReadOnlyList<string>> Keys = new(static () => EmbeddedFile.List("Migration.tempo2-keys.txt"));

    /// <summary>The sections of tempo.yaml that have a value of their own.</summary>
    private static readonly (string Section, string Value)[] Sections =
    [
        ("distributor.", "distributor.config."),
        ("querier.", "querier.config."),
        ("query_frontend.", "queryFrontend.config."),
        ("live_store.", "liveStore.config."),
        ("block_builder.", "blockBuilder.config."),
        ("backend_scheduler.", "backendScheduler.config."),
        ("backend_worker.", "backendWorker.config."),
        ("metrics_generator.", "metricsGenerator.config."),
        ("storage.", "storage."),
        ("overrides.", "overrides."),
    ];

    /// <summary>Leaves the settings out, and says which.</summary>
    public static void Remove(MigrationResult result)
    {
        foreach (var path in Keys.Value.SelectMany(PlacesOf).Where(result.Values.Remove))
        {
            SayRemoved(result, path);
        }

        foreach (
            var path in BlockVersions.Where(path => result.Values.At(path) is ValueScalar { Text: var text } && OldBlocks.Contains(text))
        )
        {
            result.Values.Remove(path);
            result.Say(
                MigrationLevel.Warning,
                path,
                "is a format of blocks that Tempo 3 does not write; it was left out, so new blocks have the default format. Tempo 3.0 "
                    + "reads existing blocks of vParquet3 and later, and none of older formats"
            );
        }

        RemoveLocalBlocks(result, result.Values.At(Defaults), Defaults);
        foreach (var (tenant, value) in result.Values.Map("per_tenant_overrides").Entries)
        {
            var path = $"per_tenant_overrides.{tenant}";
            foreach (var key in LimitKeys.Where(key => value is ValueMap limits && limits.Remove(key)))
            {
                SayRemoved(result, $"{path}.{key}");
            }

            RemoveLocalBlocks(result, value, path);
        }
    }

    /// <summary>The keys among them that single tenants can have too.</summary>
    private static IEnumerable<string> LimitKeys =>
        Keys
            .Value.Where(static key => key.StartsWith($"{Defaults}.", StringComparison.Ordinal))
            .Select(static key => key[(Defaults.Length + 1)..]);

    private static void SayRemoved(MigrationResult result, string path) =>
        result.Say(MigrationLevel.Warning, path, "is a setting of Tempo 2, and Tempo 3 does not start with it; it was left out");

    private static IEnumerable<string> PlacesOf(string key) =>
        Sections
            .Where(section => key.StartsWith(section.Section, StringComparison.Ordinal))
            .Select(section => section.Value + key[section.Section.Length..])
            .Append($"config.{key}");

    /// <summary>The live-stores do what the processor did.</summary>
    private static void RemoveLocalBlocks(MigrationResult result, Value? limits, string path)
    {
        if (
            (limits as ValueMap)?["metrics_generator"] is ValueMap generator
            && generator["processors"] is ValueList { Items: var processors }
            && processors.Where(static item => item is not ValueScalar { Text: LocalBlocks }).ToList() is var rest
            && rest.Count < processors.Count
        )
        {
            generator["processors"] = new ValueList(rest);
            result.Say(
                MigrationLevel.Note,
                $"{path}.metrics_generator.processors",
                $"has the processor {LocalBlocks}, which Tempo 3 does not have; it was left out. The live-stores answer "
                    + "TraceQL metrics queries"
            );
        }
    }
}
