using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>The label that a rule adds to pods which join memberlist.</summary>
/// <param name="Name">The label.</param>
/// <param name="Rule">The rule that adds it; an object that ignores the rule does not get the label.</param>
public sealed record GossipLabel(string Name, string Rule);

/// <summary>The Tempo objects of the input: one <see cref="Release"/> per installation, and the objects that could not be read.</summary>
/// <param name="Releases">The releases, in the order of the stream.</param>
/// <param name="OperatorResources">TempoStack and TempoMonolithic objects, from which tempo-operator creates Tempo in the cluster.</param>
/// <param name="Truncated">Documents without a kind but with Helm 4's filename annotation: Helm before 4.2 cut them off.</param>
public sealed record ManifestGraph(
    IReadOnlyList<Release> Releases,
    IReadOnlyList<KubernetesObject> OperatorResources,
    IReadOnlyList<KubernetesObject> Truncated
)
{
    /// <summary>Reads the relevant objects of some streams and connects them.</summary>
    /// <param name="streams">The streams, taken together.</param>
    /// <param name="releaseNamespace">The namespace of documents that do not set one, or null if unknown.</param>
    /// <param name="gossipLabel">The label that pods which join memberlist will get, or null.</param>
    /// <exception cref="InvalidInputException">A relevant document is not YAML, or not a manifest.</exception>
    public static ManifestGraph Build(
        IReadOnlyList<ManifestStream> streams,
        string? releaseNamespace = null,
        GossipLabel? gossipLabel = null
    ) => new ManifestGraphBuilder(new StreamIndex(streams), releaseNamespace, gossipLabel).Build();
}
