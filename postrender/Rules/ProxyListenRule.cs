using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF011: the gateway listens on the family, resolves names over it, and passes kubelet's probes.</summary>
internal sealed class ProxyListenRule : Rule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.ProxyListen,
            Name = "proxy-listen",
            Requirement =
                "Every server of an nginx in front of Tempo listens on the family: in an IPv6 release on both families (listen port "
                + "and listen [::]:port, or ipv6only=off), in an IPv4 release on IPv4; a resolver with a literal address has one of the "
                + "family, in brackets if it is IPv6",
            Fix =
                "Adds missing listen lines and never removes one, adds brackets to a resolver, removes ipv6=off or ipv4=off; a "
                + "resolver of the other family is an error",
            Problem = "The gateway does not listen on the families that it needs",
            Holds = "The gateway listens on the family, and on the address that kubelet probes",
            Why =
                "Unlike Go, nginx listens on IPv4 only with listen 8080, and on IPv6 only with listen [::]:8080. Clients use the release's "
                + "family, but kubelet probes the pod's primary address, which is IPv4 in many dual-stack clusters: the gateway of an IPv6 "
                + "release never becomes Ready there if it listens on IPv6 only. Every kernel has IPv4, so an IPv6 release can always have "
                + "both lines; on a kernel without IPv6 nginx stops at [::], so an IPv4 release does not get that line",
            Source = "nginx on dual-stack clusters of either primary family, measured on Kubernetes 1.36",
        };

    public override bool Applies(RuleContext context) => context.Release.Gateways.Count > 0;

    public override IEnumerable<Finding> Check(RuleContext context) =>
        from gateway in context.Release.Gateways
        from file in gateway.Files
        from finding in CheckListen(file, context).Concat(CheckResolvers(file, context))
        select finding;

    private IEnumerable<Finding> CheckListen(NginxFile file, RuleContext context)
    {
        var missing = NginxListen
            .Read(file.Directives)
            .GroupBy(static listen => listen.Directive.Block)
            .SelectMany(server => Missing([.. server], context.Family))
            .ToList();
        var served = missing.ToLookup(static entry => entry.Listen.Directive, static entry => entry.Listen.Families);
        foreach (var (directive, added, edit) in file.Add([.. missing.Select(static entry => (entry.Listen.Directive, entry.Added))]))
        {
            var found = $"is \"listen {Printable.OneLine(string.Join(' ', directive.Arguments))}\"";
            var why = served[directive].First().Contains(context.Family)
                ? $"nginx then listens on {context.Family} only, and kubelet probes the pod's primary address, which may be {context.Other}"
                : $"nginx then listens on {context.Other} only, but the release is {context.Family}";
            var repair = Repair.Add($"{Printable.OneLine(added)};");
            yield return edit is null
                ? Error(PlaceOf(file, directive), found, why, $"{repair.Order} by hand: the directive spans several lines")
                : Fixable(PlaceOf(file, directive), found, why, repair, edit);
        }
    }

    /// <summary>The listen directives of a server that need a counterpart in another family, each with that counterpart.</summary>
    private static IEnumerable<(NginxListen Listen, string Added)> Missing(IReadOnlyList<NginxListen> server, AddressFamily family)
    {
        IReadOnlyList<AddressFamily> needed =
            family == AddressFamily.IPv6 ? [AddressFamily.IPv6, AddressFamily.IPv4] : [AddressFamily.IPv4];
        var served = server.SelectMany(static listen => listen.Families.Select(served => (served, listen.Port))).ToHashSet();
        return from listen in server from wanted in needed where served.Add((wanted, listen.Port)) select (listen, listen.On(wanted));
    }

    private IEnumerable<Finding> CheckResolvers(NginxFile file, RuleContext context) =>
        file
            .Directives.Where(static directive => directive.Name == "resolver")
            .Select(resolver => CheckResolver(file, resolver, context))
            .OfType<Finding>();

    private Finding? CheckResolver(NginxFile file, NginxDirective resolver, RuleContext context)
    {
        var addresses = resolver.Arguments.Where(static argument => !argument.Contains('=', StringComparison.Ordinal)).ToList();
        var families = addresses.Select(static address => Endpoint.Parse(address).Host.Family).ToList();
        var found = $"is \"resolver {Printable.OneLine(string.Join(' ', resolver.Arguments))}\"";
        if (families.Count > 0 && families.TrueForAll(family => family == context.Other))
        {
            return Error(
                PlaceOf(file, resolver),
                found,
                $"the pods are {context.Family} and cannot query it",
                $"Set an {context.Family} address, or a host name"
            );
        }

        var off = context.Family == AddressFamily.IPv6 ? "ipv6=off" : "ipv4=off";
        var repaired = resolver.Arguments.Where(argument => argument != off).Select(WithBrackets).ToList();
        if (repaired.SequenceEqual(resolver.Arguments))
        {
            return null;
        }

        var now = $"resolver {string.Join(' ', repaired)}";
        var repair = Repair.SetTo($"{now};");
        var why = resolver.Arguments.Contains(off)
            ? $"nginx then resolves no name to an {context.Family} address"
            : "nginx needs brackets around an IPv6 address";
        return file.Replace(resolver, now) is { } edit
            ? Fixable(PlaceOf(file, resolver), found, why, repair, edit)
            : Error(PlaceOf(file, resolver), found, why, repair.Order);
    }

    private static Place PlaceOf(NginxFile file, NginxDirective directive) => Place.InLine(file.File, directive.Line);

    private static string WithBrackets(string argument) =>
        !argument.StartsWith('[') && Host.ParseAddress(argument) is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 }
            ? $"[{argument}]"
            : argument;
}
