using Tempo.PostRender.Addresses;

namespace Tempo.PostRender.Graph;

/// <summary>Where a <c>listen</c> directive of nginx listens.</summary>
/// <param name="Family">The family; nginx never listens on both by one address, unless <c>ipv6only=off</c> says so.</param>
/// <param name="Port">The port as written; 80 where none is.</param>
public readonly record struct NginxListen(AddressFamily Family, string Port)
{
    /// <summary>Reads the address of a <c>listen</c>: a bare port, <c>*:port</c> and <c>0.0.0.0</c> are IPv4. Null for loopback, names, sockets and variables.</summary>
    /// <param name="address">The directive's first argument.</param>
    public static NginxListen? Parse(string address)
    {
        if (address.Length > 0 && address.All(char.IsAsciiDigit))
        {
            return new NginxListen(AddressFamily.IPv4, address);
        }

        var endpoint = Endpoint.Parse(address.StartsWith("*:", StringComparison.Ordinal) ? "0.0.0.0" + address[1..] : address);
        return endpoint.Host is { Kind: HostKind.Wildcard or HostKind.Literal, Family: { } family } ? new NginxListen(family, endpoint.Port ?? "80") : null;
    }
}
