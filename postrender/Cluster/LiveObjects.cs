using System.Text.Encodings.Web;
using System.Text.Json;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// Turns what an API server sends into the objects that manifests are read into, so that one and the same code judges both.
/// Every object is a stream of its own: <c>KubernetesObject.Document.Stream</c> is what a <see cref="ManifestGraph"/> is built from.
/// </summary>
internal static class LiveObjects
{
    internal static readonly JsonWriterOptions Written = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads one object. Items of a list do not state their version and kind; they are added.</summary>
    public static KubernetesObject Read(JsonElement json, ApiResource resource)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Written))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", resource.ApiVersion);
            writer.WriteString("kind", resource.Kind);
            foreach (var property in json.EnumerateObject())
            {
                if (property.NameEquals("metadata"))
                {
                    WriteMetadata(writer, property.Value);
                }
                else if (!property.NameEquals("apiVersion") && !property.NameEquals("kind"))
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return ObjectReader.Read(ManifestStream.OpenLive(buffer.ToArray()).Document(0))[0];
    }

    /// <summary>managedFields are as long as the rest, and nobody here reads them.</summary>
    private static void WriteMetadata(Utf8JsonWriter writer, JsonElement metadata)
    {
        writer.WriteStartObject("metadata");
        foreach (var property in metadata.EnumerateObject())
        {
            if (!property.NameEquals("managedFields"))
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}
