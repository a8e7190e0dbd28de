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
        Assert.Contains("block_retention: 72h", without.Output);
    }

    [LinuxTheory]
    [InlineData("migrate")]
    [InlineData("check")]
    [InlineData("preflight")]
    public async Task A_device_without_an_end_is_refused(string command)
    {
        var result = await AppRunner.RunAsync("", command, "/dev/full");

        result.AssertRefused(64, "/dev/full cannot be read: it is a device, not a file");
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
        Assert.Contains($"tempo-postrender: values of {source}", result.Error);
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
    public async Task Input_that_is_not_a_values_file_is_refused_and_nothing_is_written(string values, int exitCode, string says)
    {
        var result = await AppRunner.RunAsync(values, "migrate", "-");

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(says, result.Error);
    }

    [Theory]
    [InlineData("querier: {replica: 2}", "warning querier.replica: is not a value of ", "Check its spelling (did you mean replicas?).")]
    [InlineData("queryer: {replicas: 2}", "warning queryer: is not a value of ", "Check its spelling (did you mean querier?).")]
    [InlineData("querier: {nothingLikeIt: 2}", "warning querier.nothingLikeIt: is not a value of ", "Check its spelling.")]
    [InlineData(
        "querier: 3",
        "error querier: is a single value, but the chart tempo-distributed takes a map there; it was left out. Correct it."
    )]
    [InlineData(
        "querier: {replicas: {a: 1}}",
        "error querier.replicas: is a map, but the chart tempo-distributed takes a single value there; it was left out. Correct it."
    )]
    [InlineData(
        "gateway: {image: {repository: [a]}}",
        "error gateway.image.repository: is a list, but the chart ",
        "takes a single value there; it was left out. Correct it."
    )]
    [InlineData("config: [1, 2]", "error config: is a list, and tempo.yaml is a map; it was left out.")]
    [InlineData(
        "querier: {replicas: 1, replicas: 2}",
        "warning replicas: is set again in line 3 of standard input, and its last value counts, as for Helm. Remove the others."
    )]
    public async Task A_value_that_cannot_be_meant_so_is_named_with_what_may_be_meant(string values, params string[] says)
    {
        var result = await AppRunner.RunAsync($"{Kafka}{values}\n", "migrate", "--from", "tempo-distributed", "-");

        var line = result.Error.Split('\n')[0];
        Assert.StartsWith(says[0], line, StringComparison.Ordinal);
        Assert.EndsWith(says[^1], line, StringComparison.Ordinal);
        var rendered = StrictYaml.Read(result.Output);
        Assert.True(rendered.At("querier", "replicas") is null || rendered.At("querier", "replicas").Text() == "2");
        Assert.Null(rendered.At("gateway", "image", "repository"));
    }

    [Fact]
    public async Task A_value_of_a_wrong_form_takes_no_other_with_it()
    {
        const string Values = "metricsGenerator: {enabled: true, config: {registry: 3, storage: {path: /data}}}\n";

        var result = await AppRunner.RunAsync(Kafka + Values, "migrate", "-");

        Assert.StartsWith("error metricsGenerator.config.registry: is a single value, but ", result.Error, StringComparison.Ordinal);
        Assert.Equal("/data", StrictYaml.Read(result.Output).At("metricsGenerator", "config", "storage", "path").Text());
    }

    [Fact]
    public async Task A_chart_and_a_folder_are_no_values_files()
    {
        using var chart = new TemporaryChart(Streams.Helm3);
        using var folder = new TemporaryFolder();
        folder.Write("values.yaml", Kafka);

        var ofChart = await AppRunner.RunAsync("", "migrate", chart.Path);
        var ofFolder = await AppRunner.RunAsync("", "migrate", Path.GetDirectoryName(folder.In("values.yaml"))!);

        ofChart.AssertRefused(
            64,
            "is a Helm chart, not a values file. Name the values files that you install the chart with, or run helm get "
        );
        ofFolder.AssertRefused(64, "is a folder, not a values file. Name the files, in the order of helm -f");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var result = await AppRunner.RunAsync("", "migrate", "no-such-values.yaml");

        result.AssertRefused(64, "no-such-values.yaml");
    }

    [Theory]
    [InlineData(
        "minio: {enabled: true}\n",
        "error minio: has no counterpart in this chart: object storage is not part of this chart. Run a store of your own"
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
    public async Task A_value_without_a_counterpart_is_reported_in_one_line(string values, string line)
    {
        var result = await AppRunner.RunAsync(Kafka + values, "migrate", "-");

        Assert.Contains(result.Error.Split('\n'), said => said.StartsWith(line));
        Assert.Equal(line.StartsWith("error") ? 2 : 0, result.ExitCode);
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
            (await AppRunner.RunAsync("distributor: {replicas: 2}\n", "migrate", "-")).Error
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

        Assert.DoesNotContain("hunter2", result.Error);
        Assert.Equal("Secret", StrictYaml.Read(result.Output).At("configStorageType").Text());
        Assert.Equal("hunter2-b", StrictYaml.Read(result.Output).At("storage", "trace", "s3", "secret_key").Text());
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
        Assert.Contains("  # The old chart listens on IPv4 addresses.", result.Output);
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

        result.AssertRefused(65, "no map below the key traces");
    }
}
