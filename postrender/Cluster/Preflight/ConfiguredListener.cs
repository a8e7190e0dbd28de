using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>A port on which a pod listens over one family only, according to its settings and flags.</summary>
/// <param name="Stated">The setting: <c>server.http_listen_network is tcp6</c>.</param>
/// <param name="Remedy">How to make it listen on both families, in the imperative.</param>
internal sealed record ConfiguredListener(int Port, AddressFamily Family, string Stated, string Remedy)
{
    private const int MemcachedPort = 11211;

    /// <summary>The ports of a workload.</summary>
    public static IReadOnlyList<ConfiguredListener> Of(Workload workload, Release release) =>
        [
            .. release
                .Workloads.Where(tempo => tempo.Workload == workload)
                .SelectMany(static tempo => tempo.Containers)
                .SelectMany(OfTempo),
            .. release.Gateways.Where(gateway => gateway.Workload == workload).SelectMany(OfNginx),
            .. workload
                .Containers.Where(static container => container.ImageName.Contains("memcached", StringComparison.Ordinal))
                .SelectMany(OfMemcached),
        ];

    /// <summary>Go listens on both families unless the network or an address restricts it to one.</summary>
    private static IEnumerable<ConfiguredListener> OfTempo(TempoContainer container)
    {
        var config = container.Configs.Count > 0 ? container.Configs[^1] : null;
        foreach (var (port, server) in ((TempoPort Port, string Server)[])[(TempoPort.Http, "http"), (TempoPort.Grpc, "grpc")])
        {
            var number = PortNumber.Parse(config?.Text(port.Path)) ?? port.Default!.Value;
            var (setting, network) = Setting($"{server}_listen_network");
            var (address, text) = Setting($"{server}_listen_address");
            if (network is "tcp4" or "tcp6")
            {
                var only = network == "tcp6" ? AddressFamily.IPv6 : AddressFamily.IPv4;
                yield return new ConfiguredListener(number, only, $"{setting} is {network}", $"Set {setting} to tcp");
            }
            else if (Host.Parse(text ?? "") is { Kind: HostKind.Literal, Family: { } family })
            {
                yield return new ConfiguredListener(
                    number,
                    family,
                    $"{address} is {Printable.OneLine(text!)}",
                    $"Set {address} to {family.Wildcard()}"
                );
            }
        }

        // A flag overrides the file.
        (string Setting, string? Value) Setting(string key)
        {
            var flag = $"server.{key.Replace('_', '-')}";
            return container.Container.Flags.Find(flag)?.Value is { Length: > 0 } value
                ? ($"the flag -{flag}", value)
                : ($"server.{key}", config?.Text(NodePath.Of("server", key)));
        }
    }

    private static IEnumerable<ConfiguredListener> OfNginx(Gateway gateway) =>
        from listens in gateway
            .Files.SelectMany(static file => NginxListen.Read(file.Directives), static (file, listen) => (file.File, Listen: listen))
            .GroupBy(static found => found.Listen.Port)
        let port = PortNumber.Parse(listens.Key)
        let families = listens.SelectMany(static found => found.Listen.Families).Distinct().ToList()
        where families.Count == 1 && port is not null
        let first = listens.First()
        select new ConfiguredListener(
            port.Value,
            families[0],
            $"nginx has only listen {Printable.OneLine(string.Join(' ', first.Listen.Directive.Arguments))} "
                + $"({Printable.OneLine(first.File.Owner.Reference)})",
            $"Add {Printable.OneLine(first.Listen.On(families[0].Other()))}; after it"
        );

    /// <summary>By default memcached listens on both families; with an address or a wildcard it listens on one family only.</summary>
    private static IEnumerable<ConfiguredListener> OfMemcached(Container container)
    {
        if ((container.Flags.Find("l") ?? container.Flags.Find("listen"))?.Value is { Length: > 0 } value)
        {
            var families = value.Split(',').Select(static part => Endpoint.Parse(part.Trim()).Host.Family).Distinct().ToList();
            if (families is [{ } family])
            {
                var port = PortNumber.Parse((container.Flags.Find("p") ?? container.Flags.Find("port"))?.Value) ?? MemcachedPort;
                yield return new ConfiguredListener(port, family, $"memcached has the flag -l {Printable.OneLine(value)}", "Remove -l");
            }
        }
    }
}
