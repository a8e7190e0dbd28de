using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>The label that pods which join memberlist are given.</summary>
/// <param name="Name">The label.</param>
/// <param name="Rule">The rule that gives it: an object that switches the rule off is not given it.</param>
public sealed record GossipLabel(string Name, string Rule);

/// <summary>What of the input is Tempo's: one <see cref="Release"/> for each installation, and what could not be read.</summary>
/// <param name="Releases">The releases, in the order of the stream.</param>
/// <param name="OperatorResources">TempoStack and TempoMonolithic objects, from which tempo-operator makes a Tempo inside the cluster.</param>
/// <param name="Truncated">Documents without a kind that carry Helm 4's filename annotation: Helm below 4.2 cut them short.</param>
public sealed record ManifestGraph(IReadOnlyList<Release> Releases, IReadOnlyList<KubernetesObject> OperatorResources, IReadOnlyList<KubernetesObject> Truncated)
{
    /// <summary>Reads what matters of some streams and joins it up.</summary>
    /// <param name="streams">The streams, taken together.</param>
    /// <param name="releaseNamespace">The namespace of documents that state none, where it is known.</param>
    /// <param name="gossipLabel">The label that pods which join memberlist will be given, or null.</param>
    /// <exception cref="InvalidInputException">A document that matters is not YAML, or no manifest.</exception>
    public static ManifestGraph Build(IReadOnlyList<ManifestStream> streams, string? releaseNamespace = null, GossipLabel? gossipLabel = null) =>
        new ManifestGraphBuilder(new StreamIndex(streams), releaseNamespace, gossipLabel).Build();
}
