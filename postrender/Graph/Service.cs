using Tempo.PostRender.Addresses;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Graph;

/// <summary>A Service of the stream.</summary>
public sealed class Service
{
    private IReadOnlyList<string>? _statedFamilies;

    internal Service(KubernetesObject @object)
    {
        Object = @object;
        Selector = @object.Find("spec", "selector").TextMap();
    }

    /// <summary>The object.</summary>
    public KubernetesObject Object { get; }

    /// <summary>The path of the selector.</summary>
    public NodePath SelectorPath => Object.Path.Key("spec", "selector");

    /// <summary>The labels that the selector requires.</summary>
    internal IReadOnlyDictionary<string, string> Selector { get; }

    /// <summary>Whether the Service has a selector; if not, Kubernetes does not manage its endpoints.</summary>
    public bool HasSelector => Selector.Count > 0;

    /// <summary>The labels that the selector requires, for messages: <c>app=tempo, tempo-gossip-member=true</c>.</summary>
    public string RequiredLabels =>
        string.Join(", ", Selector.Select(static pair => $"{Printable.OneLine(pair.Key)}={Printable.OneLine(pair.Value)}"));

    /// <summary>Whether the Service has no address of its own (<c>clusterIP: None</c>), so that its name resolves to the pods.</summary>
    public bool IsHeadless => Object.Text("spec", "clusterIP") == "None";

    /// <summary>Whether the Service is only an alias for another name; Kubernetes refuses families on it.</summary>
    public bool IsExternalName => Object.Text("spec", "type") == "ExternalName";

    /// <summary>The families that are set; empty if the cluster decides.</summary>
    public IReadOnlyList<string> StatedFamilies => _statedFamilies ??= Object.Texts("spec", "ipFamilies");

    /// <summary>The primary family, or null if none is set.</summary>
    public AddressFamily? PrimaryFamily => StatedFamilies.Count > 0 ? AddressFamilies.Parse(StatedFamilies[0]) : null;

    /// <summary>Whether the Service selects the pods of a workload in its namespace.</summary>
    /// <param name="labels">The labels of the pods.</param>
    public bool Selects(IReadOnlyDictionary<string, string> labels) => HasSelector && LabelSet.IsIn(Selector, labels);

    /// <summary>Whether the selector requires a label, and pods have it with the required value.</summary>
    /// <param name="name">The label.</param>
    /// <param name="labels">The labels of the pods.</param>
    public bool SelectsBy(string name, IReadOnlyDictionary<string, string> labels) =>
        Selector.TryGetValue(name, out var value) && labels.GetValueOrDefault(name) == value;
}
