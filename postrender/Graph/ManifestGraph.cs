using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>The label that a rule adds to pods which join memberlist.</summary>
/// <param name="Name">The label.</param>
/// <param name="Rule">The rule that adds it; an object that ignores the rule does not get the label.</param>
public sealed record GossipLabel(string Name, string Rule);

/// <summary>The Tempo objects of the input: one <see cref="Release"/> per installation, and the objects that could not be read.</summary>
public sealed class ManifestGraph
{
    private readonly StreamIndex _index;

    internal ManifestGraph(StreamIndex index, IReadOnlyList<Release> releases, IReadOnlyList<KubernetesObject> operatorResources)
    {
        _index = index;
        Releases = releases;
        OperatorResources = operatorResources;
        Truncated = [.. index.Truncated];
    }

    /// <summary>The releases, in the order of the stream.</summary>
    public IReadOnlyList<Release> Releases { get; }

    /// <summary>TempoStack and TempoMonolithic objects, from which tempo-operator creates Tempo in the cluster.</summary>
    public IReadOnlyList<KubernetesObject> OperatorResources { get; }

    /// <summary>Documents without a kind but with Helm 4's filename annotation, which Helm before 4.2 truncated.</summary>
    public IReadOnlyList<KubernetesObject> Truncated { get; }

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

    /// <summary>Connects objects of an API server.</summary>
    /// <param name="ns">The namespace that they are in.</param>
    public static ManifestGraph Build(IEnumerable<KubernetesObject> objects, string ns) =>
        new ManifestGraphBuilder(new StreamIndex(objects), ns, gossipLabel: null).Build();

    /// <summary>All objects of a kind, whether they belong to a release or not.</summary>
    /// <exception cref="InvalidInputException">A document of that kind is not YAML, or not a manifest.</exception>
    public IEnumerable<KubernetesObject> Find(string kind) => _index.Find(kind);

    /// <summary>All objects with a pod template, whether they belong to a release or not.</summary>
    /// <exception cref="InvalidInputException">A document with a pod template is not YAML, or not a manifest.</exception>
    public IEnumerable<Workload> FindWorkloads() => _index.FindWorkloads("containers");
}
