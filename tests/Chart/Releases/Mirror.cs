namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>
/// The words that name the families. If these words are exchanged in a release of one family, the result is the release of
/// the other: nothing else may depend on the family.
/// </summary>
internal static class Mirror
{
    /// <summary>The longer words first.</summary>
    private static readonly (string IPv4, string IPv6)[] Words =
    [
        ("http_listen_address: \"0.0.0.0\"", "http_listen_address: \"::0\""),
        ("grpc_listen_address: \"0.0.0.0\"", "grpc_listen_address: \"::0\""),
        ("bind_addr: [\"0.0.0.0\"]", "bind_addr: [\"::\"]"),
        ("0.0.0.0/0", "::/0"),
        ("0.0.0.0:", "[::]:"),
        ("127.0.0.1:", "[::1]:"),
        ("enable_inet6: false", "enable_inet6: true"),
        ("FAMILY].value: \"-4\"", "FAMILY].value: \"-6\""),
        ("ipv6=off", "ipv4=off"),
        ("IPv4", "IPv6"),
    ];

    /// <summary>The text of this family converted to the other one; a dual-stack text contains words of both.</summary>
    public static string Of(string text)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            text = text.Replace(Words[i].IPv6, $"<{i}:four>").Replace(Words[i].IPv4, $"<{i}:six>");
        }

        for (var i = 0; i < Words.Length; i++)
        {
            text = text.Replace($"<{i}:four>", Words[i].IPv4).Replace($"<{i}:six>", Words[i].IPv6);
        }

        return text;
    }
}
