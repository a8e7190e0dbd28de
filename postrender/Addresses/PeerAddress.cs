namespace Tempo.PostRender.Addresses;

/// <summary>An address that a program dials, in the forms that configs use: <c>host:port</c>, a URL, <c>dns+host:port</c>.</summary>
/// <param name="Prefix">The text before the host: <c>http://</c>, <c>dns+</c>, or empty.</param>
/// <param name="Endpoint">Host and port.</param>
/// <param name="Suffix">The text after them: a URL's path, or empty.</param>
/// <param name="Written">Host and port as they are written.</param>
public readonly record struct PeerAddress(string Prefix, Endpoint Endpoint, string Suffix, string Written)
{
    /// <summary>Parses an address; every text is one.</summary>
    public static PeerAddress Parse(string text)
    {
        var prefixEnd = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        // gRPC's dns:///host has an empty authority.
        prefixEnd += text[prefixEnd..].StartsWith('/') ? 1 : 0;
        var lookup = text.IndexOf('+', prefixEnd);
        if (lookup >= 0 && text[prefixEnd..lookup].All(char.IsAsciiLetterLower))
        {
            prefixEnd = lookup + 1;
        }

        var authority = text.AsSpan(prefixEnd).IndexOfAny('/', '?', '#') is >= 0 and var length ? prefixEnd + length : text.Length;
        prefixEnd = text.AsSpan(prefixEnd, authority - prefixEnd).LastIndexOf('@') is >= 0 and var userInfo
            ? prefixEnd + userInfo + 1
            : prefixEnd;
        var end = authority;
        return new PeerAddress(text[..prefixEnd], Endpoint.Parse(text[prefixEnd..end]), text[end..], text[prefixEnd..end]);
    }

    /// <summary>The same address with another host.</summary>
    /// <param name="host">A name or a literal, with or without brackets.</param>
    public string WithHost(string host) => Prefix + Endpoint.Join(host, Endpoint.Port) + Suffix;

    /// <summary>The address without the parts that may be secret: a URL's user and query.</summary>
    public string Redacted
    {
        get
        {
            var scheme = Prefix.IndexOf("://", StringComparison.Ordinal);
            var prefix = Prefix.EndsWith('@') ? $"{(scheme < 0 ? "" : Prefix[..(scheme + 3)])}…@" : Prefix;
            var query = Suffix.AsSpan().IndexOfAny('?', '#');
            return prefix + Written + (query < 0 ? Suffix : Suffix[..(query + 1)] + "…");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Prefix + Endpoint + Suffix;
}
