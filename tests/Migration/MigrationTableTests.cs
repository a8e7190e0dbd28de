using Tempo.Helm.Tests.Chart.TempoConfig;
using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Migration;

namespace Tempo.Helm.Tests.Migration;

/// <summary>The tables have a row for every value of the old charts, and name values of this chart.</summary>
public class MigrationTableTests
{
    public static TheoryData<string> Names => [.. MigrationTable.All.Select(static table => table.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_value_of_the_old_chart_has_a_row(string name)
    {
        var table = Table(name);

        AssertNone.Of(KeysOf(name).Where(key => Above(key).All(path => table.Find(path) is null)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_is_for_a_value_of_the_old_chart_or_one_that_an_earlier_version_had(string name)
    {
        var keys = KeysOf(name).SelectMany(Above).ToHashSet();
        // A group has rows for all of its components, although not every component has every value.
        var unknown = Table(name)
            .Groups.SelectMany(static group =>
                group.Rows.SelectMany(row =>
                    row.Keys.Select(key =>
                        group.Components.DefaultIfEmpty("").Select(component => $"{component}.{key}".TrimStart('.')).ToList()
                    )
                )
            )
            .Where(paths => !paths.Exists(path => keys.Contains(path) || Above(path).Any(above => keys.Contains(above) && IsOpen(above))))
            .Select(static paths => paths[0]);

        AssertNone.Of(unknown.Except(OfEarlierVersions));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_leads_to_a_value_of_this_chart(string name)
    {
        var table = Table(name);
        var targets = table
            .AllEntries.SelectMany(static entry =>
                entry.Targets.Concat(entry.Row.Cases.Values.SelectMany(special => special.Write.Entries.Keys.Select(entry.Fill)))
            )
            .Concat(table.Settings.Entries.Keys)
            .Concat(table.Last.Entries.Keys)
            .Concat(table.Required.Entries.Keys)
            .Concat(table.Comments.Entries.Keys)
            .Concat(table.Differences.SelectMany(static row => row.Set))
            .Distinct();

        AssertNone.Of(targets.Where(static path => !ValuesFile.Chart.Takes(path)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_says_what_becomes_of_a_value(string name) =>
        Assert.All(
            Table(name).Groups.SelectMany(static group => group.Rows),
            static row =>
            {
                Assert.True(row.Here.Count == 0 || row.Gone is null, $"{row.Keys[0]} has a place and is gone");
                Assert.True(row.Gone is not null || row.Instead is null, $"{row.Keys[0]} has something instead of itself");
                Assert.True(row.Converter is null || Converters.All.ContainsKey(row.Converter), $"{row.Keys[0]}: {row.Converter}");
                Assert.All(
                    new[] { row.Gone, row.Instead }.OfType<string>(),
                    static sentence =>
                        Assert.False(
                            sentence.EndsWith('.')
                                || char.IsUpper(sentence[0])
                                    && !sentence.StartsWith("Tempo")
                                    && !sentence.StartsWith("Kafka")
                                    && !sentence.StartsWith("Helm")
                                    && !sentence.StartsWith("Grafana"),
                            sentence
                        )
                );
            }
        );

    [Fact]
    public void A_setting_of_Tempo_2_alone_is_not_a_setting_of_Tempo_3()
    {
        AssertNone.Of(
            File.ReadLines(Repository.Path("postrender", "Migration", "tempo2-keys.txt"))
                .Where(line => line[0] != '#' && ConfigKeys.Paths.Contains(line))
        );
    }

    [Fact]
    public void Every_converter_has_a_row() =>
        Assert.Equal(
            Converters.All.Keys.Order(),
            MigrationTable
                .All.SelectMany(static table => table.AllEntries)
                .Select(static entry => entry.Row.Converter)
                .OfType<string>()
                .Distinct()
                .Order()
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void The_guide_exists(string name) => Assert.True(File.Exists(Repository.Path(Table(name).Guide)));

    /// <summary>Values that earlier versions of the charts had, or that their templates read without a default.</summary>
    private static readonly string[] OfEarlierVersions =
    [
        "global_overrides",
        "nameOverride",
        "federationFrontend",
        "tempo.authEnabled",
        "tempo.global_overrides",
        "tempo.resources",
        "tempo.useHeadlessGoverningService",
        "ingress.labels",
        "ingress.ingressClassName",
        "ingress.tls",
        "gateway.ingress.ingressClassName",
        "config.metrics_generator.traces_storage",
        "liveStore.zoneAwareReplication.rolloutOperatorManagedExternally",
        "liveStore.zoneAwareReplication.enabled",
        "liveStore.zoneAwareReplication.topologyKey",
        "liveStore.zoneAwareReplication.maxUnavailable",
        "liveStore.zoneAwareReplication.zones",
        "liveStore.zoneAwareReplication.podDisruptionBudget",
        "liveStore.zoneAwareReplication.noDownscale",
        "liveStore.zoneAwareReplication.prepareDownscale",
        "global.extraVolumes",
        "defaults.hostAliases",
        "compactor.labels",
        "ingester.maxUnavailable",
        "distributor.podSecurityContext",
        "distributor.containerSecurityContext",
        "status",
    ];

    private static MigrationTable Table(string name) => MigrationTable.All.Single(table => table.Name == name);

    private static IEnumerable<string> KeysOf(string name) => Lines(name).Select(static line => line.Split(' ')[0]);

    private static IEnumerable<string> Lines(string name) =>
        File.ReadLines(Repository.Path("tests", "Migration", "Keys", $"{name}.txt")).Where(static line => line[0] != '#');

    /// <summary>A map that takes any key, or a text that is a config.</summary>
    private static bool IsOpen(string path) =>
        MigrationTable.All.Any(table => Lines(table.Name).Contains($"{path} map"))
        || path is "config" or "tempo.server" or "tempo.receivers";

    /// <summary>The path itself and the paths above it: a, a.b and a.b.c for a.b.c.</summary>
    private static IEnumerable<string> Above(string path)
    {
        for (var dot = path.IndexOf('.'); dot > 0; dot = path.IndexOf('.', dot + 1))
        {
            yield return path[..dot];
        }

        yield return path;
    }
}
