namespace Tempo.PostRender.Rules;

/// <summary>The rules, in the order in which they are checked and listed. A literal list, so that the order is reviewed.</summary>
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
        new GossipLabelRule(),
        new FamilyMarkerRule(),
    ];

    /// <summary>The descriptions of all rules, and of the decision that comes before them.</summary>
    public static IReadOnlyList<RuleDescription> Descriptions { get; } = [FamilyDecision.Rule, .. All.Select(static rule => rule.Description)];
}
