using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Kubernetes;

/// <summary>Objects of kinds that resource definitions bring, against the published fields in custom-resources.txt.</summary>
internal static partial class CustomResources
{
    private static readonly Dictionary<string, Dictionary<string, string>> Kinds = Read();

    public static IEnumerable<string> Errors(ReleaseObject o) =>
        Kinds.TryGetValue($"{o.ApiVersion} {o.Kind}", out var fields)
            ? Unknown(o.Json.At("spec"), "spec", fields)
            : [$"is of the kind {o.ApiVersion} {o.Kind}, which no test knows"];

    private static IEnumerable<string> Unknown(JsonNode? node, string path, Dictionary<string, string> fields)
    {
        if (fields.TryGetValue(path, out var type))
        {
            return IsOf(type, node) ? [] : [$"{path} is not of the type {type}: {node?.ToJsonString() ?? "null"}"];
        }

        return node switch
        {
            JsonObject map => fields.Keys.Any(field => field.StartsWith($"{path}."))
                ? map.SelectMany(entry => Unknown(entry.Value, $"{path}.{entry.Key}", fields))
                : [$"has no field {path}"],
            JsonArray list => fields.Keys.Any(field => field.StartsWith($"{path}[]"))
                ? list.SelectMany(item => Unknown(item, $"{path}[]", fields))
                : [$"has no list {path}"],
            _ => [$"has no field {path}"],
        };
    }

    private static bool IsOf(string type, JsonNode? node) =>
        type switch
        {
            "string" => node.IsString(),
            "duration" => node.IsString() && Duration().IsMatch(node.Text()!),
            "integer" => node.IsNumber() && node.Text()!.All(static c => char.IsAsciiDigit(c) || c == '-'),
            "boolean" => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "port" => node.IsString() || node.IsNumber(),
            "strings" => node is JsonObject map && map.All(static entry => entry.Value.IsString()),
            "map" => node is JsonObject,
            _ => type.Split('|').Contains(node.Text()),
        };

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        var kinds = new Dictionary<string, Dictionary<string, string>>();
        var fields = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(Repository.Path("tests", "Chart", "Kubernetes", "custom-resources.txt")))
        {
            if (line.StartsWith('['))
            {
                kinds.Add(line.Trim('[', ']'), fields = new Dictionary<string, string>());
            }
            else if (line.Length > 0 && !line.StartsWith('#'))
            {
                var parts = line.Split(' ');
                fields.Add(parts[0], parts[1]);
            }
        }

        return kinds;
    }

    /// <summary>A duration of the Gateway API: GEP-2257.</summary>
    [GeneratedRegex("^([0-9]{1,5}(h|m|s|ms)){1,4}$")]
    private static partial Regex Duration();
}
