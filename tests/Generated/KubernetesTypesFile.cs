using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Generated;

/// <summary>
/// chart/files/kubernetes-types.json: the object types of the Kubernetes API that values of the chart have, and the types of
/// their fields, as far as they can be reached from those named in chart/files/value-types.yaml.
/// </summary>
internal static class KubernetesTypesFile
{
    public const string Location = "chart/files/kubernetes-types.json";

    private const int Width = 130;

    public static string Text()
    {
        var types = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        var open = new Queue<string>(Leaves(StrictYaml.Read(File.ReadAllText(Repository.Path("chart/files/value-types.yaml")))));
        while (open.TryDequeue(out var next))
        {
            var type = next.TrimEnd('[', ']', '{', '}');
            if (KubernetesFields.Has(type) && types.TryAdd(type, KubernetesFields.Of(type)))
            {
                foreach (var below in types[type].Values)
                {
                    open.Enqueue(below);
                }
            }
        }

        return $"{{\n{string.Join(",\n", types.Select(static type => Type(type.Key, type.Value)))}\n}}\n";
    }

    private static string Type(string name, SortedDictionary<string, string> fields)
    {
        var text = new StringBuilder($"\"{name}\": {{");
        if (KubernetesFields.Required.TryGetValue(name, out var required))
        {
            text.Append($"\"needs\": {JsonSerializer.Serialize(required)}, ");
        }

        if (KubernetesFields.Alternatives.TryGetValue(name, out var alternatives))
        {
            text.Append($"\"oneOf\": {JsonSerializer.Serialize(alternatives)}, ");
        }

        text.Append(KubernetesFields.Closed.Contains(name) ? "\"closed\": true, " : "").Append("\"fields\": {");
        var column = text.Length;
        foreach (var (i, (field, type)) in fields.Index())
        {
            var entry = $"\"{field}\": \"{type}\"{(i < fields.Count - 1 ? ", " : "")}";
            if (column + entry.Length > Width)
            {
                text.Length -= text[^1] == ' ' ? 1 : 0;
                text.Append("\n  ");
                column = 2;
            }

            text.Append(entry);
            column += entry.Length;
        }

        return text.Append("}}").ToString();
    }

    private static IEnumerable<string> Leaves(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.SelectMany(static entry => Leaves(entry.Value)),
            JsonArray list => list.SelectMany(Leaves),
            _ => [node.Text()!],
        };
}
