using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF008: no flag of a Tempo container says otherwise than the config.</summary>
internal sealed class FlagOverrideRule : FlagRule
{
    public override RuleDescription Description { get; } = new(
        RuleIds.FlagOverride,
        "flag-override",
        "No flag of a Tempo container overrides listen, bind, advertise or ring addresses with the other family",
        "Replaces the other family's wildcard; a single address of it is an error",
        "No flag overrides the family",
        "A flag wins over the config file: what the other rules repaired there would never be read",
        "Tempo 3.0.3 and 2.10.8: Go flags, one or two dashes, =value or the next argument",
        ReleaseParts.Workloads);

    public override IEnumerable<Finding> Check(RuleContext release) =>
        from workload in release.Workloads
        from container in workload.Containers
        from known in TempoFlag.Known
        from flag in container.Container.Flags.All.Where(flag => flag.Name == known.Name && flag.Value is { Length: > 0 })
        let finding = known.Use switch
        {
            FlagUse.Advertise => CheckAdvertised(container.Container, flag, release),
            FlagUse.Bind when OtherBinding(container, release) is { } other => CheckAddedBinding(container.Container, flag, other, release),
            _ => CheckListening(container.Container, flag, known.Use, release),
        }
        where finding is not null
        select finding;

    /// <summary>What a container's memberlist binds to beside a flag, or null where the flag is all there is.</summary>
    private static string? OtherBinding(TempoContainer container, RuleContext release) =>
        container.BindFlags.Count > 1 ? "the same flag is given again"
        : container.Configs.Any(config => config.Find(TempoSettings.MemberlistBindAddress).Items().Any() || (config.HasGossipMembers && !config.IsBoundByFlags && release.Family == AddressFamily.IPv6)) ? "the config sets memberlist.bind_addr"
        : null;

    /// <summary>To set it to the family's wildcard would bind that twice.</summary>
    private Finding CheckAddedBinding(Container container, ContainerFlag flag, string other, RuleContext release)
    {
        const string Why = "Tempo adds such a flag to the list, and exits where two of its addresses take the same port";
        var isOther = Host.Parse(flag.Value!) is { Kind: HostKind.Wildcard or HostKind.Literal or HostKind.Loopback } host && host.Family == release.Other;
        var found = $"{Found(flag)}, and {other}";
        return isOther ? Error(PlaceOf(container, flag), found, Why, "Remove the flag") : Warning(PlaceOf(container, flag), found, Why, "Remove the flag");
    }

    private Finding? CheckListening(Container container, ContainerFlag flag, FlagUse use, RuleContext release)
    {
        var wildcard = release.Family == AddressFamily.IPv4 ? "0.0.0.0" : use == FlagUse.Bind ? "::" : "::0";
        return flag.Value!.StartsWith('[') && Host.Parse(flag.Value).Kind == HostKind.Wildcard
            ? Replace(container, flag, "Tempo does not start with brackets here (missing port in address)", wildcard)
            : CheckListen(container, flag, release, wildcard);
    }

    private Finding? CheckAdvertised(Container container, ContainerFlag flag, RuleContext release)
    {
        var host = Host.Parse(flag.Value!);
        return host.Kind == HostKind.Wildcard || (host.Kind is HostKind.Literal or HostKind.Loopback && host.Family == release.Other)
            ? Error(PlaceOf(container, flag), Found(flag), "it is told to the other components as it is, and they dial it", $"Remove the flag, or give it the pod's {release.Family} address")
            : null;
    }
}
