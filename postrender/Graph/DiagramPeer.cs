using Tempo.PostRender.Addresses;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>An address of a config that Tempo dials, as a diagram shows it.</summary>
internal sealed record DiagramPeer
{
    /// <summary>What Tempo dials there.</summary>
    public required PeerKind Kind { get; init; }

    public required ConfigFile File { get; init; }

    /// <summary>The setting.</summary>
    public required NodePath Path { get; init; }

    public required PeerAddress Address { get; init; }

    /// <summary>The Service that the address names, or null if the stream does not contain it.</summary>
    public required Service? Service { get; init; }

    /// <summary>The families of the address; empty if the stream does not contain them.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>The object with the config.</summary>
    public KubernetesObject Owner => File.Owner;

    /// <summary>The port that is dialled, or null.</summary>
    public string? Port => Address.Endpoint.Port is { Length: > 0 } port && port.All(char.IsAsciiDigit) ? port : null;

    /// <summary>Whether it is the Kafka through which the distributor passes on all traces.</summary>
    public bool IsKafka => Section is "ingest" || Path.ToString().StartsWith("distributor.kafka_config", StringComparison.Ordinal);

    /// <summary>The host as the diagram shows it; not the host itself if it could be a secret.</summary>
    public string Shown =>
        Address.Endpoint.Host.Kind switch
        {
            HostKind.Variable => "a name from a variable",
            HostKind.Name when File.IsSecret && Service is null => "not shown, from a Secret",
            _ => Address.Endpoint.Host.Text,
        };

    /// <summary>The purpose of the address.</summary>
    public string Purpose =>
        Section switch
        {
            "storage" or "overrides" => "object storage",
            "metrics_generator" when Path.ToString().Contains("remote_write", StringComparison.Ordinal) => "remote write",
            "distributor" when Path.ToString().Contains("forwarders", StringComparison.Ordinal) => "forwarder",
            "distributor" when Path.ToString().Contains("receivers", StringComparison.Ordinal) => "Kafka of a receiver",
            "querier" => "external querier",
            _ when Path.ToString().Contains("kvstore", StringComparison.Ordinal) => "key-value store",
            _ => "outside",
        };

    private string? Section => Path.Segments[0].Key;

    /// <summary>The addresses of a config, in the order of <see cref="TempoPeer.Known"/>.</summary>
    public static IEnumerable<DiagramPeer> Of(TempoConfig config, Release release)
    {
        var services = release.Dialled.Where(dialled => dialled.Config == config).ToLookup(static dialled => (dialled.Path, dialled.Name));
        return from value in config.Peers
            where IsUsed(value.Peer, config)
            from text in value.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            let dialled = ServiceName.Parse(text) is { } name ? services[(value.Path, name.Name)].FirstOrDefault() : null
            let address = PeerAddress.Parse(text)
            select new DiagramPeer
            {
                Kind = value.Peer.Kind,
                File = config.File,
                Path = value.Path,
                Address = address,
                Service = dialled?.Service,
                Families = FamiliesOf(address, dialled),
            };
    }

    /// <summary>
    /// Whether a container dials the address: all components share one config, but each dials only the addresses in its own sections.
    /// </summary>
    public bool IsDialledBy(TempoContainer container, TempoWorkload workload) =>
        Kind == PeerKind.GossipRing
            ? workload.JoinsMemberlist
            : Section switch
            {
                "querier" => container.Components.Contains("querier"),
                "distributor" => container.Components.Contains("distributor"),
                "backend_worker" => container.Components.Contains("backend-worker"),
                "ingest" => container.Components.Any(static component =>
                    component is "distributor" or "live-store" or "block-builder" || IsGenerator(component)
                ),
                "cache" => container.Components.Any(static component => component is not ("distributor" or "backend-scheduler")),
                // Which components open the store: cmd/tempo/app/modules.go.
                "storage" => container.Components.Any(static component =>
                    component is not ("distributor" or "live-store") && !IsGenerator(component)
                ),
                "metrics_generator" => container.Components.Any(IsGenerator),
                _ => true,
            };

    private static bool IsGenerator(string component) => component.StartsWith("metrics-generator", StringComparison.Ordinal);

    /// <summary>
    /// Whether the address is in use: a config can set addresses of storage backends and key-value stores that it does not use.
    /// </summary>
    private static bool IsUsed(TempoPeer peer, TempoConfig config)
    {
        var keys = peer.Pattern.Split('.');
        return keys switch
        {
            ["storage", "trace", ("s3" or "gcs" or "azure") and var backend, ..] => config.Text(NodePath.Of("storage", "trace", "backend"))
                == backend,
            [.. var store, ("consul" or "etcd") and var kind, _] => config.Text(NodePath.Of(store).Key("store")) == kind,
            _ => true,
        };
    }

    private static IReadOnlyList<string> FamiliesOf(PeerAddress address, DialledService? dialled) =>
        address.Endpoint.Host.Family is { } literal ? [literal.ToString()]
        : dialled?.Service is { StatedFamilies: { Count: > 0 } stated } ? stated
        : dialled is not null ? [.. dialled.EndpointFamilies.Select(static family => family.ToString())]
        : [];
}
