using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Chart.TempoConfig;

/// <summary>files/tempo-keys.yaml of the chart: the keys of tempo.yaml that Tempo knows; it refuses to start on any other.</summary>
internal static class ConfigKeys
{
    private static readonly JsonObject Table = (JsonObject)
        Merged(StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "files", "tempo-keys.yaml"))))!;

    /// <summary>The Tempo that the chart installs.</summary>
    private static readonly TempoVersion Installed = TempoVersion
        .Parse(StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "Chart.yaml"))).At("appVersion").Text())!
        .Value;

    /// <summary>Every key that has a value, by its path: <c>cache.caches[].roles[]</c>.</summary>
    public static IReadOnlyDictionary<string, ConfigKey> All { get; } =
        Table.Scalars().ToDictionary(static row => row.Path.Replace("[0]", "[]"), static row => ConfigKey.Read(row.Value.Text()!));

    /// <summary>The paths of all keys and of the sections that they are in, without the marks of lists.</summary>
    public static IReadOnlySet<string> Paths { get; } = All.Keys.SelectMany(static path => Above(path.Replace("[]", ""))).ToHashSet();

    /// <summary>The paths of a configuration that the Tempo of the chart's appVersion does not know.</summary>
    public static IEnumerable<string> Unknown(JsonNode? config) => Unknown(config, Table, "");

    private static IEnumerable<string> Unknown(JsonNode? config, JsonNode? known, string path) =>
        (known, config) switch
        {
            (JsonObject keys, JsonObject map) => map.SelectMany(entry =>
                Unknown(entry.Value, keys.At(entry.Key) ?? keys.At(entry.Key.Split('/')[0]) ?? keys.At("*"), $"{path}.{entry.Key}")
            ),
            (JsonArray items, JsonArray list) => list.SelectMany((item, i) => Unknown(item, items[0], $"{path}[{i}]")),
            (null, _) => [path[1..]],
            (JsonValue row, _) when ConfigKey.Read(row.Text()!) is var key => key.Type == "any"
            || (config is null or JsonValue && key.Versions.Contains(Installed))
                ? []
                : [path[1..]],
            _ => config is null ? [] : [path[1..]],
        };

    private static IEnumerable<string> Above(string path)
    {
        yield return path;
        for (var i = path.LastIndexOf('.'); i > 0; i = path.LastIndexOf('.', i - 1))
        {
            yield return path[..i];
        }
    }

    /// <summary>A node with the keys of &lt;&lt; merged in, as in YAML 1.1.</summary>
    private static JsonNode? Merged(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(
                map.Where(static entry => entry.Key != "<<")
                    .Concat(map.At("<<").Entries())
                    .Select(static entry => KeyValuePair.Create(entry.Key, Merged(entry.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Merged)]),
            _ => node?.DeepClone(),
        };
}
