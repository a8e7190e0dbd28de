using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Generated;

/// <summary>
/// chart/values.schema.json, from values.yaml. Draft-07 is what the validators of Helm 3 and Helm 4 both know; it has no way
/// to close a block that is put together of two, so that each block lists its keys, and a key of a base block is a reference.
/// </summary>
internal static class ValuesSchema
{
    public const string Location = "chart/values.schema.json";

    private static readonly string[] MapsOfStrings =
    [
        "annotations",
        "labels",
        "podAnnotations",
        "podLabels",
        "commonLabels",
        "alertLabels",
        "nodeSelector",
    ];

    /// <summary>The type of the items of a list, by the name of its key, or of its block and the key; a comment can state it too.</summary>
    private static readonly Dictionary<string, string> Items = new()
    {
        ["accessModes"] = """{"enum": ["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany", "ReadOnlyMany"]}""",
        ["additionalRules"] = Maps(),
        ["clusterIPs"] = Texts,
        ["drop"] = Texts,
        ["extraArgs"] = Texts,
        ["extraContainers"] = Maps("name"),
        ["extraEnv"] = Maps("name"),
        ["extraEnvFrom"] = Maps(),
        ["extraPorts"] = Maps("containerPort"),
        ["extraVolumeMounts"] = Maps("name", "mountPath"),
        ["extraVolumes"] = Maps("name"),
        ["filters"] = Maps("type"),
        ["groups"] = Maps("name"),
        ["hostAliases"] = Maps("ip"),
        ["hostnames"] = Texts,
        ["imagePullSecrets"] = Secrets,
        ["initContainers"] = Maps("name"),
        ["loadBalancerSourceRanges"] = Texts,
        ["metricRelabelings"] = Maps(),
        ["metrics"] = Maps("type"),
        ["parentRefs"] = Maps("name"),
        ["pullSecrets"] = Secrets,
        ["relabelings"] = Maps(),
        ["service.extraPorts"] = Maps("port"),
        ["tls"] = Maps(),
        ["tolerations"] = Maps(),
        ["topologySpreadConstraints"] = Maps("maxSkew", "topologyKey", "whenUnsatisfiable"),
        ["triggers"] = Maps("type"),
    };

    /// <summary>The keys of labels.</summary>
    private const string QualifiedName = "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    /// <summary>The keys of annotations, which Kubernetes checks in lower case.</summary>
    private const string AnnotationName = "^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    private const string Texts = """{"type": "string"}""";

    /// <summary>Names, or references as in a pod.</summary>
    private const string Secrets = """{"type": ["string", "object"], "required": ["name"]}""";

    /// <summary>
    /// What the templates refuse in their own words, so that the schema must not: dotted paths, and what to set. In sections of
    /// tempo.yaml the schema takes any key anyway.
    /// </summary>
    private static readonly IReadOnlyList<(string Path, string Set)> RefusedByTemplates =
    [
        .. StrictYaml
            .Read(File.ReadAllText(Repository.Path("chart", "files", "refused-values.yaml")))
            .Entries()
            .Select(static entry => (entry.Key, entry.Value.At("set").Text()!))
            .Where(static key => IsInClosedBlock(key.Key)),
    ];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(ValuesFile values)
    {
        var definitions = values
            .BaseBlocks.SelectMany(static block => block.OwnKeys)
            .Select(static key => KeyValuePair.Create(key.Path, (JsonNode?)Of(key)));
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Values of the chart tempo",
            ["type"] = "object",
            ["properties"] = Properties("", values.Keys, static _ => false),
            ["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject { ["description"] = "Not checked: a place for anchors." } },
            ["additionalProperties"] = Unknown(),
            ["definitions"] = new JsonObject(definitions),
        };
        var text = new StringBuilder();
        Write(text, schema, indent: 0);
        return text.Append('\n').ToString();
    }

    /// <summary>Whether the values of a map are values of labels of Kubernetes objects.</summary>
    public static bool IsMapOfLabels(ValuesKey key) =>
        key.Name is not ("annotations" or "podAnnotations" or "alertLabels") && MapsOfStrings.Contains(key.Name);

    /// <summary>The JSON types of a key, without null.</summary>
    public static IEnumerable<string> Types(ValuesKey key) =>
        TypesOf(key).Select(static type => type!.GetValue<string>()).Where(static type => type != "null");

    /// <summary>Whether a map accepts keys that are not in the file.</summary>
    public static bool IsOpen(ValuesKey key) => !key.HasFixedKeys || Overlay(key).ContainsKey("additionalProperties");

    /// <summary>The schema of keys that are not in the file; null if there can be none.</summary>
    public static JsonNode? TypeOfOthers(ValuesKey key) =>
        Overlay(key) is var overlay && overlay["patternProperties"] is { } patterns ? patterns : overlay["additionalProperties"];

    /// <summary>The dotted paths of the keys that the schema lets through although the values do not have them.</summary>
    public static IEnumerable<string> Refused => RefusedByTemplates.Select(static key => key.Path);

    /// <summary>The choices of a key, or none if it has no fixed choices; without null and the empty value.</summary>
    public static IEnumerable<string> Choices(ValuesKey key) =>
        (Overlay(key)["enum"] as JsonArray ?? []).Select(static value => value?.ToString() ?? "").Where(static value => value.Length > 0);

    /// <summary>A default as JSON.</summary>
    public static JsonNode? Value(YamlNode value) =>
        value switch
        {
            YamlMappingNode mapping => new JsonObject(
                mapping.Select(static child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Value(child.Value)))
            ),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Value)]),
            YamlScalarNode { Style: not ScalarStyle.Plain } text => text.Value,
            YamlScalarNode { Value: "" or "null" or "~" } => null,
            YamlScalarNode { Value: "true" or "false" } flag => flag.Value == "true",
            YamlScalarNode scalar when long.TryParse(scalar.Value, CultureInfo.InvariantCulture, out var integer) => integer,
            YamlScalarNode scalar when double.TryParse(scalar.Value, CultureInfo.InvariantCulture, out var number) => number,
            YamlScalarNode scalar => scalar.Value,
            _ => throw new FormatException($"{ValuesFile.Location}, line {value.Start.Line}: a default is a scalar, a list or a map"),
        };

    /// <summary>
    /// The schema of keys that do not exist. Helm lets them through, because the templates refuse them and name the key that was
    /// probably meant; editors warn of them, because a key that is deprecated gets a warning.
    /// </summary>
    private static JsonObject Unknown() => new() { ["deprecationMessage"] = "This chart has no such value, and refuses it." };

    private static JsonObject Of(ValuesKey key)
    {
        var schema = new JsonObject { ["title"] = key.Name, ["description"] = key.Sentence };
        var overlay = Overlay(key);
        if (overlay["enum"] is JsonArray { } choices)
        {
            schema["enum"] = With(key.IsNullable, choices, null);
        }
        else
        {
            var types = With(key.IsNullable, TypesOf(key), "null");
            schema["type"] = types.Count == 1 ? types[0]!.DeepClone() : types.DeepClone();
            if (types.Any(static type => type?.ToString() == "integer"))
            {
                schema["minimum"] = 0;
            }
        }

        if (!overlay.ContainsKey("enum") && !overlay.ContainsKey("items") && Types(key).Contains("array"))
        {
            schema["items"] = ItemsOf(key);
        }

        if (key.HasFixedKeys)
        {
            schema["properties"] = Properties($"{key.Path}.", key.Keys, below => !key.OwnKeys.Contains(below));
            schema["additionalProperties"] = Unknown();
        }
        else if (MapsOfStrings.Contains(key.Name))
        {
            // Helm 4 names the place of a key that no pattern allows, but not of a key that propertyNames refuses.
            var pattern = key.Name switch
            {
                "alertLabels" => "^[A-Za-z_][A-Za-z0-9_]*$",
                "annotations" or "podAnnotations" => AnnotationName,
                _ => QualifiedName,
            };
            // null removes what an earlier values file sets.
            schema["patternProperties"] = new JsonObject { [pattern] = new JsonObject { ["type"] = new JsonArray("string", "null") } };
            schema["additionalProperties"] = false;
        }

        foreach (var (name, value) in overlay.Where(static entry => entry.Key is not ("type" or "enum")))
        {
            schema[name] = value?.DeepClone();
        }

        return schema;
    }

    private static string Maps(params string[] required) =>
        new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. required.Select(static name => JsonValue.Create(name))]),
        }.ToJsonString();

    private static JsonNode ItemsOf(ValuesKey key)
    {
        var names = key.Path.Split('.');
        var items = Items.GetValueOrDefault(string.Join('.', names[Math.Max(names.Length - 2, 0)..])) ?? Items.GetValueOrDefault(names[^1]);
        return JsonNode.Parse(
            items ?? throw new FormatException($"{ValuesFile.Location}, {key}: its name tells nothing about the items; add # @schema")
        )!;
    }

    private static JsonObject Properties(string prefix, IEnumerable<ValuesKey> keys, Func<ValuesKey, bool> isInherited)
    {
        var known = keys.Select(key =>
            KeyValuePair.Create(key.Name, (JsonNode?)(isInherited(key) || IsDefined(key) ? Reference(key) : Of(key)))
        );
        var refused = RefusedByTemplates
            .Where(key => key.Path.StartsWith(prefix) && !key.Path[prefix.Length..].Contains('.'))
            .Select(key => KeyValuePair.Create(key.Path[prefix.Length..], (JsonNode?)RefusedKey(key.Path, key.Set)));
        return new(known.Concat(refused));
    }

    private static bool IsInClosedBlock(string path) =>
        path.LastIndexOf('.') is var dot && (dot < 0 || ValuesFile.Chart.Find(path[..dot]) is { HasFixedKeys: true });

    private static JsonObject RefusedKey(string path, string set) =>
        new() { ["title"] = path[(path.LastIndexOf('.') + 1)..], ["description"] = $"Refused by the chart. Set {set}." };

    /// <summary>Whether the key is in `definitions`: a key directly below a base block.</summary>
    private static bool IsDefined(ValuesKey key) => key.IsInBaseBlock && key.Path.Count(static c => c == '.') == 1;

    private static JsonObject Reference(ValuesKey key)
    {
        var names = key.Path.Split('.');
        return new JsonObject { ["$ref"] = $"#/definitions/{names[0]}.{string.Join("/properties/", names[1..])}" };
    }

    /// <summary>The schema that the comments add to the default; the key's own comment wins over that of the base block.</summary>
    private static JsonObject Overlay(ValuesKey key)
    {
        var overlay = key.Base is null ? [] : Overlay(key.Base);
        foreach (var (name, value) in key.Overlay)
        {
            overlay[name] = value?.DeepClone();
        }

        return overlay.DeepClone().AsObject();
    }

    private static JsonArray TypesOf(ValuesKey key) =>
        Overlay(key)["type"] switch
        {
            JsonArray several => several,
            { } one => [one.DeepClone()],
            null when key.Base is not null => TypesOf(key.Base),
            null when ValueTypesFile.TakesNumbers(key.Type) => ["string", "number"],
            null =>
            [
                Value(key.Value) switch
                {
                    JsonObject => "object",
                    JsonArray => "array",
                    null => throw new FormatException($"{ValuesFile.Location}, {key}: null tells no type; add # @schema {{\"type\": ...}}"),
                    var scalar => scalar.GetValueKind() switch
                    {
                        JsonValueKind.True or JsonValueKind.False => "boolean",
                        JsonValueKind.Number => scalar.GetValue<object>() is long ? "integer" : "number",
                        _ => "string",
                    },
                },
            ],
        };

    private static JsonArray With(bool isWanted, JsonArray values, string? extra)
    {
        var isThere = values.Any(value => value?.ToString() == extra);
        return [.. values.Select(static value => value?.DeepClone()), .. isWanted && !isThere ? new JsonNode?[] { extra } : []];
    }

    /// <summary>Blocks on several lines and each leaf on one line, so that a diff shows only the keys that changed.</summary>
    private static void Write(StringBuilder text, JsonObject schema, int indent)
    {
        var pad = new string(' ', (indent + 1) * 2);
        var separator = "{\n";
        foreach (var (name, value) in schema)
        {
            text.Append(separator).Append(pad).Append(JsonSerializer.Serialize(name, Json)).Append(": ");
            if (value is JsonObject block && (block.ContainsKey("properties") || name is "properties" or "definitions"))
            {
                Write(text, block, indent + 1);
            }
            else
            {
                text.Append(JsonSerializer.Serialize(value, Json));
            }

            separator = ",\n";
        }

        text.Append('\n').Append(' ', indent * 2).Append('}');
    }
}
