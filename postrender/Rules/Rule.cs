using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>
/// One thing that must hold for a release to be of one family. A rule only looks: what it finds carries the edits that would
/// repair it, and other code decides whether they are made. Rules keep no state and never read text.
/// </summary>
public abstract class Rule
{
    /// <summary>What the rule is.</summary>
    public abstract RuleDescription Description { get; }

    /// <summary>Everything in a release that is not as the rule asks.</summary>
    /// <param name="context">The release, and what it must be.</param>
    public abstract IEnumerable<Finding> Check(RuleContext context);

    /// <summary>A finding that edits repair.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="edits">The edits.</param>
    private protected Finding Fixable(Place place, string found, string why, string remedy, params IReadOnlyList<Edit> edits) =>
        new(Description, FindingLevel.Fixable, place, found, why, remedy, edits);

    /// <summary>A finding that only the user can repair.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    private protected Finding Error(Place place, string found, string why, string remedy) =>
        new(Description, FindingLevel.Error, place, found, why, remedy, []);

    /// <summary>A finding that breaks nothing by itself.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    private protected Finding Warning(Place place, string found, string why, string remedy) =>
        new(Description, FindingLevel.Warning, place, found, why, remedy, []);
}

/// <summary>What a rule gets to see: a release, its family, and the options that concern rules.</summary>
/// <param name="Release">The release.</param>
/// <param name="Family">The family of the release.</param>
/// <param name="GossipLabel">The label of pods that join memberlist.</param>
public sealed record RuleContext(Release Release, AddressFamily Family, string GossipLabel)
{
    /// <summary>The family the release must not use.</summary>
    public AddressFamily Other => Family.Other();

    /// <summary>The network of a server, as Go names it, that listens on the other family alone.</summary>
    public string OtherNetwork => Other == AddressFamily.IPv6 ? "tcp6" : "tcp4";
}
