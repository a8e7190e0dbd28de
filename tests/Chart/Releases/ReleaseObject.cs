using System.Text.Json.Nodes;

namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>An object of a rendered release.</summary>
/// <param name="Json">The object as the API server reads it.</param>
/// <param name="Yaml">The text that Helm rendered.</param>
internal sealed record ReleaseObject(JsonObject Json, string Yaml)
{
    public string ApiVersion => Json.At("apiVersion").Text() ?? "";

    public string Kind => Json.At("kind").Text() ?? "";

    public string Name => Json.At("metadata", "name").Text() ?? "";

    public string Namespace => Json.At("metadata", "namespace").Text() ?? "";

    public JsonNode? Spec => Json.At("spec");

    /// <summary>The pod template of a workload; a Pod itself.</summary>
    public JsonNode? Template =>
        Kind switch
        {
            "Deployment" or "StatefulSet" => Spec.At("template"),
            "Pod" => Json,
            _ => null,
        };

    public JsonNode? PodSpec => Template.At("spec");

    public IEnumerable<JsonNode?> Containers => PodSpec.At("containers").Items().Concat(PodSpec.At("initContainers").Items());

    /// <summary>Whether a selector's labels are all on the pods of this workload.</summary>
    public bool IsSelectedBy(JsonNode? matchLabels) =>
        matchLabels is JsonObject labels && labels.All(label => Template.At("metadata", "labels", label.Key).Text() == label.Value.Text());

    public override string ToString() => $"{Kind}/{Name}";
}
