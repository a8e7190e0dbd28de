using System.Buffers;

namespace Tempo.PostRender.Graph;

/// <summary>A Service as a config names it: <c>dns+tempo-gossip-ring.tempo.svc.cluster.local.:7946</c>.</summary>
/// <param name="Name">The Service's name.</param>
/// <param name="Namespace">The namespace, or null for that of the pod.</param>
internal readonly record struct ServiceName(string Name, string? Namespace)
{
    private static readonly SearchValues<char> Letters = SearchValues.Create(
        "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Parses an address as the name of a Service; null if it cannot be one (a literal, a variable, an external host).</summary>
    /// <param name="address">
    /// A URL, or a host with or without a port, in the forms of dskit's DNS providers (<c>dns+</c>, <c>dnssrv+</c>, <c>dnssrvnoa+</c>) and
    /// of gRPC (<c>dns:///</c>).
    /// </param>
    public static ServiceName? Parse(string address)
    {
        var host = Addresses.PeerAddress.Parse(address).Endpoint.Host;
        if (host.Kind != Addresses.HostKind.Name || host.Text.AsSpan().ContainsAnyExcept(Letters))
        {
            return null;
        }

        // SRV names start with the port and the protocol: _gossip-ring._tcp.tempo-gossip-ring.
        var labels = host.Text.TrimEnd('.').Split('.');
        var first = 0;
        while (first < labels.Length && labels[first].StartsWith('_'))
        {
            first++;
        }

        return (labels.Length - first) switch
        {
            0 => null,
            1 => new ServiceName(labels[first], null),
            2 => new ServiceName(labels[first], labels[first + 1]),
            _ when labels[first + 2] == "svc" => new ServiceName(labels[first], labels[first + 1]),
            _ => null,
        };
    }
}
