using System.Text.RegularExpressions;
using CsCheck;
using Tempo.Helm.Tests.Properties;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Versions;

/// <summary>
/// The program never writes a key or a section that this version of Tempo does not have. Tested with configs made from the
/// reference of each version, for every way in which a container states its version.
/// </summary>
public partial class VersionProperties
{
    private const int Iterations = 400;

    /// <summary>The parts of the configs: the sections and rings of the tables, and settings that rules check.</summary>
    private static readonly string[] Keys =
    [
        .. TempoRing.Known.SelectMany(static ring => (string[])[$"{ring.Store}.store", $"{ring.Path}.enable_inet6"]),
        "server.http_listen_address",
        "server.grpc_listen_address",
        "server.http_listen_network",
        "internal_server.enable",
        "internal_server.http_listen_address",
        "memberlist.bind_addr",
        "memberlist.join_members",
        "overrides.defaults.ingestion.rate_strategy",
        "overrides.ingestion_rate_strategy",
        "storage.trace.backend",
        "storage.trace.s3.endpoint",
        "storage.trace.s3.enable_dual_stack",
        "overrides.user_configurable_overrides.client.backend",
        "overrides.user_configurable_overrides.client.s3.endpoint",
        "ingest.enabled",
        "metrics_generator.ring_mode",
        "querier.frontend_worker.frontend_address",
    ];

    private static readonly string[] Targets =
    [
        "all",
        "scalable-single-binary",
        "distributor",
        "ingester",
        "compactor",
        "querier",
        "query-frontend",
        "metrics-generator",
        "metrics-generator-no-local-blocks",
        "block-builder",
        "backend-scheduler",
        "backend-worker",
        "live-store",
    ];

    public static TheoryData<string, string?> Images =>
        new()
        {
            { "grafana/tempo:1.5.0", null },
            { "grafana/tempo:2.1.1", null },
            { "grafana/tempo:2.2.0", null },
            { "grafana/tempo:2.7.2", null },
            { "grafana/tempo:2.8.0", null },
            { "grafana/tempo:2.9.3", null },
            { "grafana/tempo:2.10.8-amd64", null },
            { "grafana/tempo:3.0.3", null },
            { "grafana/tempo:main-abc1234", null },
            { "grafana/tempo@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", null },
            { "grafana/tempo@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "2.5.0" },
            { "registry.example/tempo:prod-42", null },
            { "registry.example/tempo:prod-42", "2.7.1" },
            { "registry.example/tempo:prod-42", "3.0.3" },
        };

    [Theory]
    [MemberData(nameof(Images))]
    public void The_output_has_only_keys_of_the_reference_of_the_version(string image, string? label)
    {
        var stated = TempoVersion.Parse(image[(image.LastIndexOf(':') + 1)..]) ?? TempoVersion.Parse(label);
        Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Bool)
            .Sample(
                generated =>
                {
                    var random = new Random(generated.Item1);
                    var target = Targets[random.Next(Targets.Length)];
                    var version = stated ?? TempoVersions.Known[random.Next(TempoVersions.Known.Count)];
                    var config = Config(random, version);
                    var stream = Stream(random, config, image, label, target);

                    var result = AppRunner.RunAsync(stream, "--address-family", generated.Item2 ? "IPv6" : "IPv4").GetAwaiter().GetResult();

                    Assert.True(result.ExitCode is 0 or 2, result.Error);
                    var added =
                        result.ExitCode == 0
                            ? Paths.Of(After(result.Output)).Keys.Select(Key).Except(Paths.Of(config).Keys.Select(Key)).ToList()
                            : [];
                    // A config without a version was made from a random one, and is checked as a version that has all its keys,
                    // or as the newest.
                    Assert.All(
                        added,
                        key =>
                            Assert.True(
                                stated is { } known
                                    ? ConfigReference.Has(key, known)
                                    : ConfigReference.Versions.Any(candidate => ConfigReference.Has(key, candidate)),
                                $"{key} was written for Tempo {version}\n{stream}"
                            )
                    );
                },
                iter: Iterations / 8
            );
    }

    [Fact]
    public void A_config_without_a_workload_is_given_only_keys_that_every_version_it_fits_has() =>
        Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Bool)
            .Sample(
                generated =>
                {
                    var random = new Random(generated.Item1);
                    var version = TempoVersions.Known[random.Next(TempoVersions.Known.Count)];
                    var config = Config(random, version) + "storage: {trace: {backend: local}}\n";
                    var result = AppRunner
                        .RunAsync(ConfigMap(config), "--address-family", generated.Item2 ? "IPv6" : "IPv4")
                        .GetAwaiter()
                        .GetResult();

                    Assert.True(result.ExitCode is 0 or 2, result.Error);
                    var keys = Paths.Of(config).Keys.Select(Key).ToHashSet();
                    var fitting = ConfigReference
                        .Versions.Where(candidate => keys.All(key => ConfigReference.Has(key, candidate) || !ConfigReference.HasEver(key)))
                        .ToList();
                    var added =
                        result.ExitCode == 0
                            ? Paths.Of(After(result.Output)).Keys.Select(Key).Except(keys).Where(static key => key.Length > 0)
                            : [];
                    Assert.All(
                        added,
                        key =>
                            Assert.All(
                                fitting,
                                candidate =>
                                    Assert.True(
                                        ConfigReference.Has(key, candidate),
                                        $"{key} was written, and Tempo {candidate} does not have it\n{config}"
                                    )
                            )
                    );
                },
                iter: Iterations
            );

    /// <summary>A config of keys that a version has, with values of either family.</summary>
    private static string Config(Random random, TempoVersion version)
    {
        var root = new YamlText.Map();
        foreach (
            var key in Keys.Where(key => ConfigReference.Has(key, version) && random.Next(3) > 0 && !key.StartsWith("storage.trace"))
                .Order()
        )
        {
            Add(root, key.Split('.'), Value(random, key));
        }

        return new YamlText(new Random(1)).Document(root);
    }

    private static void Add(YamlText.Map map, ReadOnlySpan<string> keys, object? value)
    {
        var key = keys[0];
        if (keys.Length == 1)
        {
            map.Add(key, value);
            return;
        }

        if (map.Find(entry => entry.Key == key).Value is not YamlText.Map inner)
        {
            map.Add(key, inner = []);
        }

        Add(inner, keys[1..], value);
    }

    private static object? Value(Random random, string key) =>
        key.Split('.')[^1] switch
        {
            "store" => Pick(random, "memberlist", "etcd", "inmemory"),
            "enable_inet6" or "enable_dual_stack" or "enable" or "enabled" => new YamlText.Raw(Pick(random, "true", "false")),
            "http_listen_address" or "grpc_listen_address" => Pick(random, "::0", "0.0.0.0", "[::0]"),
            "http_listen_network" => Pick(random, "tcp", "tcp4", "tcp6"),
            "bind_addr" => new List<object?> { Pick(random, "::", "0.0.0.0") },
            "join_members" => new List<object?> { "dns+tempo-gossip-ring:7946" },
            "rate_strategy" or "ingestion_rate_strategy" => Pick(random, "global", "local"),
            "backend" => "s3",
            "endpoint" => "s3.eu-central-1.amazonaws.com",
            "ring_mode" => Pick(random, "generator", "partition"),
            _ => Pick(random, "127.0.0.1:9095", "tempo-query-frontend:9095"),
        };

    private static string Stream(Random random, string config, string image, string? label, string target) =>
        $"""
            {ConfigMap(config).TrimEnd('\n')}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: tempo
              labels: {Labels(random.Next(2) == 0 ? label : null)}
            spec:
              template:
                metadata:
                  labels: {Labels(label)}
                spec:
                  containers:
                    - name: tempo
                      image: {image}
                      args: [-target={target}, -config.file=/conf/tempo.yaml]
                      volumeMounts: [{Mount}]
                  volumes: [{Volume}]

            """;

    private const string Mount = "{name: config, mountPath: /conf}";
    private const string Volume = "{name: config, configMap: {name: tempo-config}}";

    private static string Labels(string? version) =>
        version is null ? "{app: tempo}" : $"{{app: tempo, app.kubernetes.io/version: \"{version}\"}}";

    private static string ConfigMap(string config) =>
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: tempo-config\ndata:\n  tempo.yaml: |\n"
        + $"{string.Concat(config.TrimEnd('\n').Split('\n').Select(static line => $"    {line}\n"))}";

    private static string After(string stream)
    {
        var lines = stream
            .Split('\n')
            .SkipWhile(static line => !line.Contains("tempo.yaml: |"))
            .Skip(1)
            .TakeWhile(static line => line.StartsWith("    ") || line.Length == 0);
        return string.Concat(lines.Select(static line => line.Length > 4 ? $"{line[4..]}\n" : "\n"));
    }

    /// <summary>A path without the indexes of lists and the marks of mappings.</summary>
    private static string Key(string path) => Marks().Replace(path, "").TrimStart('.');

    [GeneratedRegex(@"\[\d+\]|\{\}", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
