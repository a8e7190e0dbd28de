using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>The user's options for the rules.</summary>
/// <param name="Family">The family that the user sets, or null to detect it from the manifests.</param>
/// <param name="FamilyStatedBy">Where the user set it: the option or the environment variable.</param>
/// <param name="GossipLabel">The label of pods that join memberlist.</param>
/// <param name="Disabled">The ids of the rules that the user disables.</param>
public sealed record RuleOptions(AddressFamily? Family, string FamilyStatedBy, string GossipLabel, IReadOnlySet<string> Disabled)
{
    /// <summary>The option that sets the family.</summary>
    public const string FamilyOption = "--address-family";

    /// <summary>The option that sets the gossip label.</summary>
    public const string GossipLabelOption = "--gossip-label";

    /// <summary>The label that Tempo's own manifests use.</summary>
    public const string DefaultGossipLabel = "tempo-gossip-member";
}

/// <summary>Runs the rules over a release.</summary>
public static class RuleEngine
{
    /// <summary>Analyzes each release separately. If two releases need different values in one object, both get an error.</summary>
    /// <param name="options">The user's options.</param>
    public static IReadOnlyList<ReleaseAnalysis> AnalyzeAll(ManifestGraph graph, RuleOptions options)
    {
        var collector = new FindingCollector();
        var decisions = new List<FamilyDecision>();
        var analyses = new List<ReleaseAnalysis>();
        foreach (var release in graph.Releases)
        {
            var decision = release.IsShared
                ? FamilyDecision.OfShared(release, decisions)
                : FamilyDecision.Of(release, options.Family, options.FamilyStatedBy);
            decisions.Add(decision);
            analyses.Add(Analyze(release, decision, options, collector));
        }

        analyses.AddRange(options.Disabled.Contains(RuleIds.ConfigVisible) ? [] : graph.OperatorResources.Select(OfOperator));
        return ReleaseConflicts.Resolve(analyses);
    }

    /// <summary>Analyzes one release by itself, without fixes.</summary>
    /// <param name="options">The user's options.</param>
    public static ReleaseAnalysis Analyze(Release release, RuleOptions options) =>
        Analyze(release, FamilyDecision.Of(release, options.Family, options.FamilyStatedBy), options, new FindingCollector());

    private static ReleaseAnalysis Analyze(Release release, FamilyDecision decision, RuleOptions options, FindingCollector collector)
    {
        IReadOnlyList<RuleDescription> disabled =
            options.Disabled.Count == 0 ? [] : [.. RuleCatalog.Optional.Where(rule => options.Disabled.Contains(rule.Id))];
        var diagram = new Lazy<ReleaseDiagram>(() => ReleaseDiagram.Of(release), LazyThreadSafetyMode.None);
        if (decision.Family is not { } family)
        {
            return Result([Undecided(decision)], static () => []);
        }

        var context = new RuleContext(release, family, options.GossipLabel);
        var findings = new List<Finding>();
        var unbroken = new List<Rule>();
        foreach (var rule in RuleCatalog.All)
        {
            if (!options.Disabled.Contains(rule.Description.Id))
            {
                var found = collector.Collect(rule.Check(context));
                findings.AddRange(found);
                if (found.Count == 0)
                {
                    unbroken.Add(rule);
                }
            }
        }

        return Result(
            FindingCollector.WithoutImpossibleEdits(findings),
            () => [FamilyDecision.Rule, .. unbroken.FindAll(rule => rule.Applies(context)).ConvertAll(static rule => rule.Description)]
        );

        ReleaseAnalysis Result(IReadOnlyList<Finding> findings, Func<IReadOnlyList<RuleDescription>> satisfied) =>
            new()
            {
                Release = release.Name,
                Decision = decision,
                Findings = findings,
                Satisfied = new Lazy<IReadOnlyList<RuleDescription>>(satisfied),
                Disabled = disabled,
                Diagram = diagram,
            };
    }

    private static Finding Undecided(FamilyDecision decision) =>
        new()
        {
            Rule = FamilyDecision.Rule,
            Level = FindingLevel.Error,
            Place = decision.Place!,
            Found = decision.Basis,
            Why = "a release that mixes the families gossips over one family and serves over the other",
            Remedy = "Pass --address-family IPv6 or IPv4",
        };

    /// <summary>
    /// The analysis of an operator's resource. No rule can check the objects that the operator creates, because they are not in the
    /// manifests.
    /// </summary>
    private static ReleaseAnalysis OfOperator(KubernetesObject found) =>
        new()
        {
            Release = Printable.OneLine(found.Reference),
            Decision = new FamilyDecision(null, "tempo-operator decides the family in the cluster", Place: null),
            Findings = [FindingCollector.MarkedIfIgnored(ConfigVisibleRule.OfOperator(found))],
            Satisfied = new Lazy<IReadOnlyList<RuleDescription>>(static () => []),
            Disabled = [],
            Diagram = new Lazy<ReleaseDiagram>(static () => ReleaseDiagram.Empty),
        };
}
