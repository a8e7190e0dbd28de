using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Chart.TempoConfig;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>tempo.yaml, and its agreement with the rest of the release.</summary>
internal static partial class TempoPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("Tempo_knows_every_key_of_its_configuration", UnknownKeys),
        new("Tempo_knows_every_key_of_the_overrides_of_tenants", UnknownOverrides),
        new("Tempo_reads_numbers_and_booleans_as_such", Scalars),
        new("What_Tempo_dials_is_a_Service_of_the_release_with_that_port", Peers),
        new("Where_Tempo_listens_is_a_port_of_its_container", Listeners),
        new("Tempo_finds_the_files_that_it_is_told_to_read", Files),
        new("Variables_in_the_configuration_are_expanded_and_exist", Variables),
    ];

    private static IEnumerable<string> UnknownKeys(RenderedRelease release) =>
        release.Case.OtherTempo is null ? ConfigKeys.Unknown(release.TempoConfig).Select(static key => $"{key} is unknown") : [];

    private static IEnumerable<string> UnknownOverrides(RenderedRelease release) =>
        from file in release.OfKind("ConfigMap").Select(static o => o.Json.At("data", "overrides.yaml").Text()).OfType<string>()
        from tenant in StrictYaml.Read(file).At("overrides").Entries()
        from key in ConfigKeys.Unknown(new JsonObject { ["overrides"] = new JsonObject { ["defaults"] = tenant.Value?.DeepClone() } })
        select $"{tenant.Key}: {key} is unknown";

    private static IEnumerable<string> Scalars(RenderedRelease release)
    {
        foreach (var (path, value) in release.TempoConfig.Scalars())
        {
            if (path.EndsWith("_port") && !value.IsNumber())
            {
                yield return $"{path} is no number: {value.Text()}";
            }

            if ((path.EndsWith("enable_inet6") || path.EndsWith("_enabled")) && value.Text() is not ("true" or "false"))
            {
                yield return $"{path} is no boolean: {value.Text()}";
            }
        }

        // Helm keeps numbers as floating point, and Tempo refuses 3e+07 where it wants a whole number.
        foreach (Match number in Exponent().Matches(release.TempoConfigText ?? ""))
        {
            yield return $"{number.Value} is written with an exponent";
        }
    }

    private static IEnumerable<string> Peers(RenderedRelease release)
    {
        var config = release.TempoConfig;
        if (release.Case.Mode == "microservices" && config is not null)
        {
            var peers = config
                .At("memberlist", "join_members")
                .Items()
                .Append(config.At("querier", "frontend_worker", "frontend_address"))
                .Append(config.At("backend_worker", "backend_scheduler_addr"));
            foreach (var peer in peers.Select(static peer => peer.Text() ?? ""))
            {
                var match = Peer().Match(peer);
                var service = release.Find("Service", match.Groups["service"].Value);
                if (
                    match.Groups["namespace"].Value != "observability"
                    || service is null
                    || !service.Spec.At("ports").Items().Any(port => port.At("port").Text() == match.Groups["port"].Value)
                )
                {
                    yield return $"'{peer}' is no Service of the release with that port";
                }
            }
        }

        foreach (var cache in config.At("cache", "caches").Items().Select(static cache => cache.At("memcached")))
        {
            var service = release.Find("Service", cache.At("host").Text()?.Split('.')[0]);
            if (service is null || !service.Spec.At("ports").Items().Any(port => port.At("name").Text() == cache.At("service").Text()))
            {
                yield return $"'{cache.At("host").Text()}' is no Service of the release with a port named {cache.At("service").Text()}";
            }
        }
    }

    private static IEnumerable<string> Listeners(RenderedRelease release)
    {
        if (release.TempoConfig is not { } config)
        {
            yield break;
        }

        foreach (var (o, target) in Targets(release))
        {
            var ports = o
                .Containers.SelectMany(static container => container.At("ports").Items())
                .ToDictionary(static port => port.At("name").Text()!, static port => port.At("containerPort").Text());
            var listeners = new List<(string Name, string? Port)>
            {
                ("http-metrics", config.At("server", "http_listen_port").Text()),
                ("grpc", config.At("server", "grpc_listen_port").Text()),
            };
            if (ports.ContainsKey("gossip"))
            {
                listeners.Add(("gossip", config.At("memberlist", "bind_port").Text()));
            }

            if (target is "all" or "distributor")
            {
                listeners.AddRange(
                    Receivers
                        .Where(receiver => config.At(receiver.Path) is not null)
                        .Select(receiver => (receiver.Port, config.At([.. receiver.Path, "endpoint"]).Text()?.Split(':')[^1]))
                );
            }

            foreach (
                var (name, port) in listeners.Where(listener =>
                    ports.GetValueOrDefault(listener.Name) != listener.Port || listener.Port is null
                )
            )
            {
                yield return $"{o} listens on {port} for {name}, and its container has {ports.GetValueOrDefault(name) ?? "none"}";
            }
        }
    }

    private static IEnumerable<string> Files(RenderedRelease release)
    {
        foreach (var (o, _) in Targets(release))
        {
            var files = new[] { Argument(o, "-config.file="), release.TempoConfig.At("overrides", "per_tenant_override_config").Text() };
            foreach (var file in files.OfType<string>().Where(file => !MountedFiles(o).Contains(file)))
            {
                yield return $"{o} reads {file}, which nothing is mounted at";
            }
        }
    }

    /// <summary>Paths of the single files that ConfigMaps and Secrets put into the containers.</summary>
    private static IEnumerable<string> MountedFiles(ReleaseObject o) =>
        from mount in o.Containers.SelectMany(static container => container.At("volumeMounts").Items())
        from volume in o.PodSpec.At("volumes").Items()
        where volume.At("name").Text() == mount.At("name").Text()
        from item in (volume.At("configMap", "items") ?? volume.At("secret", "items")).Items()
        select $"{mount.At("mountPath").Text()}/{item.At("path").Text()}";

    private static IEnumerable<string> Variables(RenderedRelease release)
    {
        var variables = Variable()
            .Matches(release.TempoConfigText ?? "")
            .Select(static match => match.Groups["name"].Value)
            .Distinct()
            .ToList();
        foreach (var (o, _) in Targets(release).Where(_ => variables.Count > 0))
        {
            if (Argument(o, "-config.expand-env=") != "true")
            {
                yield return $"{o} does not expand the variables of its configuration";
            }

            var known = o
                .Containers.SelectMany(static container => container.At("env").Items())
                .Select(static variable => variable.At("name").Text());
            foreach (
                var name in variables.Except(known).Where(_ => !o.Containers.Any(static container => container.At("envFrom").Items().Any()))
            )
            {
                yield return $"{o} has no variable {name}";
            }
        }
    }

    private static IEnumerable<(ReleaseObject Workload, string Target)> Targets(RenderedRelease release) =>
        release
            .Workloads.Select(static o => (o, Target: Argument(o, "-target=")))
            .Where(static pair => pair.Target is not null)
            .Select(static pair => (pair.o, pair.Target!));

    private static string? Argument(ReleaseObject o, string prefix) =>
        o
            .Containers.SelectMany(static container => container.At("args").Items())
            .Select(static argument => argument.Text()!)
            .FirstOrDefault(argument => argument.StartsWith(prefix))
            ?[prefix.Length..];

    /// <summary>The path of each receiver in tempo.yaml, and the name of its port.</summary>
    private static readonly (string Port, string[] Path)[] Receivers =
    [
        ("otlp-grpc", ["distributor", "receivers", "otlp", "protocols", "grpc"]),
        ("otlp-http", ["distributor", "receivers", "otlp", "protocols", "http"]),
        ("jaeger-grpc", ["distributor", "receivers", "jaeger", "protocols", "grpc"]),
        ("jaeger-http", ["distributor", "receivers", "jaeger", "protocols", "thrift_http"]),
        ("jaeger-compact", ["distributor", "receivers", "jaeger", "protocols", "thrift_compact"]),
        ("jaeger-binary", ["distributor", "receivers", "jaeger", "protocols", "thrift_binary"]),
        ("zipkin", ["distributor", "receivers", "zipkin"]),
    ];

    [GeneratedRegex(@"[0-9.]+e\+[0-9]+")]
    private static partial Regex Exponent();

    [GeneratedRegex(@"^(dns\+)?(?<service>[-a-z0-9]+)\.(?<namespace>[-a-z0-9]+)\.svc\.cluster\.local\.:(?<port>[0-9]+)$")]
    private static partial Regex Peer();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();
}
