using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart;

/// <summary>The messages of both versions of Helm for values that the chart refuses; each names all of them.</summary>
public class ValuesSchemaTests
{
    /// <summary>Helm lets such keys through, so that the templates can say which key was meant; editors show a warning.</summary>
    [Fact]
    public void A_key_that_does_not_exist_is_shown_by_editors()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Repository.Path("chart", "values.schema.json")));

        Assert.All(
            new[] { schema, schema.At("properties", "gateway"), schema.At("properties", "traces", "properties", "zipkin") },
            static block => Assert.NotNull(block.At("additionalProperties", "deprecationMessage"))
        );
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_value_of_another_type_or_none_of_the_choices_is_refused_with_its_path(int helm)
    {
        string[] wrong =
        [
            "multitenancyEnabled=maybe",
            "distributor.replicas=many",
            "defaults.replicas=-1",
            "defaults.extraEnv=A",
            "ingest.kafka=broker:9092",
            "querier.podAnnotations.a=1",
            "global.goSettings.goMemLimitFactor=2",
            "global.podLabels=x",
            "memcached.port=high",
            "datasource.name=2",
            "mode=micro",
            "ipFamilyPolicy=DualStack",
            "storage.trace.backend=minio",
            "querier.image.pullPolicy=Sometimes",
            "gateway.service.type=ExternalName",
            "memcachedParquetFooter.roles[0]=blooms",
        ];

        var errors = await RefuseAsync(helm, wrong);

        Assert.All(
            wrong.Select(static set => set.Split('=')[0].Replace("[0]", ".0", StringComparison.Ordinal)),
            key => Assert.Contains(helm == 3 ? $"- {key}: " : $"at '{Pointer(key)}': ", errors, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_open_block_accepts_any_key_and_a_component_accepts_null(int helm)
    {
        string[] sections =
        [
            "storage.trace.blocklist_poll=1m",
            "ingest.kafka.consumer_group=x",
            "overrides.per_tenant_override_period=1m",
            "memberlist.dead_node_reclaim_time=1m",
            "querier.config.max_concurrent_queries=1",
            "defaults.podSecurityContext.supplementalGroups={1}",
            "config.server.log_level=warn",
        ];
        string[] othersGlobals = ["global.imageRegistry=x", "global.image.tag=1", "global.other.chart=true"];
        string[] eitherType =
        [
            "distributor.podDisruptionBudget.maxUnavailable=50%",
            "querier.affinity=nodeAffinity:",
            "gateway.service.nodePort=30000",
        ];
        string[] notSetHere =
        [
            "distributor.replicas=null",
            "distributor.image=null",
            "querier.image.tag=null",
            "memcachedBloom.port=null",
            "gateway.podDisruptionBudget=null",
        ];

        var result = await TemplateAsync(helm, [.. sections, .. othersGlobals, .. eitherType, .. notSetHere]);

        Assert.True(result.ExitCode == 0, result.Error);
    }

    private static async Task<string> RefuseAsync(int helm, IEnumerable<string> values)
    {
        var result = await TemplateAsync(helm, values);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(
            "values don't meet the specifications of the schema(s) in the following chart(s):\ntempo:",
            result.Error,
            StringComparison.Ordinal
        );
        return result.Error;
    }

    private static Task<RunResult> TemplateAsync(int helm, IEnumerable<string> values) =>
        HelmRunner.RunAsync(
            HelmVersions.Of(helm),
            ["template", "tempo", "chart", .. values.SelectMany(static set => new[] { "--set", set })]
        );

    private static string Pointer(string path) => path.Length == 0 ? "" : $"/{path.Replace('.', '/')}";
}
