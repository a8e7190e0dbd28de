using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF004: memberlist gossips on the family.</summary>
internal sealed class MemberlistBindRule : ConfigRule
{
    public override RuleDescription Description { get; } = new(
        RuleIds.MemberlistBind,
        "memberlist-bind",
        "memberlist.bind_addr is exactly the family's wildcard where any container of the config joins memberlist; memberlist.advertise_addr is unset or of the family",
        "Sets the list; an advertise_addr of the other family is an error",
        "memberlist gossips on the family",
        "An empty bind_addr means 0.0.0.0: Tempo then advertises a private IPv4 address to its peers, or exits where it has none (no private IP address found, and explicit IP not provided)",
        "Measured on Tempo 3.0.3, one target at a time, in a network namespace with an IPv6 address only",
        ReleaseParts.Configs);

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext release)
    {
        if (!config.HasGossipMembers)
        {
            yield break;
        }

        if (!config.IsBoundByFlags && !BindsTo(config.Find(TempoSettings.MemberlistBindAddress), release.Family))
        {
            var shown = string.Join(", ", config.Texts(TempoSettings.MemberlistBindAddress).Select(address => Show(config, address)));
            var (found, why) = config.Find(TempoSettings.MemberlistBindAddress) switch
            {
                null or ScalarNode { IsNull: true } or SequenceNode { Items.Count: 0 } =>
                    ("is empty", "memberlist then binds to 0.0.0.0 and advertises an IPv4 address, or none is found and Tempo exits"),
                ScalarNode => ($"is {shown}, which is no list", "Tempo refuses to start on it"),
                _ => ($"is [{shown}]", $"the release is {release.Family}, and the ring would gossip elsewhere"),
            };
            yield return Set(config, TempoSettings.MemberlistBindAddress, found, why, YamlValue.ListOf(release.Family.Wildcard()));
        }

        var advertised = config.Text(TempoSettings.MemberlistAdvertiseAddress) ?? "";
        var host = Host.Parse(advertised);
        if (host.Kind == HostKind.Wildcard || (host.Kind is HostKind.Literal or HostKind.Loopback && host.Family == release.Other))
        {
            yield return Error(
                config,
                TempoSettings.MemberlistAdvertiseAddress,
                $"is {Show(config, advertised)}",
                "it is gossiped to the peers as it is, and they dial it",
                $"Remove it, or set the pod's {release.Family} address");
        }
    }

    /// <summary>Nothing at all means 0.0.0.0; a scalar is no list and stops Tempo.</summary>
    private static bool BindsTo(YamlNode? node, AddressFamily family) => node switch
    {
        null or ScalarNode { IsNull: true } or SequenceNode { Items.Count: 0 } => family == AddressFamily.IPv4,
        SequenceNode { Items.Count: 1 } list => list.Texts() is [var address] && !address.StartsWith('[')
            && Host.Parse(address) is { Kind: HostKind.Wildcard } host && host.Family == family,
        _ => false,
    };
}
