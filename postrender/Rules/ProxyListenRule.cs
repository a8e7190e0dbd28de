using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>TPF011: the gateway listens, and looks names up, over the family.</summary>
internal sealed class ProxyListenRule : Rule
{
    public override RuleDescription Description { get; } = new(
        RuleIds.ProxyListen,
        "proxy-listen",
        "Every server of an nginx in front of Tempo listens on the family (listen [::]:port for IPv6; a bare listen port is IPv4 only); a literal resolver is of the family, in brackets if IPv6",
        "Adds the listen line, brackets a resolver, drops ipv6=off or ipv4=off; a resolver of the other family is an error",
        "The gateway listens on the family",
        "nginx is not Go: listen 8080 is IPv4 only. A gateway left so is reached by nobody in an IPv6 cluster, whatever its Service says. A literal resolver must be an address the pod can ask, in brackets if it is IPv6",
        "nginx, measured; listen [::]:port fails to start on a kernel without IPv6, so it is added for IPv6 releases only",
        ReleaseParts.Gateways);

    public override IEnumerable<Finding> Check(RuleContext release) =>
        from gateway in release.Gateways
        from file in gateway.Files
        let directives = NginxConfig.Read(file.Document.Text)
        from finding in CheckListen(file, directives, release).Concat(CheckResolvers(file, directives, release))
        select finding;

    private IEnumerable<Finding> CheckListen(ConfigFile file, IReadOnlyList<NginxDirective> directives, RuleContext release)
    {
        var missing = MissingListens(directives, release).ToList();
        foreach (var (directive, added) in missing)
        {
            var edit = AddBehind(file, directive, directives, missing);
            var found = $"is listen {Printable.OneLine(string.Join(' ', directive.Arguments))}";
            var (why, remedy) = ($"nginx serves {release.Other} alone there", $"Add {Printable.OneLine(added)};");
            yield return edit is null
                ? Error(PlaceOf(file, directive), found, why, $"{remedy} by hand: the directive spans several lines")
                : Fixable(PlaceOf(file, directive), found, why, remedy, edit);
        }
    }

    /// <summary>The listen directives that have no counterpart of the family in their server, and that counterpart.</summary>
    private static IEnumerable<(NginxDirective Directive, string Added)> MissingListens(IReadOnlyList<NginxDirective> directives, RuleContext release)
    {
        foreach (var server in directives.Where(static directive => directive.Name == "listen" && directive.Arguments.Count > 0).GroupBy(static directive => directive.Block))
        {
            var listens = server.Select(static directive => (Directive: directive, Listen: Parse(directive.Arguments[0]))).ToList();
            var served = listens.Where(entry => entry.Listen.Family == release.Family).Select(static entry => entry.Listen.Port).ToHashSet();
            foreach (var (directive, listen) in listens.Where(entry => entry.Listen.Family == release.Other && served.Add(entry.Listen.Port)))
            {
                var address = release.Family == AddressFamily.IPv6 ? $"[::]:{listen.Port}" : listen.Port;
                yield return (directive, string.Join(' ', directive.Arguments.Skip(1).Where(static argument => !argument.StartsWith("ipv6only=", StringComparison.Ordinal)).Prepend(address).Prepend("listen")));
            }
        }
    }

    /// <summary>A line of its own behind a directive that has one; else the same line, with all that is added to it.</summary>
    private static Edit? AddBehind(ConfigFile file, NginxDirective directive, IReadOnlyList<NginxDirective> directives, List<(NginxDirective Directive, string Added)> missing)
    {
        if (directive.Line != directive.LastLine)
        {
            return null;
        }

        var line = LineAt(file, directive.Line);
        var isAlone = directives.Count(other => other.Line <= directive.Line && other.LastLine >= directive.Line) == 1
            && line.TrimStart().StartsWith(directive.Name, StringComparison.Ordinal)
            && line[directive.End..].TrimStart() is "" or ['#', ..];
        if (isAlone)
        {
            return Edit.InsertLine(file.Document, directive.Line, $"{Indentation(line)}{missing.Find(entry => entry.Directive == directive).Added};");
        }

        var changed = line;
        foreach (var (other, added) in missing.Where(entry => entry.Directive.Line == directive.Line && entry.Directive.LastLine == directive.Line).Reverse())
        {
            changed = changed.Insert(other.End, $" {added};");
        }

        return Edit.SetLine(file.Document, directive.Line, changed);
    }

    private IEnumerable<Finding> CheckResolvers(ConfigFile file, IReadOnlyList<NginxDirective> directives, RuleContext release)
    {
        foreach (var resolver in directives.Where(static directive => directive.Name == "resolver"))
        {
            var addresses = resolver.Arguments.Where(static argument => !argument.Contains('=', StringComparison.Ordinal)).ToList();
            var families = addresses.Select(static address => Endpoint.Parse(address).Host.Family).ToList();
            var found = $"is resolver {Printable.OneLine(string.Join(' ', resolver.Arguments))}";
            if (families.Count > 0 && families.TrueForAll(family => family == release.Other))
            {
                yield return Error(PlaceOf(file, resolver), found, $"the pods are {release.Family} and cannot ask it", $"Give it an {release.Family} address, or a name");
                continue;
            }

            var off = release.Family == AddressFamily.IPv6 ? "ipv6=off" : "ipv4=off";
            var repaired = resolver.Arguments.Where(argument => argument != off).Select(WithBrackets).ToList();
            var line = LineAt(file, resolver.Line);
            // A directive that shares its line, or spans several, is not ours to lay out anew.
            var standsAlone = line.Trim() == $"resolver {string.Join(' ', resolver.Arguments)};";
            if (!repaired.SequenceEqual(resolver.Arguments))
            {
                var now = $"resolver {string.Join(' ', repaired)};";
                var why = resolver.Arguments.Contains(off) ? $"names then have no {release.Family} address" : "nginx wants brackets around an IPv6 address";
                yield return standsAlone
                    ? Fixable(PlaceOf(file, resolver), found, why, $"Set {now}", Edit.SetLine(file.Document, resolver.Line, Indentation(line) + now))
                    : Error(PlaceOf(file, resolver), found, why, $"Set {now}");
            }
        }
    }

    private static string WithBrackets(string argument) =>
        !argument.StartsWith('[') && Host.ParseAddress(argument) is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } ? $"[{argument}]" : argument;

    /// <summary>A bare port, <c>*</c> and 0.0.0.0 are IPv4 (nginx is not Go); loopback, names and sockets are nobody's business.</summary>
    private static (AddressFamily? Family, string Port) Parse(string listen)
    {
        if (listen.All(char.IsAsciiDigit))
        {
            return (AddressFamily.IPv4, listen);
        }

        var endpoint = Endpoint.Parse(listen.StartsWith("*:", StringComparison.Ordinal) ? "0.0.0.0" + listen[1..] : listen);
        return endpoint.Host.Kind is HostKind.Wildcard or HostKind.Literal ? (endpoint.Host.Family, endpoint.Port ?? "80") : (null, "");
    }

    private static string LineAt(ConfigFile file, int line) => file.Document.Text.Split('\n')[line].TrimEnd('\r');

    private static string Indentation(string line) => line[..(line.Length - line.TrimStart().Length)];

    private static Place PlaceOf(ConfigFile file, NginxDirective directive) => Place.InLine(file, directive.Line);
}
