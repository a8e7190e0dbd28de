using Tempo.PostRender.Addresses;
using Tempo.PostRender.Manifests;

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

    /// <summary>The labels that the selector requires; empty for a Service whose endpoints Kubernetes does not manage.</summary>
    public IReadOnlyDictionary<string, string> Selector { get; }

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
    public bool Selects(IReadOnlyDictionary<string, string> labels) => Selector.Count > 0 && LabelSet.IsIn(Selector, labels);
}
