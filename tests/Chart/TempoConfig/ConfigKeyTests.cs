using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;
using Tempo.Helm.Tests.Versions;
using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Chart.TempoConfig;

/// <summary>files/tempo-keys.yaml of the chart: compared with Tempo's configuration reference, and with files/types.yaml.</summary>
public class ConfigKeyTests
{
    /// <summary>The minor versions that the chart can install, by the last of their patches whose reference was read.</summary>
    private static readonly IReadOnlyList<TempoVersion> Versions =
    [
        .. ConfigReference
            .Versions.Where(static version => version.Major >= 3)
            .GroupBy(static version => (version.Major, version.Minor))
            .Select(static patches => patches.Max()),
    ];

    /// <summary>Keys that Tempo still reads, although the reference no longer lists them.</summary>
    private static readonly string[] Undocumented =
    [
        "metrics_generator_client",
        "overrides.defaults.metrics_generator.ingestion_time_range_slack",
        "query_frontend.rf1_after",
    ];

    [Fact]
    public void Every_key_of_the_reference_is_in_the_table_with_the_versions_that_have_it() =>
        AssertNone.Of(
            from version in Versions
            from key in ConfigReference.Keys
            where ConfigReference.Has(key, version) && !IsInTable(key, version)
            select $"{key} of Tempo {version}",
            "Add these keys of the reference to chart/files/tempo-keys.yaml, with their types and since= the version:"
        );

    [Fact]
    public void No_key_is_in_the_table_for_a_version_whose_reference_does_not_have_it() =>
        AssertNone.Of(
            from version in Versions
            from row in ConfigKeys.All
            where ConfigReference.HasEver(row.Key) && !Undocumented.Contains(row.Key)
            where row.Value.Versions.Contains(version) && !ConfigReference.Has(row.Key, version)
            select $"{row.Key} of Tempo {version}",
            "The reference does not have these keys; give them until= the last version that has them in chart/files/tempo-keys.yaml:"
        );

    [Fact]
    public void Every_type_is_one_that_the_chart_checks()
    {
        var types = StrictYaml
            .Read(File.ReadAllText(Repository.Path("chart", "files", "types.yaml")))
            .Entries()
            .Where(static type => type.Value.At("takes") is not null)
            .Select(static type => type.Key)
            .Append("any")
            .ToHashSet();

        AssertNone.Of(
            ConfigKeys
                .All.Where(row => !row.Value.Type.Contains('|') && !types.Contains(row.Value.Type))
                .Select(static row => row.ToString())
        );
    }

    /// <summary>Whether the table has a key or section. Keys below a map of any keys, or below the type any, are not checked.</summary>
    private static bool IsInTable(string path, TempoVersion version)
    {
        var sought = path.Replace("[]", "");
        return ConfigKeys.All.Any(row =>
        {
            var key = row.Key.Replace("[]", "");
            var isOpen = row.Value.Type == "any" || key.EndsWith(".*");
            key = isOpen && key.EndsWith(".*") ? key[..^2] : key;
            return row.Value.Versions.Contains(version)
                && (key == sought || key.StartsWith($"{sought}.") || isOpen && sought.StartsWith($"{key}."));
        });
    }
}
