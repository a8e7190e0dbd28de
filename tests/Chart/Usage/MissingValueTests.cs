using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>
/// Missing keys: null removes a default, and `helm upgrade --reuse-values` uses the defaults of the chart
/// that was installed before, so keys that are new in this chart are missing.
/// </summary>
public class MissingValueTests
{
    private static readonly string[] Required = File.ReadAllLines(Repository.Path("chart", "files", "required.txt"));

    /// <summary>For null here, another check names the key, or the value below it.</summary>
    private static readonly string[] RefusedElsewhere =
    [
        "ingest.kafka.address",
        "ingest.kafka.topic",
        "storage.trace.s3",
        "blockBuilder",
        "defaults.autoscaling.targetCPUUtilizationPercentage",
        "gateway.basicAuth",
        "gateway.ingress.hosts",
    ];

    [Fact]
    public void Required_txt_lists_only_existing_keys()
    {
        Assert.Distinct(Required);
        Assert.All(Required, static path => Assert.NotNull(ValuesFile.Chart.Find(path)));
    }

    [Fact]
    public void Required_txt_lists_every_block_with_fixed_keys_except_those_of_components()
    {
        var blocks = ValuesFile.Chart.Written.Where(static key =>
            key.HasFixedKeys && !ValuesSchema.IsOpen(key) && (key.Base is null || key.ExtendsName is not null)
        );
        Assert.All(blocks, static block => Assert.Contains(block.Path, Required));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_null_for_a_required_value_is_refused_by_name(int helm)
    {
        foreach (var level in Required.GroupBy(static path => path.Count(static c => c == '.')))
        {
            // Helm itself restores global.
            var gone = level.Where(static path => path != "global").ToList();

            var result = await TemplateAsync(helm, [.. gone.SelectMany(static path => new[] { "--set", $"{path}=null" })]);

            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains($"\n{string.Join(", ", gone)}: missing.\n", result.Error);
        }
    }

    [Theory]
    [InlineData(3, "")]
    [InlineData(4, "")]
    [InlineData(3, "chart/ci/microservices-full-ipv6-values.yaml")]
    [InlineData(4, "chart/ci/microservices-full-ipv6-values.yaml")]
    public async Task Everything_else_can_be_taken_away(int helm, string file)
    {
        var others = ValuesFile
            .Chart.Written.Where(key =>
                !key.HasFixedKeys
                && !Required.Contains(key.Path)
                && !(file.Length > 0 && (key.Name is "enabled" or "replicas" or "rollAtOnce"))
            )
            .Where(static key => !Array.Exists(RefusedElsewhere, path => key.Path.StartsWith(path)))
            .Select(static key => key.Path)
            .ToList();
        string[] on =
        [
            "traces.otlp.grpc.enabled",
            "gateway.enabled",
            "gateway.ingress.enabled",
            "networkPolicy.enabled",
            "prometheusRule.enabled",
            "dashboards.enabled",
            "metaMonitoring.serviceMonitor.enabled",
            "serviceAccount.create",
            "tests.enabled",
        ];

        var result = await TemplateAsync(
            helm,
            [
                .. file.Length == 0 ? Array.Empty<string>() : ["-f", file],
                .. others.SelectMany(static path => new[] { "--set", $"{path}=null" }),
                .. on.SelectMany(static path => new[] { "--set", $"{path}=true" }),
            ]
        );

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("<nil>", result.Output);
        Assert.DoesNotContain("<no value>", result.Output);
        Assert.DoesNotContain("%!", result.Output);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Values_of_an_earlier_chart_that_lack_a_new_block_are_refused_with_the_way_out(int helm)
    {
        using var folder = new TemporaryFolder();
        folder.CopyChart("chart");
        var values = File.ReadAllText(Repository.Path(ValuesFile.Location));
        var (from, to) = (values.IndexOf("\ndashboards:\n"), values.IndexOf("\ntests:\n"));
        folder.Write("chart/values.yaml", values.Remove(from, to - from));

        var result = await HelmRunner.RunAsync(HelmVersions.Of(helm), "template", "tempo", Path.Combine(folder.Path, "chart"));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("\ndashboards: missing.\n", result.Error);
        Assert.Contains("--reset-then-reuse-values", result.Error);
    }

    private static Task<RunResult> TemplateAsync(int helm, string[] arguments) =>
        HelmRunner.RunAsync(HelmVersions.Of(helm), ["template", "tempo", "chart", .. arguments]);
}
