using System.Net;

namespace Tempo.PostRender.Addresses;

/// <summary>What the host part of an address is.</summary>
public enum HostKind
{
    /// <summary>Empty: every address of the machine, of both families.</summary>
    Empty,

    /// <summary>A wildcard: <c>0.0.0.0</c> for IPv4, <c>::</c> for IPv6.</summary>
    Wildcard,

    /// <summary>A loopback address, or <c>localhost</c>.</summary>
    Loopback,

    /// <summary>Any other literal address.</summary>
    Literal,

    /// <summary>A name, to be looked up.</summary>
    Name,

    /// <summary>A value that is unknown until the program runs, such as <c>${POD_IP}</c>.</summary>
    Variable,
}

/// <summary>The host part of an address. IPv6 literals are without brackets here.</summary>
/// <param name="Text">The host as written, brackets removed.</param>
/// <param name="Family">The family of a literal, wildcard or loopback address; null for names (and <c>localhost</c>).</param>
public readonly record struct Host(string Text, HostKind Kind, AddressFamily? Family)
{
    /// <summary>Parses a host without a port; an IPv6 literal can have brackets.</summary>
    public static Host Parse(string text)
    {
        var bare = text.Length > 1 && text[0] == '[' && text[^1] == ']' ? text[1..^1] : text;
        if (bare.Length == 0)
        {
            return new Host(bare, HostKind.Empty, null);
        }

        if (bare.Contains("${", StringComparison.Ordinal) || bare.Contains("$(", StringComparison.Ordinal))
        {
            return new Host(bare, HostKind.Variable, null);
        }

        if (bare == "localhost")
        {
            return new Host(bare, HostKind.Loopback, null);
        }

        return ParseAddress(bare) is { } address ? OfAddress(bare, address) : new Host(bare, HostKind.Name, null);
    }

    /// <summary>Parses a literal address, or returns null. Strict: <c>1</c> and <c>0x7f.1</c> are names.</summary>
    /// <param name="text">A host without brackets.</param>
    public static IPAddress? ParseAddress(string text)
    {
        var zone = text.IndexOf('%', StringComparison.Ordinal);
        var candidate = zone > 0 ? text[..zone] : text;
        var looksLikeAddress =
            candidate.Contains(':', StringComparison.Ordinal)
            || (candidate.Count(static c => c == '.') == 3 && candidate.All(static c => char.IsAsciiDigit(c) || c == '.'));
        return looksLikeAddress && IPAddress.TryParse(candidate, out var address) ? address : null;
    }

    /// <summary>A literal address in its shortest form; any other text as it is.</summary>
    /// <param name="text">A host without brackets.</param>
    public static string Normalize(string text) => ParseAddress(text)?.ToString() ?? text;

    /// <summary>The family of an address; IPv4 for an IPv4-mapped IPv6 address.</summary>
    public static AddressFamily FamilyOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? AddressFamily.IPv6
            : AddressFamily.IPv4;

    private static Host OfAddress(string text, IPAddress address)
    {
        var kind =
            address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? HostKind.Wildcard
            : IPAddress.IsLoopback(address) ? HostKind.Loopback
            : HostKind.Literal;
        return new Host(text, kind, FamilyOf(address));
    }
}
