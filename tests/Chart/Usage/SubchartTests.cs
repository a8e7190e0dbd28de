using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>The chart as a dependency of a chart above it.</summary>
public sealed class SubchartTests : IDisposable
{
    private const string LongestName = "a-release-with-a-name-that-is-as-long-as-helm-allows1";

    private readonly TemporaryFolder _above = new();

    public SubchartTests() => _above.CopyChart("charts/tempo");

    public void Dispose() => _above.Dispose();

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Twice_under_two_names_makes_two_Tempos_that_share_nothing(int helm)
    {
        Dependencies(("first", ""), ("second", ""));
        _above.Write("values.yaml", $"first:{Microservices("IPv6")}second:{Microservices("IPv4")}");

        var objects = Objects.Of(await RenderAsync(helm, LongestName));

        var first = objects.Where(static o => o.Map("metadata", "labels")["app.kubernetes.io/name"] == "first").ToList();
        var second = objects.Except(first).ToList();
        Assert.Equal(first.Count, second.Count);
        Assert.Distinct(objects.Select(Objects.Id));
        Assert.All(objects, static o => Assert.True(o.Text("metadata", "name").Length <= 63, o.Id()));
        Assert.Empty(Objects.SelectionsAcross(first, second));
        Assert.Empty(Objects.SelectionsAcross(second, first));
        Assert.NotEmpty(Objects.SelectionsAcross(first, first));
        Assert.Equal(["IPv6"], Families(first));
        Assert.Equal(["IPv4"], Families(second));
        var labels = objects
            .Select(static o => o.Text("data", "tempo.yaml"))
            .Where(static config => config.Length > 0)
            .Select(static config => Objects.Of(config)[0].Text("memberlist", "cluster_label"));
        Assert.Equal(2, labels.Distinct().Count());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_condition_of_the_dependency_turns_it_on_and_off(int helm)
    {
        Dependencies(("tempo", "tempo.enabled"));

        Assert.NotEmpty(Objects.Of(await RenderAsync(helm, "up", "--set", "tempo.enabled=true")));
        Assert.Empty(Objects.Of(await RenderAsync(helm, "up", "--set", "tempo.enabled=false")));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Turned_off_without_a_condition_it_says_whose_part_that_is(int helm)
    {
        Dependencies(("tempo", ""));

        var result = await TemplateAsync(helm, "up", "--set", "tempo.enabled=false");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Set:  condition: tempo.enabled in the dependencies of the parent chart", result.Error);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Globals_reach_it_and_those_of_other_charts_do_not_disturb_it(int helm)
    {
        Dependencies(("tempo", ""));
        _above.Write(
            "values.yaml",
            "global: {imageRegistry: other, image: {registry: mirror.example, tag: other}, storageClass: fast, postgresql: {auth: {}}}\n"
        );

        var objects = Objects.Of(await RenderAsync(helm, "up"));

        var workload = objects.Single(static o => o.Text("kind") == "StatefulSet");
        var container = ((YamlSequenceNode)workload.At("spec", "template", "spec", "containers")!)[0];
        var claim = ((YamlSequenceNode)workload.At("spec", "volumeClaimTemplates")!)[0];
        Assert.Equal("mirror.example/grafana/tempo:3.0.3", container.Text("image"));
        Assert.Equal("fast", claim.Text("spec", "storageClassName"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_registry_and_the_Secrets_of_images_that_many_charts_share_are_its_own_too(int helm)
    {
        Dependencies(("tempo", ""));
        _above.Write("values.yaml", "global: {imageRegistry: mirror.example, imagePullSecrets: [one, {name: two}]}\n");

        var objects = Objects.Of(await RenderAsync(helm, "up"));

        var pod = objects.Single(static o => o.Text("kind") == "StatefulSet").At("spec", "template", "spec")!;
        Assert.Equal("mirror.example/grafana/tempo:3.0.3", ((YamlSequenceNode)pod["containers"])[0].Text("image"));
        Assert.Equal(["one", "two"], ((YamlSequenceNode)pod["imagePullSecrets"]).Select(static secret => secret.Text("name")));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_misspelt_key_in_the_values_of_the_chart_above_is_refused(int helm)
    {
        Dependencies(("tempo", ""));
        _above.Write("values.yaml", "tempo: {adressFamily: IPv4}\n");

        var result = await TemplateAsync(helm, "up");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("adressFamily: is not a value of this chart; did you mean addressFamily?", result.Error);
    }

    private static IEnumerable<string> Families(IEnumerable<YamlMappingNode> objects) =>
        objects
            .Select(static o => o.At("spec", "ipFamilies"))
            .OfType<YamlSequenceNode>()
            .SelectMany(static list => list)
            .Select(static item => item.ToString())
            .Distinct();

    private static string Microservices(string family) =>
        $$"""

              mode: microservices
              addressFamily: {{family}}
              ingest:
                kafka: {address: "kafka:9092", topic: {{family}} }
              storage:
                trace:
                  backend: s3
                  s3: {bucket: {{family}}, endpoint: "s3.s3:9000"}
              networkPolicy: {enabled: true}

            """;

    /// <summary>Writes the Chart.yaml of the chart above: the chart under these names, each with its condition or none.</summary>
    private void Dependencies(params (string Name, string Condition)[] dependencies) =>
        _above.Write(
            "Chart.yaml",
            "apiVersion: v2\nname: above\nversion: 0.1.0\ndependencies:\n"
                + string.Concat(
                    dependencies.Select(static dependency =>
                        "  - name: tempo\n    version: \"*\"\n"
                        + (dependency.Name == "tempo" ? "" : $"    alias: {dependency.Name}\n")
                        + (dependency.Condition.Length == 0 ? "" : $"    condition: {dependency.Condition}\n")
                    )
                )
        );

    private async Task<string> RenderAsync(int helm, string release, params string[] arguments)
    {
        var result = await TemplateAsync(helm, release, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private Task<RunResult> TemplateAsync(int helm, string release, params string[] arguments) =>
        HelmRunner.RunAsync(HelmVersions.Of(helm), ["template", release, _above.Path, "-n", "observability", .. arguments]);
}
