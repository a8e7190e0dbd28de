using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Migration;

/// <summary>Where single values go: their new keys, their new forms, and what does not change.</summary>
public class TranslatedValuesTests
{
    private const string Kafka =
        "ingest: {kafka: {address: 'kafka:9092'}}\nstorage: {trace: {backend: s3, s3: {bucket: b, endpoint: 'store:9000'}}}\n";

    [Fact]
    public async Task A_variable_is_no_credential() =>
        Assert.Null(
            StrictYaml
                .Read(
                    (
                        await AppRunner.RunAsync(
                            Kafka + "tempo: {structuredConfig: {storage: {trace: {s3: {secret_key: '${KEY}'}}}}}\n",
                            "migrate",
                            "-"
                        )
                    ).Output
                )
                .At("configStorageType")
        );

    [Fact]
    public async Task Texts_with_the_old_helpers_get_those_of_this_chart()
    {
        const string Values = """
            querier:
              affinity: |
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    - topologyKey: kubernetes.io/hostname
                      labelSelector:
                        matchLabels:
                          {{- include "tempo.selectorLabels" (dict "ctx" . "component" "querier" "memberlist" true) | nindent 14 }}
              topologySpreadConstraints: |
                - maxSkew: 3
                  topologyKey: zone
                  whenUnsatisfiable: DoNotSchedule
                  labelSelector:
                    matchLabels:
                      {{- include "tempo.selectorLabels" (dict "ctx" . "component" "querier") | nindent 6 }}
            """;

        var result = await AppRunner.RunAsync(Kafka + Values, "migrate", "-");

        Assert.True(result.ExitCode == 0, result.Error);
        using var values = new TemporaryFile(result.Output);
        var rendered = await HelmRunner.RunAsync(HelmVersions.Four, Renders.Template("tempo", "chart", "-f", values.Path));
        Assert.True(rendered.ExitCode == 0, rendered.Error);
        var querier = new RenderedRelease(new ReleaseCase("migrated"), rendered.Output).Find("Deployment", "tempo-querier")!;
        var pod = querier.Template.At("spec");
        var terms = pod.At("affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution").Items().Single();
        Assert.Equal("querier", terms.At("labelSelector", "matchLabels", "app.kubernetes.io/component").Text());
        var spread = pod.At("topologySpreadConstraints").Items().Single();
        Assert.Equal(
            ("3", "querier"),
            (spread.At("maxSkew").Text(), spread.At("labelSelector", "matchLabels", "app.kubernetes.io/component").Text())
        );
    }

    [Fact]
    public async Task An_empty_list_of_constraints_stays_empty() =>
        Assert.Contains(
            "topologySpreadConstraints: []",
            (await AppRunner.RunAsync(Kafka + "querier: {topologySpreadConstraints: []}\n", "migrate", "-")).Output
        );

    [Fact]
    public async Task The_cache_of_a_role_does_not_get_the_replicas_of_the_shared_one()
    {
        var result = await AppRunner.RunAsync(Kafka + "memcached: {replicas: 3}\nmemcachedBloom: {enabled: true}\n", "migrate", "-");

        var values = StrictYaml.Read(result.Output);
        Assert.Equal(("3", "1"), (values.At("memcached", "replicas").Text(), values.At("memcachedBloom", "replicas").Text()));
        Assert.Null(values.At("memcachedParquetFooter"));
    }

    [Fact]
    public async Task False_for_a_cache_role_stays_false()
    {
        var result = await AppRunner.RunAsync(Kafka + "memcachedBloom: {enabled: true, consistentHash: false}\n", "migrate", "-");

        using var values = new TemporaryFile(result.Output);
        var rendered = await HelmRunner.RunAsync(HelmVersions.Four, Renders.Template("tempo", "chart", "-f", values.Path));
        Assert.True(rendered.ExitCode == 0, rendered.Error);
        var config = StrictYaml.Read(new RenderedRelease(new ReleaseCase("migrated"), rendered.Output).TempoConfigText!);
        var cache = config
            .At("cache", "caches")
            .Items()
            .Single(static cache => cache.At("roles").Items().Any(static role => role.Text() == "bloom"));
        Assert.Equal("false", cache.At("memcached", "consistent_hash").Text());
    }

    [Theory]
    [InlineData("defaults: {livenessProbe: {tcpSocket: {port: x}}}\n", null)]
    [InlineData("defaults: {livenessProbe: {tcpSocket: {port: x}}}\ntempo: {livenessProbe: null}\n", "x")]
    public async Task A_probe_that_had_no_effect_does_not_get_one(string values, string? port)
    {
        var result = await AppRunner.RunAsync(Kafka + values, "migrate", "-");

        Assert.Equal(port, StrictYaml.Read(result.Output).At("defaults", "livenessProbe", "tcpSocket", "port").Text());
        Assert.Equal(port is null, result.Error.Contains("warning defaults.livenessProbe: had no effect"));
    }

    [Fact]
    public async Task Ingesters_and_compactors_become_their_successors()
    {
        const string Values = """
            ingester: {resources: {limits: {memory: 3Gi}}, replicas: 5, nodeSelector: {disk: ssd}}
            compactor: {replicas: 3, config: {compaction: {block_retention: 240h, v2_in_buffer_bytes: 1}}}
            """;

        var result = await AppRunner.RunAsync(Kafka + Values, "migrate", "-");

        var values = StrictYaml.Read(result.Output);
        Assert.Equal("3Gi", values.At("liveStore", "resources", "limits", "memory").Text());
        Assert.Equal("ssd", values.At("liveStore", "nodeSelector", "disk").Text());
        Assert.Equal("3", values.At("backendWorker", "replicas").Text());
        Assert.Equal("240h", values.At("backendWorker", "config", "compaction", "block_retention").Text());
        Assert.Equal("240h", values.At("backendScheduler", "config", "provider", "compaction", "compaction", "block_retention").Text());
        Assert.Contains("warning ingester.replicas: ", result.Error);
    }

    [Fact]
    public async Task A_disk_of_the_single_binary_keeps_its_name()
    {
        var result = await AppRunner.RunAsync("tempo: {retention: 24h}\npersistence: {enabled: true}\n", "migrate", "-");

        Assert.Equal("storage", StrictYaml.Read(result.Output).At("monolithic", "persistence", "claimTemplateName").Text());
    }

    [Fact]
    public async Task A_retention_in_the_text_of_the_config_is_not_shortened_by_a_default()
    {
        const string Values = "config: |\n  compactor: {compaction: {block_retention: 720h}}\ntempo: {pullPolicy: Always}\n";

        var values = StrictYaml.Read((await AppRunner.RunAsync(Values, "migrate", "--from", "tempo", "-")).Output);

        Assert.Equal("720h", values.At("backendWorker", "config", "compaction", "block_retention").Text());
        Assert.Equal("720h", values.At("backendScheduler", "config", "provider", "compaction", "compaction", "block_retention").Text());
        Assert.Equal("Always", values.At("monolithic", "image", "pullPolicy").Text());
    }

    [Fact]
    public async Task Names_of_Secrets_are_texts_and_more_than_one_process_is_an_error()
    {
        const string Values = "tempo: {retention: 1h}\nreplicas: 2\nserviceAccount: {imagePullSecrets: [{name: pull}, other]}\n";

        var result = await AppRunner.RunAsync(Values, "migrate", "-");

        Assert.Contains("error replicas: is not 1", result.Error);
        Assert.Equal(
            ["pull", "other"],
            StrictYaml.Read(result.Output).At("serviceAccount", "imagePullSecrets").Items().Select(static name => name.Text())
        );
    }

    [Theory]
    [InlineData("backendPort: 3200", "queries", "")]
    [InlineData("backendPort: 4318", "traces", "")]
    [InlineData("backendPort: 9411", "traces", "")]
    [InlineData("matches: [{path: {type: PathPrefix, value: /}}]", "queries", "warning route: has the route a with paths of its own")]
    [InlineData("backendPort: 16686", null, "error route: has the route a, which leads to a port to which no route of this chart leads")]
    [InlineData("httpsRedirect: true", null, "error route: has the route a, which redirects to HTTPS")]
    public async Task A_route_of_the_single_binary_serves_what_its_port_does(string route, string? serves, string says)
    {
        var result = await AppRunner.RunAsync(
            $"tempo: {{retention: 1h}}\nroute: {{a: {{enabled: true, {route}}}, off: {{enabled: false}}}}\n",
            "migrate",
            "-"
        );

        var routes = StrictYaml.Read(result.Output).At("route");
        Assert.Equal(serves, routes.At("a", "serves").Items().SingleOrDefault().Text());
        Assert.Null(routes.At("off"));
        Assert.Contains(says, result.Error);
        Assert.Equal(serves is null ? 2 : 0, result.ExitCode);
    }

    [Fact]
    public async Task Limits_of_single_tenants_keep_their_tenant_by_the_earlier_name_too()
    {
        const string Values = """
            tempo:
              global_overrides: {max_traces_per_user: 5}
              overrides: {team.a: {ingestion_rate_limit_bytes: 3}}
            """;

        var values = StrictYaml.Read((await AppRunner.RunAsync(Values, "migrate", "-")).Output);

        Assert.Equal("5", values.At("overrides", "defaults", "ingestion", "max_traces_per_user").Text());
        Assert.Equal("3", values.At("per_tenant_overrides", "team.a", "ingestion", "rate_limit_bytes").Text());
        Assert.Null(values.At("overrides", "team.a"));
    }

    [Fact]
    public async Task A_TempoStack_gives_values_with_the_keys_of_its_Secret()
    {
        const string Stack = """
            apiVersion: tempo.grafana.com/v1alpha1
            kind: TempoStack
            metadata: {name: one, namespace: tracing}
            spec:
              hashRing: {memberlist: {enableIPv6: true}}
              storage: {secret: {name: traces, type: s3}}
              images: {tempo: "registry.example.com/grafana/tempo:3.0.3"}
              retention: {global: {traces: 72h}, perTenant: {a.b: {traces: 24h}}}
              limits: {perTenant: {a.b: {ingestion: {ingestionRateLimitBytes: 5}}}}
              template: {metricsGenerator: {enabled: true, remoteWriteURLs: ["http://prometheus/api/v1/write"]}}
            """;

        var result = await AppRunner.RunAsync(Stack, "migrate", "-");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error spec.storage.secret.type: the chart does not read bucket", result.Error);
        var values = StrictYaml.Read(result.Output);
        Assert.Equal("IPv6", values.At("addressFamily").Text());
        Assert.Equal("access_key_id", values.At("storage", "secret", "keys", "s3AccessKey").Text());
        Assert.Equal("registry.example.com/grafana/tempo", values.At("defaults", "image", "repository").Text());
        Assert.Equal("24h", values.At("per_tenant_overrides", "a.b", "compaction", "block_retention").Text());
        Assert.Equal("5", values.At("per_tenant_overrides", "a.b", "ingestion", "rate_limit_bytes").Text());
        Assert.Equal(
            "http://prometheus/api/v1/write",
            values.At("metricsGenerator", "config", "storage", "remote_write").Items().Single().At("url").Text()
        );
    }

    [Theory]
    [InlineData("TempoMonolithic", "{storage: {traces: {backend: pv, size: 5Gi}}}", "storage.trace.local.path", "/var/tempo/blocks")]
    [InlineData("TempoMonolithic", "{storage: {traces: {backend: memory, size: 1Gi}}}", "usage_report.reporting_enabled", "false")]
    [InlineData(
        "TempoStack",
        "{storage: {secret: {name: store, type: s3}}, template: {querier: {replicas: 2}}}",
        "backend_worker.compaction.block_retention",
        "48h"
    )]
    public async Task Resources_of_the_operator_render_and_check_clean(string kind, string spec, string setting, string value)
    {
        var resource = $"apiVersion: tempo.grafana.com/v1alpha1\nkind: {kind}\nmetadata: {{name: one}}\nspec: {spec}\n";

        var migrated = await AppRunner.RunAsync(resource, "migrate", "--fail-on", "never", "-");

        Assert.True(migrated.ExitCode == 0, migrated.Error);
        using var values = new TemporaryFile(migrated.Output);
        using var asked = new TemporaryFile(
            "ingest: {kafka: {address: 'kafka:9092'}}\nstorage: {trace: {s3: {bucket: b, endpoint: 'store:9000'}}}\n"
        );
        var rendered = await HelmRunner.RunAsync(
            HelmVersions.Four,
            Renders.Template("tempo", "chart", "-f", values.Path, "-f", asked.Path)
        );
        Assert.True(rendered.ExitCode == 0, rendered.Error);
        Assert.Equal(0, (await AppRunner.RunAsync(rendered.Output, "check", "--fail-on", "warning")).ExitCode);
        var config = new RenderedRelease(new ReleaseCase("migrated"), rendered.Output).TempoConfig;
        Assert.Equal(value, config.At(setting.Split('.')).Text());
    }
}
