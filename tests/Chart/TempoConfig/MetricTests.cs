using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.TempoConfig;

/// <summary>Rules and dashboards query only metrics that Tempo exposes, of containers that the release has.</summary>
public partial class MetricTests
{
    /// <summary>
    /// Name of a metric to its type: what Tempo 3.0.3 exposes on a quiet install, and what it registers besides. A native
    /// histogram has no buckets where Prometheus does not scrape native histograms.
    /// </summary>
    private static readonly Dictionary<string, string> Metrics = File.ReadLines(
            Repository.Path("tests", "Chart", "TempoConfig", "metrics.txt")
        )
        .Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split(' '))
        .ToDictionary(static parts => parts[0], static parts => parts[1]);

    private const string Monitoring =
        "{prometheusRule: {enabled: true, runbookUrl: 'https://example.com/runbook'}, dashboards: {enabled: true}}";

    [Fact]
    public async Task Every_metric_that_is_asked_for_is_one_that_Tempo_exposes()
    {
        var asked = (await ExpressionsAsync())
            .SelectMany(static expression => Series().Matches(expression))
            .Select(static match => match.Groups["name"].Value)
            .Distinct()
            .ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, static name => Assert.True(IsExposed(name), name));
    }

    [Fact]
    public async Task Every_container_that_is_asked_for_is_one_of_the_release()
    {
        var containers = (await Task.WhenAll(ReleaseCases.Everything.Select(static release => release.RenderAsync())))
            .SelectMany(static release => release.Workloads)
            .SelectMany(static workload => workload.Containers)
            .Select(static container => container.At("name").Text())
            .ToHashSet();
        var asked = (await ExpressionsAsync())
            .SelectMany(static expression => ContainerMatcher().Matches(expression))
            .SelectMany(static match => match.Groups["names"].Value.Split('|'))
            .Distinct();

        Assert.All(asked, name => Assert.Contains(name, containers));
    }

    [Fact]
    public async Task Expressions_are_closed()
    {
        foreach (var expression in await ExpressionsAsync())
        {
            var brackets = Brackets().Replace(Quoted().Replace(expression, ""), "");
            for (var length = -1; length != brackets.Length; )
            {
                length = brackets.Length;
                brackets = brackets.Replace("()", "").Replace("{}", "").Replace("[]", "");
            }

            Assert.True(brackets.Length == 0, expression);
        }
    }

    [Fact]
    public async Task Every_alert_says_how_bad_it_is_and_what_it_means_and_has_a_name_of_its_own()
    {
        var rules = await RulesAsync();
        var alerts = rules.Where(static rule => rule.At("alert") is not null).ToList();

        Assert.NotEmpty(alerts);
        Assert.All(
            alerts,
            static alert =>
            {
                Assert.Contains(alert.At("labels", "severity").Text(), (string?[])["critical", "warning"]);
                Assert.False(string.IsNullOrEmpty(alert.At("annotations", "summary").Text()));
                Assert.False(string.IsNullOrEmpty(alert.At("annotations", "description").Text()));
                Assert.NotNull(alert.At("for"));
            }
        );
        Assert.DoesNotContain(
            rules.CountBy(static rule => (rule.At("alert") ?? rule.At("record")).Text()!),
            static count => count.Value > 1
        );
    }

    [Fact]
    public async Task Every_alert_has_a_section_of_the_runbook_that_its_annotation_leads_to()
    {
        var sections = File.ReadLines(Repository.Path("docs", "runbook.md"))
            .Where(static line => line.StartsWith("## Tempo"))
            .Select(static line => line[3..])
            .ToList();
        var alerts = (await RulesAsync()).Where(static rule => rule.At("alert") is not null).ToList();

        Assert.Equal(alerts.Select(static alert => alert.At("alert").Text()!).Order(), sections.Order());
        Assert.All(
            alerts,
            static alert =>
                Assert.Equal(
                    $"https://example.com/runbook#{alert.At("alert").Text()!.ToLowerInvariant()}",
                    alert.At("annotations", "runbook_url").Text()
                )
        );
    }

    private static bool IsExposed(string name) =>
        Metrics.ContainsKey(name)
        || new[] { "_bucket", "_count", "_sum" }.Any(suffix =>
            name.EndsWith(suffix)
            && Metrics.TryGetValue(name[..^suffix.Length], out var type)
            && (type == "histogram" || (type is "summary" or "native-histogram" && suffix != "_bucket"))
        );

    private static async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode?>> RulesAsync()
    {
        var release = await new ReleaseCase("rules", TemporaryValues.Write(StrictYaml.Read(Monitoring)!)).RenderAsync();
        return
        [
            .. release.OfKind("PrometheusRule").Single().Spec.At("groups").Items().SelectMany(static group => group.At("rules").Items()),
        ];
    }

    private static async Task<IReadOnlyList<string>> ExpressionsAsync()
    {
        var release = await new ReleaseCase("rules", TemporaryValues.Write(StrictYaml.Read(Monitoring)!)).RenderAsync();
        var boards = release
            .OfKind("ConfigMap")
            .SelectMany(static o => o.Json.At("data").Entries())
            .Where(static file => file.Key.EndsWith(".json"))
            .ToList();
        Assert.NotEmpty(boards);
        return
        [
            .. (await RulesAsync()).Select(static rule => rule.At("expr").Text()!),
            .. boards
                .SelectMany(static file => StrictYaml.Read(file.Value.Text()!).Scalars())
                .Where(static scalar => scalar.Path.EndsWith(".expr"))
                .Select(static scalar => scalar.Value.Text()!),
        ];
    }

    [GeneratedRegex(@"(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\{")]
    private static partial Regex Series();

    [GeneratedRegex("container=~?\"(?<names>[^\"]+)\"")]
    private static partial Regex ContainerMatcher();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[^(){}\[\]]")]
    private static partial Regex Brackets();
}
