using System.Globalization;
using System.Net;
using Tempo.PostRender.Addresses;
using AddressFamily = Tempo.PostRender.Addresses.AddressFamily;

namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>A TCP socket of a pod's network namespace that waits for connections.</summary>
/// <param name="Address">The address it is bound to; a wildcard for all of them.</param>
/// <param name="Port">The port.</param>
/// <param name="IsIPv6Only">
/// Of the IPv6 wildcard: whether IPv4 is shut out (<c>IPV6_V6ONLY</c>). Null where the source cannot tell, as /proc/net/tcp6.
/// </param>
/// <param name="Interface">The interface it is bound to (<c>SO_BINDTODEVICE</c> or a link-local scope), or null.</param>
public sealed record Listener(IPAddress Address, int Port, bool? IsIPv6Only, string? Interface)
{
    /// <summary>
    /// Whether other pods reach it over a family: true, false, or null where the source does not tell. Loopback and
    /// link-local addresses are reached by nobody outside the node.
    /// </summary>
    /// <param name="family">The family.</param>
    public bool? Reaches(AddressFamily family)
    {
        if (IPAddress.IsLoopback(Address) || Address.IsIPv6LinkLocal || Interface == "lo")
        {
            return false;
        }

        var own = Host.FamilyOf(Address);
        return own == family ? true
            : own == AddressFamily.IPv6 && Address.Equals(IPAddress.IPv6Any) ? !IsIPv6Only
            : false;
    }

    /// <summary>What it listens on, for people.</summary>
    public string Describe() =>
        this switch
        {
            { Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv6Only: false }
                when Address.Equals(IPAddress.IPv6Any) => "every address of both families",
            { Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv6Only: true }
                when Address.Equals(IPAddress.IPv6Any) => "every IPv6 address only",
            _ when Address.Equals(IPAddress.IPv6Any) => "every IPv6 address, and every IPv4 address unless IPV6_V6ONLY is set",
            _ when Address.Equals(IPAddress.Any) => "every IPv4 address only",
            _ when IPAddress.IsLoopback(Address) => $"the loopback address {Address} only",
            _ => $"the address {Address} only",
        };

    /// <inheritdoc/>
    public override string ToString() =>
        Endpoint.Join(
            Address.Equals(IPAddress.IPv6Any) && IsIPv6Only == false ? "*" : Address.ToString(),
            Port.ToString(CultureInfo.InvariantCulture)
        );
}

/// <summary>Thrown where the output of a debug container is not what was asked for.</summary>
/// <param name="message">What is wrong with it.</param>
public sealed class UnreadableListenersException(string message) : Exception(message);
