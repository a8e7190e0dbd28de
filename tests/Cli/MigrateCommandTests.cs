using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary>What users of the command migrate rely on: one merged input, nothing lost silently, no values on standard error.</summary>
public class MigrateCommandTests
{
    private const string Kafka =
        "ingest: {kafka: {address: 'kafka:9092'}}\nstorage: {trace: {backend: s3, s3: {bucket: b, endpoint: 'store:9000'}}}\n";

    [Fact]
    public async Task Later_files_win_key_by_key_and_null_removes_a_default()
    {
        using var first = new TemporaryFile(Kafka + "querier: {replicas: 2, resources: {limits: {memory: 1Gi, cpu: 1}}}\n");
        using var second = new TemporaryFile(
            "querier: {resources: {limits: {memory: 2Gi}}}\nqueryFrontend: {config: {metrics: {max_duration: null}}}\n"
        );

        var result = await AppRunner.RunAsync("", "migrate", first.Path, second.Path);

        Assert.True(result.ExitCode == 0, result.Error);
        var values = StrictYaml.Read(result.Output);
        Assert.Equal("2", values.At("querier", "replicas").Text());
        Assert.Equal("2Gi", values.At("querier", "resources", "limits", "memory").Text());
        Assert.Equal("1", values.At("querier", "resources", "limits", "cpu").Text());
        Assert.Null(values.At("queryFrontend"));
    }

    [Theory]
    [InlineData("tempo", "tempo: {retention: 72h}\n")]
    [InlineData(
        "tempo-distributed",
        Kafka + "backendScheduler: {config: {provider: {compaction: {compaction: {block_retention: 72h}}}}}\n"
    )]
    public async Task All_values_of_a_release_give_the_same_as_its_own_ones(string chart, string values)
    {
        using var defaults = new TemporaryFile(File.ReadAllText(Repository.Path("postrender", "Migration", $"{chart}.defaults.yaml")));
        using var own = new TemporaryFile(values);

        var withDefaults = await AppRunner.RunAsync("", "migrate", "--from", chart, defaults.Path, own.Path);
        var without = await AppRunner.RunAsync("", "migrate", "--from", chart, own.Path);

        Assert.Equal((0, without.Output, without.Error), (withDefaults.ExitCode, withDefaults.Output, withDefaults.Error));
        Assert.Contains("block_retention: 72h", without.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("migrate")]
    [InlineData("check")]
    [InlineData("preflight")]
    public async Task A_device_without_an_end_is_refused(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var result = await AppRunner.RunAsync("", command, "/dev/full");

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Contains("/dev/full cannot be read: it is a device, not a file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_and_merge_keys_are_written_out()
    {
        const string Values = """
            distributor: &pods
              nodeSelector: {pool: traces}
              replicas: 2
            querier: {<<: *pods, replicas: 4}
            queryFrontend: *pods
            """;

        var values = StrictYaml.Read((await AppRunner.RunAsync(Kafka + Values, "migrate", "-")).Output);

        Assert.Equal(("traces", "4"), (values.At("querier", "nodeSelector", "pool").Text(), values.At("querier", "replicas").Text()));
        Assert.Equal("2", values.At("queryFrontend", "replicas").Text());
    }

    [Theory]
    [InlineData("tempo: {retention: 24h}\npersistence: {enabled: true}\n", "the single-binary chart tempo")]
    [InlineData(Kafka, "the chart tempo-distributed")]
    [InlineData("apiVersion: tempo.grafana.com/v1alpha1\nkind: TempoMonolithic\nmetadata: {name: x}\nspec: {}\n", "a TempoMonolithic")]
    [InlineData("apiVersion: tempo.grafana.com/v1alpha1\nkind: TempoStack\nmetadata: {name: x}\nspec: {storage: {}}\n", "a TempoStack")]
    public async Task The_keys_say_where_the_values_come_from(string values, string source)
    {
        var result = await AppRunner.RunAsync(values, "migrate", "--fail-on", "never", "-");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"tempo-postrender: values of {source}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 64, "--from")]
    [InlineData("fullnameOverride: x\n", 64, "--from")]
    [InlineData("kind: ConfigMap\napiVersion: v1\ndata: {}\n", 64, "--from")]
    [InlineData("- a\n- b\n", 65, "is not a map")]
    [InlineData("just text\n", 65, "is not a map")]
    [InlineData("a: [1\n", 65, "line")]
    [InlineData("a: 1\n---\nb: 2\n", 65, "more than one YAML document")]
    [InlineData("? [a, b]\n: 1\n", 65, "key that is not a text")]
    [InlineData("tempo: {retention: 'ENC[AES256_GCM,data:a]'}\nsops: {mac: 'ENC[AES256_GCM,data:b]'}\n", 65, "encrypted with SOPS")]
    [InlineData("tempo-distributed: {ingest: {kafka: {address: 'k:1'}}}\n", 64, "below the key tempo-distributed")]
    [InlineData("tempo: {tempo: {retention: 1h}, persistence: {enabled: true}}\n", 64, "below the key tempo, as in a parent chart")]
    [InlineData("addressFamily: IPv6\ndistributor: {replicas: 2}\n", 65, "of this chart already")]
    public async Task What_is_not_a_values_file_is_refused_and_nothing_is_written(string values, int exitCode, string says)
    {
        var result = await AppRunner.RunAsync(values, "migrate", "-");

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var result = await AppRunner.RunAsync("", "migrate", "no-such-values.yaml");

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Contains("no-such-values.yaml", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "minio: {enabled: true}\n",
        "error minio: has no place here: object storage is not part of this chart. Run a store of your own"
    )]
    [InlineData("blockBuilder: {enabled: false}\n", "warning blockBuilder.enabled: ")]
    [InlineData("distributer: {replicas: 3}\n", "warning distributer: is not a value of the chart tempo-distributed")]
    [InlineData("distributor: {replicsa: 3}\n", "warning distributor.replicsa: is not a value of the chart tempo-distributed")]
    [InlineData("querier: {config: {search: {prefer_self: 2}}}\n", "warning querier.config.search.prefer_self: is a setting of Tempo 2")]
    [InlineData(
        "tempo: {structuredConfig: {metrics_generator: {processor: {local_blocks: {}, span_metrics: {}}}}}\n",
        "warning config.metrics_generator.processor.local_blocks: is a setting of Tempo 2"
    )]
    [InlineData(
        "overrides: {defaults: {metrics_generator: {processors: [local-blocks, span-metrics]}}}\n",
        "note overrides.defaults.metrics_generator.processors: has the processor local-blocks"
    )]
    [InlineData(
        "tempo: {structuredConfig: {storage: {trace: {block: {version: vParquet3}}}}}\n",
        "warning storage.trace.block.version: is a format of blocks that Tempo 3 does not write"
    )]
    [InlineData("overrides: {max_traces_per_user: 5}\n", "note overrides: has limits in the flat form of Tempo 2")]
    [InlineData("per_tenant_overrides: {a: {block_retention: 5h}, b: {block_retention: 5h}}\n", "note per_tenant_overrides: has limits")]
    [InlineData("per_tenant_overrides: {a.b: {block_retention: 5h}}\n", "note per_tenant_overrides.a.b: has limits in the flat form")]
    [InlineData(
        "per_tenant_overrides: {a.b: {metrics_generator: {processor: {local_blocks: {flush_to_storage: true}}}}}\n",
        "warning per_tenant_overrides.a.b.metrics_generator.processor.local_blocks: is a setting of Tempo 2"
    )]
    [InlineData(
        "global_overrides: {block_retention: 5h}\noverrides: {defaults: {}}\n",
        "note global_overrides: has no effect, because overrides has the limits of all tenants"
    )]
    [InlineData(
        "gateway: {route: {a: {enabled: true, kind: TLSRoute}}}\n",
        "error gateway.route: has the route a, which is neither an HTTPRoute nor a GRPCRoute"
    )]
    [InlineData("gateway: {nginxConfig: {enableIPv6: true}}\n", "note gateway.nginxConfig.enableIPv6: ")]
    [InlineData("config: '{{ .Values.x }}'\n", "error config: is a text with templates that only the old chart can render")]
    [InlineData("extraObjects: ['{{ include \"tempo.labels\" . }}']\n", "error extraObjects: has a template with tempo.labels")]
    [InlineData(
        "extraObjects: ['{{ .Values.compactor.replicas }}']\n",
        "error extraObjects: has a template with .Values.compactor.replicas"
    )]
    [InlineData(
        "querier: {topologySpreadConstraints: '{{ .Values.x }}'}\n",
        "error querier.topologySpreadConstraints: is a text with templates"
    )]
    public async Task What_has_no_place_is_said_in_one_line(string values, string line)
    {
        var result = await AppRunner.RunAsync(Kafka + values, "migrate", "-");

        Assert.Contains(result.Error.Split('\n'), said => said.StartsWith(line, StringComparison.Ordinal));
        Assert.Equal(line.StartsWith("error", StringComparison.Ordinal) ? 2 : 0, result.ExitCode);
        Assert.NotEqual("", result.Output);
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 2)]
    [InlineData("never", 0)]
    public async Task The_level_that_fails_can_be_chosen(string level, int exitCode) =>
        Assert.Equal(
            exitCode,
            (await AppRunner.RunAsync(Kafka + "liveStore: {enabled: false}\n", "migrate", "--fail-on", level, "-")).ExitCode
        );

    [Fact]
    public async Task Microservices_without_Kafka_are_an_error() =>
        Assert.Contains(
            "error ingest.kafka.address: is not set",
            (await AppRunner.RunAsync("distributor: {replicas: 2}\n", "migrate", "-")).Error,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Credentials_move_into_a_Secret_and_no_value_is_on_standard_error()
    {
        const string Values = """
            storage: {trace: {backend: s3, s3: {bucket: b, access_key: hunter2-a, secret_key: hunter2-b}}}
            ingest: {kafka: {address: "kafka:9092"}}
            minio: {enabled: true, rootPassword: hunter2-c}
            gateway: {basicAuth: {enabled: true, password: hunter2-d}}
            unknown: {password: hunter2-e}
            config: "{{ hunter2-f }}"
            extraObjects: ["{{ hunter2-g }}"]
            """;

        var result = await AppRunner.RunAsync(Values, "migrate", "-");

        Assert.DoesNotContain("hunter2", result.Error, StringComparison.Ordinal);
        Assert.Equal("Secret", StrictYaml.Read(result.Output).At("configStorageType").Text());
        Assert.Equal("hunter2-b", StrictYaml.Read(result.Output).At("storage", "trace", "s3", "secret_key").Text());
    }

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
            (await AppRunner.RunAsync(Kafka + "querier: {topologySpreadConstraints: []}\n", "migrate", "-")).Output,
            StringComparison.Ordinal
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
    public async Task What_is_false_for_the_cache_of_a_role_stays_false()
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
        Assert.Equal(port is null, result.Error.Contains("warning defaults.livenessProbe: had no effect", StringComparison.Ordinal));
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
        Assert.Contains("warning ingester.replicas: ", result.Error, StringComparison.Ordinal);
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

        Assert.Contains("error replicas: is not 1", result.Error, StringComparison.Ordinal);
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
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Equal(serves is null ? 2 : 0, result.ExitCode);
    }

    [Fact]
    public async Task Values_of_a_parent_chart_stay_below_the_key_of_the_dependency()
    {
        const string Values = """
            global: {imageRegistry: registry.example.com, other: 1}
            grafana: {replicas: 3}
            traces: {tempo: {retention: 48h}, global: {commonLabels: {team: a}}}
            """;

        var result = await AppRunner.RunAsync(Values, "migrate", "--key", "traces", "-");

        Assert.True(result.ExitCode == 0, result.Error);
        var values = StrictYaml.Read(result.Output);
        Assert.Equal(["traces"], values!.AsObject().Select(static entry => entry.Key));
        Assert.Equal("monolithic", values.At("traces", "mode").Text());
        Assert.Equal("registry.example.com", values.At("traces", "global", "image", "registry").Text());
        Assert.Equal("a", values.At("traces", "global", "commonLabels", "team").Text());
        Assert.Contains("  # The old chart listens on IPv4 addresses.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_objects_of_a_dependency_keep_their_names()
    {
        const string Values = "traces: {ingest: {kafka: {address: 'kafka:9092'}}, distributor: {replicas: 2}}\n";

        var result = await AppRunner.RunAsync(Values, "migrate", "--fail-on", "never", "--key", "traces", "-");

        Assert.Equal("tempo", StrictYaml.Read(result.Output).At("traces", "nameOverride").Text());
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_an_error()
    {
        var result = await AppRunner.RunAsync("tempo: {retention: 48h}\n", "migrate", "--key", "traces", "-");

        Assert.Equal((65, ""), (result.ExitCode, result.Output));
        Assert.Contains("no map below the key traces", result.Error, StringComparison.Ordinal);
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
        Assert.Contains("error spec.storage.secret.type: the chart does not read bucket", result.Error, StringComparison.Ordinal);
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
