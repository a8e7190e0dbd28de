using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>The rules, in the order in which they run. The list is written out, so that a change of the order is reviewed.</summary>
public static class RuleCatalog
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new ServiceFamilyRule(),
        new ServiceAddressRule(),
        new ServerListenRule(),
        new MemberlistBindRule(),
        new RingFamilyRule(),
        new ReceiverEndpointRule(),
        new PeerAddressRule(),
        new FlagOverrideRule(),
        new GossipLabelRule(),
        new GossipRingRule(),
        new ProxyListenRule(),
        new SidecarListenRule(),
        new NetworkPolicyRule(),
        new PodAddressRule(),
        new ConfigVisibleRule(),
        new FamilyMarkerRule(),
        new ObjectStorageRule(),
        new IgnoreAnnotationRule(),
    ];

    /// <summary>The descriptions of everything that can be disabled: the rules and the rollout step.</summary>
    public static IReadOnlyList<RuleDescription> Optional { get; } =
    [.. All.Select(static rule => rule.Description).Append(ConfigRollout.Rule).OrderBy(static rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The description of the decision about the family, then those of all rules by their ids.</summary>
    public static IReadOnlyList<RuleDescription> Descriptions { get; } = [FamilyDecision.Rule, .. Optional];

    /// <summary>The id of the rule whose id or name is nearest to a word, or null if none is near.</summary>
    /// <param name="typed">The word as typed.</param>
    /// <param name="rules">The rules that may be meant.</param>
    internal static string? NearestId(string typed, IEnumerable<RuleDescription> rules) =>
        NearestWord.Of(typed, rules.SelectMany(static rule => new[] { rule.Id, rule.Name })) is { } near
            ? rules.First(rule => rule.Id == near || rule.Name == near).Id
            : null;
}
