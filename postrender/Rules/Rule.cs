using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>
/// A requirement that a release of one family must meet. A rule only reports: its findings contain the edits that fix them, and
/// other code decides whether to apply the edits. Rules have no state and never read YAML text.
/// </summary>
public abstract class Rule
{
    /// <summary>The description of the rule.</summary>
    public abstract RuleDescription Description { get; }

    /// <summary>Finds everything in a release that breaks the rule.</summary>
    /// <param name="context">The release and its family.</param>
    public abstract IEnumerable<Finding> Check(RuleContext context);

    /// <summary>Whether a release has anything that the rule is about; if not, reports do not say that the rule holds.</summary>
    /// <param name="context">The release and its family.</param>
    public virtual bool Applies(RuleContext context) => true;

    /// <summary>A finding with edits that fix it.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="repair">What the edits do.</param>
    private protected Finding Fixable(Place place, string found, string why, Repair repair, params IReadOnlyList<Edit> edits) =>
        Description.At(FindingLevel.Fixable, place, found, why, repair.Order) with
        {
            Done = repair.Done,
            Edits = edits,
        };

    /// <summary>A finding that only the user can repair.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    private protected Finding Error(Place place, string found, string why, string remedy) => Description.Error(place, found, why, remedy);

    /// <summary>A finding that does not stop the release.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    private protected Finding Warning(Place place, string found, string why, string remedy) =>
        Description.Warning(place, found, why, remedy);
}

/// <summary>The input of a rule: a release, its family, and the options for rules.</summary>
/// <param name="GossipLabel">The label of pods that join memberlist.</param>
public sealed record RuleContext(Release Release, AddressFamily Family, string GossipLabel)
{
    /// <summary>The other family, which the release must not use.</summary>
    public AddressFamily Other => Family.Other();

    /// <summary>Go's name for the network of a server that listens on the other family only.</summary>
    public string OtherNetwork => Other == AddressFamily.IPv6 ? "tcp6" : "tcp4";
}
