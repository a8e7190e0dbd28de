using System.Net;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The addresses of an object that clients outside the cluster dial, from its status.</summary>
/// <param name="Texts">The addresses and host names.</param>
internal sealed record ExternalAddresses(IReadOnlyList<string> Texts)
{
    public static ExternalAddresses None { get; } = new([]);

    /// <summary>Whether a controller has not assigned any address yet.</summary>
    public bool IsPending => Texts.Count == 0;

    /// <summary>The families of the addresses; empty for host names, which show no family.</summary>
    public IReadOnlySet<AddressFamily> Families => Texts.Select(Host.ParseAddress).OfType<IPAddress>().Select(Host.FamilyOf).ToHashSet();

    /// <summary>The addresses of a Service of type LoadBalancer, or of an Ingress.</summary>
    public static ExternalAddresses OfLoadBalancer(KubernetesObject found) =>
        new([
            .. found
                .Find("status", "loadBalancer", "ingress")
                .Items()
                .Select(static point => point.Text("ip") ?? point.Text("hostname"))
                .OfType<string>(),
        ]);

    public static ExternalAddresses OfGateway(KubernetesObject found) =>
        new([.. found.Find("status", "addresses").Items().Select(static address => address.Text("value")).OfType<string>()]);

    /// <summary>The families that clients need but no address has; empty if a host name may have them.</summary>
    public IReadOnlyList<AddressFamily> Lacking(IEnumerable<AddressFamily> needed) =>
        Families is { Count: > 0 } families ? [.. needed.Where(family => !families.Contains(family))] : [];

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Texts.Select(static text => Printable.OneLine(text)));
}
