using System.Globalization;

namespace Tempo.PostRender.Addresses;

/// <summary>A <c>host:port</c>. Only this type joins and splits the two, so that brackets are handled in one place.</summary>
/// <param name="Port">The port as written, or null if there is none.</param>
/// <param name="LacksBrackets">Whether an IPv6 literal with a port has no brackets; it cannot be dialled.</param>
public readonly record struct Endpoint(Host Host, string? Port, bool LacksBrackets)
{
    /// <summary>Reads <c>host:port</c>, <c>[v6]:port</c>, <c>:port</c>, a bare host, or an IPv6 literal that lacks its brackets.</summary>
    public static Endpoint Parse(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var bracket)
        {
            var rest = text[(bracket + 1)..];
            return new Endpoint(Host.Parse(text[..(bracket + 1)]), rest.StartsWith(':') ? rest[1..] : null, LacksBrackets: false);
        }

        // A colon inside ${VAR:default} does not separate a port.
        var variable = text.LastIndexOf('}');
        var colon = text.LastIndexOf(':');
        if (colon < 0 || colon < variable)
        {
            return new Endpoint(Host.Parse(text), null, LacksBrackets: false);
        }

        var (host, port) = (text[..colon], text[(colon + 1)..]);
        if (!host.Contains(':', StringComparison.Ordinal) || variable >= 0)
        {
            return new Endpoint(Host.Parse(host), port, LacksBrackets: false);
        }

        // More than one colon without brackets: a bare IPv6 address (fd00::1), or one with a port glued on (fd00::1:9095).
        var isPort = ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 999;
        return isPort && Host.ParseAddress(host) is not null
            ? new Endpoint(Host.Parse(host), port, LacksBrackets: true)
            : new Endpoint(Host.Parse(text), null, LacksBrackets: false);
    }

    /// <summary>Whether it is a literal address, with or without a port number, so that it cannot contain a secret.</summary>
    public bool IsNumeric => Host.Kind is HostKind.Wildcard or HostKind.Loopback or HostKind.Literal && (Port ?? "").All(char.IsAsciiDigit);

    /// <summary>Joins a host and a port, with brackets where they are needed.</summary>
    /// <param name="host">A name or a literal, with or without brackets.</param>
    /// <param name="port">The port, or null for none.</param>
    public static string Join(string host, string? port)
    {
        var bracketed = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        return port is null ? bracketed : $"{bracketed}:{port}";
    }

    /// <inheritdoc/>
    public override string ToString() => Join(Host.Text, Port);
}
