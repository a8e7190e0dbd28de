using System.Text.Json.Nodes;

namespace Tempo.Helm.Tests.Generated;

/// <summary>
/// chart/files/kubernetes-types.json: the object types of the Kubernetes API that values of the chart have, as far as they
/// can be reached from those in values.yaml. Of each type: its fields with their types; needs, those that it must have; oneOf, those
/// of which it must have one; and closed, if any other field is a mistake.
/// </summary>
internal static class KubernetesTypesFile
{
    public const string Location = "chart/files/kubernetes-types.json";

    /// <summary>Whether there is an object type of this name.</summary>
    public static bool Has(string type) => KubernetesFields.Has(type) || CustomResourceFields.Has(type);

    public static string Text()
    {
        var types = new SortedDictionary<string, JsonObject>();
        var open = new Queue<string>(ValueTypesFile.Names.Append("StatefulSetUpdateStrategy"));
        while (open.TryDequeue(out var type))
        {
            if (types.ContainsKey(type) || !Has(type))
            {
                continue;
            }

            var fields = KubernetesFields.Has(type) ? KubernetesFields.Of(type) : CustomResourceFields.Of(type);
            types.Add(type, TypeOf(type, fields));
            foreach (var below in fields.Values)
            {
                open.Enqueue(below.TrimEnd('[', ']', '{', '}'));
            }
        }

        return GeneratedJson.Text(new JsonObject(types.Select(static type => KeyValuePair.Create(type.Key, (JsonNode?)type.Value))));
    }

    private static JsonObject TypeOf(string name, SortedDictionary<string, string> fields)
    {
        var type = new JsonObject();
        foreach (var (word, table) in new[] { ("needs", KubernetesFields.Required), ("oneOf", KubernetesFields.Alternatives) })
        {
            if (table.TryGetValue(name, out var names))
            {
                type[word] = new JsonArray([.. names.Select(static field => JsonValue.Create(field))]);
            }
        }

        if (KubernetesFields.Closed.Contains(name))
        {
            type["closed"] = true;
        }

        type["fields"] = new JsonObject(fields.Select(static field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value)));
        return type;
    }
}
