using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF004: memberlist gossips on the family.</summary>
internal sealed class MemberlistBindRule : ConfigRule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.MemberlistBind,
            Name = "memberlist-bind",
            ChecksRunningSettings = true,
            Requirement =
                "If a container with this config joins memberlist, memberlist.bind_addr is the family's wildcard, an address of the "
                + "family, or a variable; in an IPv4 release it may be empty. memberlist.advertise_addr is unset or of the family",
            Fix = "Sets bind_addr if it is empty or of the other family; an advertise_addr of the other family is an error",
            Problem = "memberlist does not gossip on the release's family",
            Holds = "memberlist gossips on the family",
            Why =
                "An empty bind_addr means 0.0.0.0: Tempo then advertises a private IPv4 address to its peers, or exits if it has "
                + "none (no private IP address found, and explicit IP not provided). If bind_addr is the pod's own address, "
                + "Tempo advertises "
                + "that address, which suits pods with public addresses",
            Source = "Measured on Tempo 3.0.3, one target at a time, in a network namespace with an IPv6 address only",
        };

    public override bool Applies(RuleContext context) => context.Release.Configs.Any(static config => config.HasGossipMembers);

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext context)
    {
        if (!config.HasGossipMembers)
        {
            yield break;
        }

        if (!config.IsBoundByFlags && CheckBindAddress(config, context.Family) is { } bound)
        {
            yield return bound;
        }

        var advertised = config.Text(TempoSettings.MemberlistAdvertiseAddress) ?? "";
        var host = Host.Parse(advertised);
        if (host.Kind == HostKind.Wildcard || (host.Kind is HostKind.Literal or HostKind.Loopback && host.Family == context.Other))
        {
            yield return Error(
                config,
                TempoSettings.MemberlistAdvertiseAddress,
                $"is {Show(config, advertised)}",
                "the peers receive this address and dial it",
                $"Remove it, or set the pod's {context.Family} address"
            );
        }
    }

    private Finding? CheckBindAddress(TempoConfig config, AddressFamily family)
    {
        var setting = TempoSettings.MemberlistBindAddress;
        var addresses = config.Texts(setting.Path);
        var shown = string.Join(", ", addresses.Select(address => Show(config, address)));
        var (found, why) = config.Find(setting.Path) switch
        {
            null or ScalarNode { IsNull: true } or SequenceNode { Items.Count: 0 } => family == AddressFamily.IPv4
                ? (null, "")
                : (
                    "is empty",
                    "memberlist then binds to 0.0.0.0 and advertises an IPv4 address; Tempo exits if the pod has no IPv4 address"
                ),
            ScalarNode when config.IsUnknown(setting.Path) => (null, ""),
            ScalarNode => ($"is {shown}, which is not a list", "Tempo does not start with a single value here"),
            _ when addresses.Any(static address => address.StartsWith('[')) => (
                $"is [{shown}]",
                "Tempo does not start with brackets around an address here"
            ),
            _ when addresses.Any(static address => Host.Parse(address).Kind == HostKind.Loopback) => (
                $"is [{shown}]",
                "no other member can reach a loopback address"
            ),
            _ when addresses.Count > 1 && addresses.Any(static address => Host.Parse(address).Kind == HostKind.Wildcard) => (
                $"is [{shown}]",
                "a wildcard binds the port on every address, and Tempo does not start if two addresses bind the same port"
            ),
            _ when addresses.Any(address => Host.Parse(address).Family == family.Other()) => (
                $"is [{shown}]",
                $"the release is {family}, and the ring would gossip over {family.Other()}"
            ),
            _ => (null, ""),
        };
        return found is null ? null : Set(config, setting, found, why, YamlValue.ListOf(family.Wildcard()));
    }
}
