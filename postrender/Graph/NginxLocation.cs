using System.Text.RegularExpressions;

namespace Tempo.PostRender.Graph;

/// <summary>A location of an nginx config that passes requests on.</summary>
/// <param name="Listens">The <c>listen</c> directives of its server.</param>
/// <param name="IsExact">Whether it matches only its path (<c>=</c>); otherwise it matches all paths that start with it.</param>
/// <param name="PassPort">The port to which it passes requests, or null if none is set.</param>
public sealed partial record NginxLocation(IReadOnlyList<NginxListen> Listens, bool IsExact, string Path, int? PassPort)
{
    /// <summary>The locations of a config with a fixed path. Those with a regular expression are left out.</summary>
    /// <param name="text">The file.</param>
    public static IReadOnlyList<NginxLocation> Read(string text)
    {
        var directives = NginxConfig.Read(text, out var blocks);
        var byBlock = directives.ToLookup(static directive => directive.Block);
        return
        [
            .. from block in blocks
            where block.Words is ["location", ..] && block.Words.Count is 2 or 3
            let modifier = block.Words.Count == 3 ? block.Words[1] : ""
            where modifier is "" or "=" or "^~"
            let pass = byBlock[block.Number].FirstOrDefault(static directive => directive.Name is "proxy_pass" or "grpc_pass")
            where pass is not null
            select new NginxLocation(
                [.. NginxListen.Read(byBlock[block.Parent])],
                modifier == "=",
                block.Words[^1],
                PortOf(pass.Arguments.Count > 0 ? pass.Arguments[0] : "")
            ),
        ];
    }

    /// <summary>Whether it matches a path. nginx prefers an exact location, then the longest that matches.</summary>
    /// <param name="path">The path of a request.</param>
    public bool Takes(string path) => IsExact ? path == Path : path.StartsWith(Path, StringComparison.Ordinal);

    private static int? PortOf(string url) => Port().Match(url) is { Success: true } match ? int.Parse(match.ValueSpan[1..], null) : null;

    [GeneratedRegex(@":[0-9]{1,5}(?=/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Port();
}
