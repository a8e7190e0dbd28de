using System.Runtime.InteropServices;
using System.Text.Json;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// Reads what an API server sends into the objects that manifests are read into, so that the same code judges both. The JSON is read
/// as JSON; no text is made of it.
/// </summary>
internal static class LiveObjects
{
    /// <summary>Reads one object, or returns null if it is none.</summary>
    /// <param name="json">The object.</param>
    /// <param name="resource">The resource it was read from: items of a list do not state their kind.</param>
    /// <exception cref="JsonException">An escape in it is no character.</exception>
    public static KubernetesObject? Read(JsonElement json, ApiResource resource)
    {
        var document = LiveDocument.OfJson(JsonMarshal.GetRawUtf8Value(json));
        return document.Root is MappingNode root ? new KubernetesObject(document, NodePath.Root, root, resource.Kind) : null;
    }
}
