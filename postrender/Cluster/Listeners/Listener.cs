using System.Net;
using Tempo.PostRender.Addresses;
using AddressFamily = Tempo.PostRender.Addresses.AddressFamily;

namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>A TCP socket in the network namespace of a pod that accepts connections.</summary>
/// <param name="Address">The address it is bound to, or a wildcard.</param>
/// <param name="IsIPv6Only">
/// For the IPv6 wildcard, whether it refuses IPv4 (<c>IPV6_V6ONLY</c>). Null if the source does not show it, like /proc/net/tcp6.
/// </param>
/// <param name="Interface">The interface it is bound to (<c>SO_BINDTODEVICE</c> or a link-local scope), or null.</param>
public sealed record Listener(IPAddress Address, int Port, bool? IsIPv6Only, string? Interface)
{
    /// <summary>
    /// Whether other pods can reach it over a family; null if the source does not show it. No other pod can reach loopback and
    /// link-local addresses.
    /// </summary>
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

    /// <summary>A description of its address for messages.</summary>
    public string Describe() =>
        Address.Equals(IPAddress.IPv6Any)
            ? IsIPv6Only switch
            {
                false => "every address of both families",
                true => "every IPv6 address only",
                null => "every IPv6 address, and every IPv4 address unless IPV6_V6ONLY is set",
            }
        : Address.Equals(IPAddress.Any) ? "every IPv4 address only"
        : IPAddress.IsLoopback(Address) ? $"the loopback address {Address} only"
        : $"the address {Address} only";
}
