using System.Globalization;
using System.Net;

namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>
/// The output of <c>ss -ltn</c> (iproute2), with or without headers, processes and extended columns. Every line has the pair
/// <c>local:port peer:*</c>.
/// </summary>
/// <remarks>
/// The current ss distinguishes three wildcards (measured, iproute2 6.1): <c>*:3200</c> serves both families, <c>[::]:3200</c> has
/// IPV6_V6ONLY set, <c>0.0.0.0:3200</c> is IPv4. Before iproute2 4.12, ss writes <c>:::3200</c> for the first two.
/// </remarks>
internal static class SocketStatistics
{
    /// <summary>Parses the listeners.</summary>
    /// <exception cref="UnreadableException">A line describes a listener, but cannot be parsed.</exception>
    public static IReadOnlyList<Listener> Parse(IEnumerable<string> lines)
    {
        var table = lines.Select(static line => line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).ToList();
        // An old ss writes the IPv6 wildcard as :::22, and the IPv4 wildcard as a star.
        var isOld = table.Exists(static tokens => Array.Exists(tokens, static token => token.StartsWith(":::", StringComparison.Ordinal)));
        var listeners = new List<Listener>();
        foreach (var tokens in table)
        {
            var peer = Array.FindIndex(tokens, static token => token.EndsWith(":*", StringComparison.Ordinal));
            if (peer > 0 && Read(tokens[peer - 1], isOld) is { } listener)
            {
                listeners.Add(listener);
            }
            else if (peer >= 0 || tokens.Contains("LISTEN"))
            {
                throw UnreadableException.OfLine(string.Join(' ', tokens));
            }
        }

        return listeners;
    }

    private static Listener? Read(string local, bool isOld)
    {
        var colon = local.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(local.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        // 127.0.0.53%lo, [fe80::1]%eth0, *%eth0 and fe80::1%eth0
        var host = local[..colon];
        var percent = host.IndexOf('%', StringComparison.Ordinal);
        var device = percent < 0 ? null : host[(percent + 1)..].TrimEnd(']');
        host = percent < 0 ? host : host[..percent];
        if (host == "*")
        {
            return isOld
                ? new Listener(IPAddress.Any, port, IsIPv6Only: null, device)
                : new Listener(IPAddress.IPv6Any, port, IsIPv6Only: false, device);
        }

        var isBracketed = host.StartsWith('[');
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            return null;
        }

        return new Listener(address, port, address.Equals(IPAddress.IPv6Any) && isBracketed ? true : null, device);
    }
}
