using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart;

/// <summary>Pods restart if something that they read at start changes, and only then.</summary>
public class RestartTests
{
    private const string Tempo =
        "backend-scheduler backend-worker block-builder distributor live-store metrics-generator querier query-frontend";

    /// <summary>Values over microservices with a gateway and an exporter, and the workloads whose pods restart.</summary>
    public static TheoryData<string, string, string> Changes() =>
        new()
        {
            { "tempo.yaml", "{config: {query_frontend: {max_retries: 5}}}", Tempo },
            { "limits of all tenants", "{overrides: {defaults: {ingestion: {rate_limit_bytes: 1}}}}", Tempo },
            { "limits of one tenant", "{per_tenant_overrides: {a: {ingestion: {rate_limit_bytes: 1}}}}", "" },
            { "the family", "{addressFamily: IPv4}", $"{Tempo} gateway memcached" },
            { "image of one", "{querier: {image: {tag: 3.0.4}}}", "querier" },
            { "annotation of one's pods", "{querier: {podAnnotations: {a: b}}}", "querier" },
            { "annotation of one", "{querier: {annotations: {a: b}}}", "" },
            { "labels of all objects", "{global: {labels: {a: b}}}", "" },
            { "replicas", "{querier: {replicas: 3}}", "" },
            { "autoscaling", "{querier: {autoscaling: {enabled: true}}}", "" },
            { "Services", "{queryFrontend: {service: {type: NodePort, annotations: {a: b}}}}", "" },
            { "strategy", "{querier: {strategy: {type: Recreate}}}", "" },
            {
                "policies, budgets, dashboards, rules",
                "{networkPolicy: {enabled: true}, dashboards: {enabled: true}, prometheusRule: {enabled: true}, "
                    + "defaults: {podDisruptionBudget: {maxUnavailable: 2}}}",
                ""
            },
            { "nginx.conf", "{gateway: {verboseLogging: false}}", "gateway" },
            { "users of the gateway", "{gateway: {basicAuth: {password: other}}}", "gateway" },
            { "size of the cache", "{memcached: {allocatedMemory: 2048}}", "memcached" },
            { "who is cached", "{memcached: {roles: [bloom]}}", Tempo },
            { "the exporter", "{memcachedExporter: {image: {tag: v0.15.0}}}", "memcached" },
            { "the tests", "{tests: {image: {tag: 8.13.0}}}", "" },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Pods_restart_for_what_they_read(string what, string values, string restarted)
    {
        Assert.NotEmpty(what);
        var before = await RenderAsync("{}");
        var after = await RenderAsync(values);

        var changed = after
            .Workloads.Where(workload =>
                before.Find(workload.Kind, workload.Name)?.Template?.ToJsonString() != workload.Template?.ToJsonString()
            )
            .Select(static workload => workload.Name["tempo-".Length..]);

        Assert.Equal(restarted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), changed.Order());
        Assert.NotEqual(before.Text, after.Text);
    }

    /// <summary>
    /// The version of the chart stands in labels of objects, which do not restart pods, and never in selectors, which cannot
    /// change.
    /// </summary>
    [Fact]
    public async Task A_new_version_of_the_chart_alone_restarts_nothing()
    {
        var release = await RenderAsync("{}");

        Assert.DoesNotContain(
            release.WithPods.Where(static o => o.Kind != "Pod"),
            static o => o.Template!.ToJsonString().Contains("helm.sh/chart")
        );
        Assert.DoesNotContain(release.Workloads, static o => o.Spec.At("selector")!.ToJsonString().Contains("version"));
        Assert.DoesNotContain(
            release.Workloads,
            static o => o.Spec.At("volumeClaimTemplates").Items().Any(static claim => claim!.ToJsonString().Contains("helm.sh/chart"))
        );
    }

    private static Task<RenderedRelease> RenderAsync(string values)
    {
        var gateway = StrictYaml.Read(
            "{gateway: {enabled: true, basicAuth: {enabled: true, username: tempo, password: tempo}}, memcachedExporter: {enabled: true}}"
        )!;
        string[] files =
        [
            .. ReleaseCases.Base("microservices", "IPv6").Files,
            .. new[] { gateway, StrictYaml.Read(values)! }.Select(TemporaryValues.Write),
        ];
        return new ReleaseCase(values, files).RenderAsync();
    }
}
