using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>TPF011: the gateway listens, and looks names up, over the family, and kubelet reaches it.</summary>
internal sealed class ProxyListenRule : Rule
{
    public override RuleDescription Description { get; } = new(
        RuleIds.ProxyListen,
        "proxy-listen",
        "Every server of an nginx in front of Tempo listens on the family: in an IPv6 release on both families (listen port and listen [::]:port, or ipv6only=off), in an IPv4 release on IPv4; a literal resolver is of the family, in brackets if IPv6",
        "Adds the listen line that is missing and never takes one away, brackets a resolver, drops ipv6=off or ipv4=off; a resolver of the other family is an error",
        "The gateway listens on the family, and where kubelet probes it",
        "nginx is not Go: listen 8080 is IPv4 only, and listen [::]:8080 is IPv6 only. Clients come over the release's family, but kubelet probes the pod's primary address, which is IPv4 in many dual-stack clusters: a gateway of an IPv6 release that listens on IPv6 alone never becomes Ready there. Every kernel has IPv4, so both lines are always safe in an IPv6 release; on a kernel without IPv6 nginx stops on [::], so it is not added to an IPv4 release",
        "nginx on dual-stack clusters of either primary family, measured on Kubernetes 1.36",
        ReleaseParts.Gateways);

    public override IEnumerable<Finding> Check(RuleContext release) =>
        from gateway in release.Gateways
        from file in gateway.Files
        let config = new NginxFile(file)
        from finding in CheckListen(config, release).Concat(CheckResolvers(config, release))
        select finding;

    private IEnumerable<Finding> CheckListen(NginxFile config, RuleContext release)
    {
        var missing = NginxListen.Read(config.Directives)
            .GroupBy(static listen => listen.Directive.Block)
            .SelectMany(server => Missing([.. server], release.Family))
            .ToList();
        var addedTo = missing.ToLookup(static entry => entry.Listen.Directive.Line, static entry => (entry.Listen.Directive, entry.Added));
        foreach (var (listen, added) in missing)
        {
            var directive = listen.Directive;
            var edit = AddBehind(config, directive, added, addedTo[directive.Line]);
            var found = $"is listen {Printable.OneLine(string.Join(' ', directive.Arguments))}";
            var why = listen.Families.Contains(release.Family)
                ? $"nginx serves {release.Family} alone there, and kubelet probes the pod's primary address, which may be {release.Other}"
                : $"nginx serves {release.Other} alone there";
            var remedy = $"Add {Printable.OneLine(added)};";
            yield return edit is null
                ? Error(PlaceOf(config, directive), found, why, $"{remedy} by hand: the directive spans several lines")
                : Fixable(PlaceOf(config, directive), found, why, remedy, edit);
        }
    }

    /// <summary>The listen directives of a server that lack a counterpart in a family which is needed, and that counterpart.</summary>
    private static IEnumerable<(NginxListen Listen, string Added)> Missing(IReadOnlyList<NginxListen> server, AddressFamily family)
    {
        IReadOnlyList<AddressFamily> needed = family == AddressFamily.IPv6 ? [AddressFamily.IPv6, AddressFamily.IPv4] : [AddressFamily.IPv4];
        var served = server.SelectMany(static listen => listen.Families.Select(served => (served, listen.Port))).ToHashSet();
        return
            from listen in server
            from wanted in needed
            where served.Add((wanted, listen.Port))
            select (listen, listen.On(wanted));
    }

    /// <summary>A line of its own behind a directive that has one; else the same line, with all that is added to it.</summary>
    private static Edit? AddBehind(NginxFile config, NginxDirective directive, string added, IEnumerable<(NginxDirective Directive, string Added)> sameLine)
    {
        if (directive.Line != directive.LastLine)
        {
            return null;
        }

        var line = config.LineAt(directive.Line);
        if (config.IsAlone(directive))
        {
            return Edit.InsertLine(config.File.Document, directive.Line, $"{NginxFile.Indentation(line)}{added};");
        }

        foreach (var (other, text) in sameLine.Where(static entry => entry.Directive.Line == entry.Directive.LastLine).Reverse())
        {
            line = line.Insert(other.End, $" {text};");
        }

        return Edit.SetLine(config.File.Document, directive.Line, line);
    }

    private IEnumerable<Finding> CheckResolvers(NginxFile config, RuleContext release)
    {
        foreach (var resolver in config.Directives.Where(static directive => directive.Name == "resolver"))
        {
            var addresses = resolver.Arguments.Where(static argument => !argument.Contains('=', StringComparison.Ordinal)).ToList();
            var families = addresses.Select(static address => Endpoint.Parse(address).Host.Family).ToList();
            var found = $"is resolver {Printable.OneLine(string.Join(' ', resolver.Arguments))}";
            if (families.Count > 0 && families.TrueForAll(family => family == release.Other))
            {
                yield return Error(PlaceOf(config, resolver), found, $"the pods are {release.Family} and cannot ask it", $"Give it an {release.Family} address, or a name");
                continue;
            }

            var off = release.Family == AddressFamily.IPv6 ? "ipv6=off" : "ipv4=off";
            var repaired = resolver.Arguments.Where(argument => argument != off).Select(WithBrackets).ToList();
            if (repaired.SequenceEqual(resolver.Arguments))
            {
                continue;
            }

            var line = config.LineAt(resolver.Line);
            var now = $"resolver {string.Join(' ', repaired)};";
            var why = resolver.Arguments.Contains(off) ? $"names then have no {release.Family} address" : "nginx wants brackets around an IPv6 address";
            // A directive that shares its line, or spans several, is not ours to lay out anew.
            yield return line.Trim() == $"resolver {string.Join(' ', resolver.Arguments)};"
                ? Fixable(PlaceOf(config, resolver), found, why, $"Set {now}", Edit.SetLine(config.File.Document, resolver.Line, NginxFile.Indentation(line) + now))
                : Error(PlaceOf(config, resolver), found, why, $"Set {now}");
        }
    }

    private static Place PlaceOf(NginxFile config, NginxDirective directive) => Place.InLine(config.File, directive.Line);

    private static string WithBrackets(string argument) =>
        !argument.StartsWith('[') && Host.ParseAddress(argument) is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } ? $"[{argument}]" : argument;
}
