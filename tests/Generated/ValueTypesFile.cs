using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Generated;

/// <summary>
/// chart/files/value-types.json: the keys of values.yaml with their types. A map takes no other keys; if it has the key
/// <c>*</c>, that is the type of all others, and <c>extends</c> names a block at the top whose keys it takes too.
/// </summary>
internal static partial class ValueTypesFile
{
    public const string Location = "chart/files/value-types.json";

    private static readonly JsonNode SingleTypes = StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "files", "types.yaml")))!;

    public static string Text(ValuesFile values) => GeneratedJson.Text(Tree(values));

    /// <summary>The names of all types, without the marks of lists and maps.</summary>
    public static IEnumerable<string> Names =>
        Leaves(Tree(ValuesFile.Chart)).Select(static name => name.TrimEnd('[', ']', '{', '}')).Distinct();

    /// <summary>Whether a type of files/types.yaml takes a number as well as a text.</summary>
    public static bool TakesNumbers(string? type) =>
        type is not null
        && SingleTypes.At(type) is { } row
        && row.At("takes") is not null
        && (row.At("kinds") is not { } kinds || kinds.Items().Any(static kind => kind.Text() == "number"));

    private static JsonObject Tree(ValuesFile values) =>
        new(
            values.Keys.Select(static key =>
                KeyValuePair.Create(key.Name, key.ExtendsName is { } name ? Extension(key, name) : (JsonNode?)TypeOf(key))
            )
        );

    /// <summary>Only what a block adds to the one that it extends, and the blocks in it that are not the same.</summary>
    private static JsonObject Extension(ValuesKey block, string name)
    {
        var own = new JsonObject { ["extends"] = name };
        foreach (var key in block.OwnKeys)
        {
            var type = TypeOf(key);
            if (key.Base is null || type.ToJsonString() != TypeOf(key.Base).ToJsonString())
            {
                own[key.Name] = type;
            }
        }

        return own;
    }

    private static JsonNode TypeOf(ValuesKey key)
    {
        if (key.Type is { } type)
        {
            return type[0] is '[' or '{' ? JsonNode.Parse(type)! : JsonValue.Create(type);
        }

        if (ValuesSchema.IsMapOfLabels(key))
        {
            return JsonValue.Create("label-value{}");
        }

        var others = ValuesSchema.TypeOfOthers(key);
        if (!key.HasFixedKeys && others is null)
        {
            return JsonValue.Create("any");
        }

        var keys = new JsonObject(key.Keys.Select(static below => KeyValuePair.Create(below.Name, (JsonNode?)TypeOf(below))));
        if (others is not null && Pattern().Match(others.ToJsonString()) is { Success: true } reference)
        {
            var name = reference.Groups["path"].Value.Replace("/properties/", ".");
            keys["*"] = new JsonObject(
                ValuesFile
                    .Chart.Find(name)!
                    .Keys.Where(below => below != key)
                    .Select(static below => KeyValuePair.Create(below.Name, (JsonNode?)TypeOf(below)))
            );
        }
        else if (others is not null)
        {
            keys["*"] = "any";
        }

        return keys;
    }

    private static IEnumerable<string> Leaves(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.Where(static entry => entry.Key != "extends").SelectMany(static entry => Leaves(entry.Value)),
            JsonArray list => list.SelectMany(Leaves),
            _ => [node!.ToString()],
        };

    [GeneratedRegex("#/properties/(?<path>[A-Za-z/]+)")]
    private static partial Regex Pattern();
}
