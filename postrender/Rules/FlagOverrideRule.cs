using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF008: no flag of a Tempo container says otherwise than the config.</summary>
internal sealed class FlagOverrideRule : FlagRule
{
    public override RuleDescription Description { get; } = new()
    {
        Id = RuleIds.FlagOverride,
        Name = "flag-override",
        Requirement = "No flag of a Tempo container overrides listen, bind, advertise or ring addresses with the other family",
        Fix = "Replaces the other family's wildcard; a single address of it is an error, and so is a bind address beside the "
            + "config's",
        Holds = "No flag overrides the family",
        Why = "A flag wins over the config file: what the other rules repaired there would never be read. -memberlist.bind-addr "
            + "alone is added to memberlist.bind_addr, and two addresses on one port stop Tempo",
        Source = "Tempo 3.0.3 and 2.10.8: Go flags, one or two dashes, =value or the next argument; lists of dskit's are appended to",
    };

    public override IEnumerable<Finding> Check(RuleContext context) =>
        from workload in context.Release.Workloads
        from container in workload.Containers
        from known in TempoFlag.Known.Where(known => known.Versions.Contains(container.Version))
        from flag in container.Container.Flags.All.Where(flag => flag.Name == known.Name && flag.Value is { Length: > 0 })
        let finding = known.Use switch
        {
            FlagUse.Advertise => CheckAdvertised(container.Container, flag, context),
            FlagUse.Network => CheckNetwork(container.Container, flag, context),
            FlagUse.Bind when !container.JoinsMemberlist => null,
            FlagUse.Bind when BoundBeside(container, context) is { } beside => Error(
                PlaceOf(container.Container, flag),
                $"{Found(flag)}, {beside.Found}",
                "Tempo adds this flag to the list instead of replacing it, and exits where two addresses of the list take the same port",
                beside.Remedy),
            _ => CheckListening(container.Container, flag, known.Use, context),
        }
        where finding is not null
        select finding;

    /// <summary>
    /// What a member's memberlist binds to beside one flag, or null where the flag is all there is. That a config which states
    /// nothing is given the family's wildcard (TPF004) counts too.
    /// </summary>
    private static (string Found, string Remedy)? BoundBeside(TempoContainer container, RuleContext context)
    {
        return container.Configs.Any(config => config.StatesBindAddress || (!config.IsBoundByFlags && context.Family == AddressFamily.IPv6))
            ? ("beside memberlist.bind_addr of the config", "Remove the flag; memberlist.bind_addr is enough")
            : container.BindFlags.Count > 1 ? ("and is given again", $"Give it once, as {Wildcard(FlagUse.Bind, context)}")
            : null;
    }

    private Finding? CheckListening(Container container, ContainerFlag flag, FlagUse use, RuleContext context)
    {
        var (wildcard, host) = (Wildcard(use, context), Host.Parse(flag.Value!));
        return flag.Value!.StartsWith('[') && host.Kind == HostKind.Wildcard ? Replace(container, flag, "Tempo does not start with brackets here (missing port in address)", wildcard)
            : use == FlagUse.Bind && host.Kind == HostKind.Loopback ? Replace(container, flag, "no other member can reach it", wildcard)
            : CheckListen(container, flag, context, wildcard);
    }

    private Finding? CheckNetwork(Container container, ContainerFlag flag, RuleContext context) =>
        flag.Value == context.OtherNetwork
            ? Replace(container, flag, $"the server then listens on {context.Other} alone, and the release is {context.Family}", "tcp")
            : null;

    private static string Wildcard(FlagUse use, RuleContext context) =>
        context.Family == AddressFamily.IPv4 ? "0.0.0.0" : use == FlagUse.Bind ? "::" : "::0";

    private Finding? CheckAdvertised(Container container, ContainerFlag flag, RuleContext context)
    {
        var host = Host.Parse(flag.Value!);
        return host.Kind == HostKind.Wildcard || (host.Kind is HostKind.Literal or HostKind.Loopback && host.Family == context.Other)
            ? Error(PlaceOf(container, flag), Found(flag), "it is told to the other components as it is, and they dial it", $"Remove the flag, or give it the pod's {context.Family} address")
            : null;
    }
}
