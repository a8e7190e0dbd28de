using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>Helpers that read JSON in which anything may be missing.</summary>
internal static class JsonPaths
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            node = node is JsonObject map && map.TryGetPropertyValue(key, out var value) ? value : null;
        }

        return node;
    }

    /// <summary>The items of a list; none for anything else.</summary>
    public static IEnumerable<JsonNode?> Items(this JsonNode? node) => node as JsonArray ?? Enumerable.Empty<JsonNode?>();

    /// <summary>The entries of a map; none for anything else.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Entries(this JsonNode? node) =>
        node as JsonObject ?? Enumerable.Empty<KeyValuePair<string, JsonNode?>>();

    /// <summary>A scalar as text; null for anything else.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value ? value.ToString() : null;

    public static bool IsString(this JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    public static bool IsNumber(this JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number;

    /// <summary>Every scalar below a node with its path: <c>spec.ports[0].name</c>.</summary>
    public static IEnumerable<(string Path, JsonNode? Value)> Scalars(this JsonNode? node, string path = "") =>
        node switch
        {
            JsonObject map => map.SelectMany(entry => entry.Value.Scalars(path.Length == 0 ? entry.Key : $"{path}.{entry.Key}")),
            JsonArray list => list.SelectMany((item, i) => item.Scalars($"{path}[{i}]")),
            _ => [(path, node)],
        };
}
