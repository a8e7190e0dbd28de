using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
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

/// <summary>The result of the rules for one release.</summary>
public sealed record ReleaseAnalysis
{
    /// <summary>Its name, as <see cref="Release.Name"/>.</summary>
    public required string Release { get; init; }

    /// <summary>Its family and what decided it.</summary>
    public required FamilyDecision Decision { get; init; }

    /// <summary>The findings.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The rules that hold. A rule about something that the release does not have is not listed.</summary>
    public required IReadOnlyList<RuleDescription> Satisfied { get; init; }

    /// <summary>The rules that the user disabled.</summary>
    public required IReadOnlyList<RuleDescription> Disabled { get; init; }

    /// <summary>The diagram of the release, created on first use.</summary>
    public required Lazy<ReleaseDiagram> Diagram { get; init; }
}

/// <summary>Runs the rules over a release.</summary>
public static class RuleEngine
{
    /// <summary>Analyzes each release separately. If two releases need different values in one object, both get an error.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="repairs">Whether fixes will be applied; rules about the consequences of a fix run only then.</param>
    public static IReadOnlyList<ReleaseAnalysis> AnalyzeAll(ManifestGraph graph, RuleOptions options, bool repairs)
    {
        var texts = new StringPool();
        var decisions = new List<FamilyDecision>();
        foreach (var release in graph.Releases)
        {
            decisions.Add(
                release.IsShared
                    ? FamilyDecision.OfShared(release, decisions)
                    : FamilyDecision.Of(release, options.Family, options.FamilyStatedBy)
            );
        }

        var analyses = graph.Releases.Select((release, index) => Analyze(release, decisions[index], options, repairs, texts)).ToList();
        analyses.AddRange(options.Disabled.Contains(RuleIds.ConfigVisible) ? [] : graph.OperatorResources.Select(OfOperator));
        return analyses.Count > 1 ? WithoutDisputedEdits(analyses) : analyses;
    }

    private static List<ReleaseAnalysis> WithoutDisputedEdits(List<ReleaseAnalysis> analyses)
    {
        var disputed = analyses
            .SelectMany(
                static (analysis, release) =>
                    analysis.Findings.SelectMany(static finding => finding.Edits).Select(edit => (Edit: edit, Release: release))
            )
            .GroupBy(static found => (found.Edit.Document, found.Edit.Path))
            .Where(static found =>
                found.Select(static one => one.Release).Distinct().Count() > 1
                && found.Select(static one => one.Edit).Distinct().Count() > 1
            )
            .Select(static found => found.Key)
            .ToHashSet();
        return disputed.Count == 0
            ? analyses
            : analyses.ConvertAll(analysis =>
                analysis with
                {
                    Findings =
                    [
                        .. analysis.Findings.Select(finding =>
                            finding.Edits.Any(edit => disputed.Contains((edit.Document, edit.Path))) ? Contradicted(finding) : finding
                        ),
                    ],
                }
            );
    }

    /// <summary>Analyzes one release by itself, without fixes.</summary>
    /// <param name="release">The release.</param>
    /// <param name="options">The user's options.</param>
    public static ReleaseAnalysis Analyze(Release release, RuleOptions options) =>
        Analyze(release, FamilyDecision.Of(release, options.Family, options.FamilyStatedBy), options, repairs: false, new StringPool());

    private static ReleaseAnalysis Analyze(Release release, FamilyDecision decision, RuleOptions options, bool repairs, StringPool texts)
    {
        IReadOnlyList<RuleDescription> disabled =
            options.Disabled.Count == 0 ? [] : [.. RuleCatalog.Optional.Where(rule => options.Disabled.Contains(rule.Id))];
        var diagram = new Lazy<ReleaseDiagram>(() => ReleaseDiagram.Of(release), LazyThreadSafetyMode.None);
        if (decision.Family is not { } family)
        {
            return Result([Undecided(decision)], []);
        }

        var context = new RuleContext(release, family, options.GossipLabel);
        var findings = new List<Finding>();
        var satisfied = new List<RuleDescription> { FamilyDecision.Rule };
        foreach (var rule in RuleCatalog.All)
        {
            if (!options.Disabled.Contains(rule.Description.Id))
            {
                findings.AddRange(Of(rule.Description, rule.Check(context), () => rule.Applies(context)));
            }
        }

        findings = WithoutImpossibleEdits(findings);
        if (repairs && !options.Disabled.Contains(ConfigRollout.Rule.Id))
        {
            // The step comes after all rules, because it needs their edits.
            var rollout = Of(ConfigRollout.Rule, ConfigRollout.After(release, findings), () => ConfigRollout.Applies(findings));
            findings.AddRange(WithoutImpossibleEdits(rollout));
        }

        return Result(findings, satisfied);

        ReleaseAnalysis Result(IReadOnlyList<Finding> findings, IReadOnlyList<RuleDescription> satisfied) =>
            new()
            {
                Release = release.Name,
                Decision = decision,
                Findings = findings,
                Satisfied = satisfied,
                Disabled = disabled,
                Diagram = diagram,
            };

        List<Finding> Of(RuleDescription rule, IEnumerable<Finding> check, Func<bool> applies)
        {
            // The same problem at the same place is reported once, even if several configs or pods lead to it.
            var known = new HashSet<(string? File, string Object, string Path, Location Location, string Found, string Why)>();
            var found = new List<Finding>();
            foreach (var finding in check)
            {
                var place = finding.Place;
                if (known.Add((place.File, place.Object, place.FullPath, place.Location, finding.Found, finding.Why)))
                {
                    found.Add(Pooled(WithoutIgnored(finding), texts));
                }
            }

            if (found.Count == 0 && applies())
            {
                satisfied.Add(rule);
            }

            return found;
        }
    }

    /// <summary>The finding with pooled texts, because hundreds of releases can have findings with the same texts.</summary>
    private static Finding Pooled(Finding finding, StringPool texts) =>
        finding with
        {
            Found = texts.Get(finding.Found),
            Why = texts.Get(finding.Why),
            Remedy = texts.Get(finding.Remedy),
            Done = texts.Get(finding.Done),
            Place = finding.Place with
            {
                Path = texts.Get(finding.Place.Path),
                ConfigPath = finding.Place.ConfigPath is { } path ? texts.Get(path) : null,
            },
        };

    private static Finding Undecided(FamilyDecision decision) =>
        new()
        {
            Rule = FamilyDecision.Rule,
            Level = FindingLevel.Error,
            Place = decision.Place!,
            Found = decision.Basis,
            Why = "a release that mixes the families gossips on one and serves on the other",
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
            Findings = [WithoutIgnored(ConfigVisibleRule.OfOperator(found))],
            Satisfied = [],
            Disabled = [],
            Diagram = new Lazy<ReleaseDiagram>(static () => ReleaseDiagram.Empty),
        };

    private static Finding Contradicted(Finding finding) =>
        finding with
        {
            Level = FindingLevel.Error,
            Edits = [],
            Remedy = "Give each release its own object: another release in these manifests needs a different value here",
        };

    /// <summary>The finding, at the level Ignored if the annotation of its object disables the rule.</summary>
    /// <param name="finding">The finding.</param>
    internal static Finding WithoutIgnored(Finding finding) =>
        finding.Place.IgnoredRules.Contains(finding.Rule.Id) ? finding with { Level = FindingLevel.Ignored, Edits = [] } : finding;

    /// <summary>
    /// Turns findings whose edits cannot be made in place into errors that the user must fix by hand. All edits are tried together, and
    /// one by one only if that fails, because a release can have thousands. Live objects are never edited.
    /// </summary>
    private static List<Finding> WithoutImpossibleEdits(List<Finding> findings)
    {
        var edits = new List<Edit>();
        foreach (var finding in findings)
        {
            edits.AddRange(finding.Place.IsLive ? [] : finding.Edits);
        }

        return edits.Count == 0 || ManifestWriter.Refusal(edits) is null ? findings : findings.ConvertAll(WithoutImpossibleEdits);
    }

    private static Finding WithoutImpossibleEdits(Finding finding) =>
        finding.Edits.Count > 0 && !finding.Place.IsLive && ManifestWriter.Refusal(finding.Edits) is { } reason
            ? finding with
            {
                Level = FindingLevel.Error,
                Edits = [],
                Remedy = $"{finding.Remedy} by hand; it cannot be changed in place: {reason}",
            }
            : finding;
}
