using Tempo.PostRender.Addresses;

namespace Tempo.PostRender.Graph;

/// <summary>A listener of an nginx server.</summary>
/// <param name="Directive">Its <c>listen</c> directive.</param>
/// <param name="Families">The families on which it listens.</param>
public sealed record NginxListen(NginxDirective Directive, string Port, IReadOnlyList<AddressFamily> Families)
{
    /// <summary>
    /// Reads <c>listen</c> directives; ignores loopback, names and sockets. Unlike Go, nginx treats a bare port, <c>*</c> and 0.0.0.0 as
    /// IPv4 only, and <c>[::]</c> as IPv6 only unless <c>ipv6only=off</c> is set (the default is on since 1.3.4).
    /// </summary>
    /// <param name="directives">The directives of a file.</param>
    public static IEnumerable<NginxListen> Read(IEnumerable<NginxDirective> directives) =>
        from directive in directives
        where directive.Name == "listen" && directive.Arguments.Count > 0
        let endpoint = Parse(directive.Arguments[0])
        where endpoint.Host is { Kind: HostKind.Wildcard or HostKind.Literal, Family: not null }
        let isBoth = endpoint.Host is { Kind: HostKind.Wildcard, Family: AddressFamily.IPv6 }
            && directive.Arguments.Contains("ipv6only=off")
        let families = isBoth ? (AddressFamily[])[AddressFamily.IPv4, AddressFamily.IPv6] : [endpoint.Host.Family!.Value]
        select new NginxListen(directive, endpoint.Port ?? "80", families);

    /// <summary>The directive that adds a family: the same options, on the family's wildcard.</summary>
    public string On(AddressFamily family) =>
        string.Join(
            ' ',
            Directive
                .Arguments.Skip(1)
                .Where(static argument => !argument.StartsWith("ipv6only=", StringComparison.Ordinal))
                .Prepend(family == AddressFamily.IPv6 ? $"[::]:{Port}" : Port)
                .Prepend("listen")
        );

    private static Endpoint Parse(string listen) =>
        Endpoint.Parse(
            listen.All(char.IsAsciiDigit) ? $"0.0.0.0:{listen}"
            : listen.StartsWith("*:", StringComparison.Ordinal) ? $"0.0.0.0{listen[1..]}"
            : listen
        );
}
