using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF008: no flag of a Tempo container overrides the family.</summary>
internal sealed class FlagOverrideRule : FlagRule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.FlagOverride,
            Name = "flag-override",
            Requirement = "No flag of a Tempo container sets a listen, bind, advertise or ring address of the other family",
            Fix =
                "Replaces the other family's wildcard; a single address of the other family is an error, and so is a bind "
                + "address in both a "
                + "flag and the config",
            Problem = "Flags override the family of the config",
            Holds = "No flag overrides the family",
            Why =
                "A flag overrides the config file, so fixes in the file would have no effect. Only -memberlist.bind-addr is added to "
                + "memberlist.bind_addr instead, and Tempo exits if two addresses use the same port",
            Source =
                "Tempo 3.0.3 and 2.10.8: Go flags have one or two dashes, and =value or the next argument; dskit appends to list flags",
        };

    public override IEnumerable<Finding> Check(RuleContext context)
    {
        foreach (var container in context.Release.Workloads.SelectMany(static workload => workload.Containers))
        {
            foreach (var known in TempoFlag.Known)
            {
                foreach (var flag in container.Container.Flags.All)
                {
                    if (
                        flag.Name == known.Name
                        && flag.Value is { Length: > 0 }
                        && known.Versions.Contains(container.Version)
                        && CheckFlag(container, flag, known.Use, context) is { } finding
                    )
                    {
                        yield return finding;
                    }
                }
            }
        }
    }

    private Finding? CheckFlag(TempoContainer container, ContainerFlag flag, FlagUse use, RuleContext context) =>
        use switch
        {
            FlagUse.Advertise => CheckAdvertised(container.Container, flag, context),
            FlagUse.Network => CheckNetwork(container.Container, flag, context),
            FlagUse.Bind when !container.JoinsMemberlist => null,
            FlagUse.Bind when OtherBindAddress(container, context) is { } beside => Error(
                PlaceOf(container.Container, flag),
                $"{Found(flag)}, {beside.Found}",
                "Tempo adds the flag to the list of bind addresses, and exits if two of them use the same port",
                beside.Remedy
            ),
            _ => CheckListening(container.Container, flag, use, context),
        };

    /// <summary>
    /// What the finding says if the member has another bind address besides this flag; null if it has none. A config without a bind
    /// address counts as one if TPF004 sets the family's wildcard in it.
    /// </summary>
    private static (string Found, string Remedy)? OtherBindAddress(TempoContainer container, RuleContext context)
    {
        return container.Configs.Any(config => config.SetsBindAddress || (!config.IsBoundByFlags && context.Family == AddressFamily.IPv6))
                ? ("in addition to memberlist.bind_addr of the config", "Remove the flag; memberlist.bind_addr is enough")
            : container.BindFlags.Count > 1
                ? ("and the flag is given more than once", $"Give it once, as {Wildcard(FlagUse.Bind, context)}")
            : null;
    }

    private Finding? CheckListening(Container container, ContainerFlag flag, FlagUse use, RuleContext context)
    {
        var (wildcard, host) = (Wildcard(use, context), Host.Parse(flag.Value!));
        return flag.Value!.StartsWith('[') && host.Kind == HostKind.Wildcard
                ? Replace(container, flag, "Tempo does not start with brackets here (missing port in address)", wildcard)
            : use == FlagUse.Bind && host.Kind == HostKind.Loopback ? Replace(container, flag, "no other member can reach it", wildcard)
            : CheckListen(container, flag, context, wildcard);
    }

    private Finding? CheckNetwork(Container container, ContainerFlag flag, RuleContext context) =>
        flag.Value == context.OtherNetwork
            ? Replace(container, flag, $"the server then listens on {context.Other} only, but the release is {context.Family}", "tcp")
            : null;

    private static string Wildcard(FlagUse use, RuleContext context) =>
        context.Family == AddressFamily.IPv4 ? "0.0.0.0"
        : use == FlagUse.Bind ? "::"
        : "::0";

    private Finding? CheckAdvertised(Container container, ContainerFlag flag, RuleContext context)
    {
        var host = Host.Parse(flag.Value!);
        return host.Kind == HostKind.Wildcard || (host.Kind is HostKind.Literal or HostKind.Loopback && host.Family == context.Other)
            ? Error(
                PlaceOf(container, flag),
                Found(flag),
                "the other components receive this address and dial it",
                $"Remove the flag, or give it the pod's {context.Family} address"
            )
            : null;
    }
}
