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
    /// <param name="release">The release, and what it must be.</param>
    public abstract IEnumerable<Finding> Check(RuleContext release);

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
public sealed class RuleContext
{
    private readonly Release _release;

    private readonly IReadOnlyList<Finding> _earlier;

    internal RuleContext(Release release, AddressFamily family, string gossipLabel, IReadOnlyList<Finding> earlier)
    {
        _release = release;
        _earlier = earlier;
        Family = family;
        GossipLabel = gossipLabel;
    }

    /// <summary>The family of the release.</summary>
    public AddressFamily Family { get; }

    /// <summary>The family the release must not use.</summary>
    public AddressFamily Other => Family.Other();

    /// <summary>The network of a server, as Go names it, that listens on the other family alone.</summary>
    public string OtherNetwork => Other == AddressFamily.IPv6 ? "tcp6" : "tcp4";

    /// <summary>The label of pods that join memberlist.</summary>
    public string GossipLabel { get; }

    /// <summary>The Services in scope.</summary>
    public IReadOnlyList<ReleaseService> Services => Used(ReleaseParts.Services, _release.Services);

    /// <summary>The Tempo configs.</summary>
    public IReadOnlyList<TempoConfig> Configs => Used(ReleaseParts.Configs, _release.Configs);

    /// <summary>The workloads that run Tempo.</summary>
    public IReadOnlyList<TempoWorkload> Workloads => Used(ReleaseParts.Workloads, _release.Workloads);

    /// <summary>The gateways.</summary>
    public IReadOnlyList<Gateway> Gateways => Used(ReleaseParts.Gateways, _release.Gateways);

    /// <summary>The workloads of the caches.</summary>
    public IReadOnlyList<Workload> Caches => Used(ReleaseParts.Caches, _release.Caches);

    /// <summary>The NetworkPolicies that select any pod of the release.</summary>
    public IReadOnlyList<KubernetesObject> NetworkPolicies => Used(ReleaseParts.NetworkPolicies, _release.NetworkPolicies);

    /// <summary>The Services that the configs name.</summary>
    public IReadOnlyList<DialledService> Dialled => Used(ReleaseParts.Dialled, _release.Dialled);

    /// <summary>The workloads that are given a config file of the release.</summary>
    public IReadOnlyList<FileUser> FileUsers => Used(ReleaseParts.FileUsers, _release.FileUsers);

    /// <summary>The files inside objects that rules before this one change, and the edits that do.</summary>
    public IReadOnlyList<(EmbeddedDocument File, IReadOnlyList<Edit> Edits)> ChangedFiles => Used(
        ReleaseParts.ChangedFiles,
        (IReadOnlyList<(EmbeddedDocument, IReadOnlyList<Edit>)>)[.. _earlier
            .SelectMany(static finding => finding.Edits)
            .Where(static edit => edit.Document is EmbeddedDocument)
            .GroupBy(static edit => (EmbeddedDocument)edit.Document)
            .Select(static edits => (edits.Key, (IReadOnlyList<Edit>)[.. edits]))]);

    /// <summary>What has been looked at so far.</summary>
    internal ReleaseParts Seen { get; private set; }

    private T Used<T>(ReleaseParts part, T value)
    {
        Seen |= part;
        return value;
    }
}
