using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Generated;

/// <summary>
/// The fields of the kinds that resource definitions bring, from tests/Chart/Kubernetes/custom-resources.txt. A type is the kind and the
/// path of a block below <c>spec</c>, such as <c>HTTPRoute.rules.filters</c>.
/// </summary>
internal static class CustomResourceFields
{
    private static readonly Dictionary<string, SortedDictionary<string, string>> Types = Read();

    public static bool Has(string type) => Types.ContainsKey(type);

    /// <summary>The names of the fields of a type, each with its own type; in the order of their names.</summary>
    public static SortedDictionary<string, string> Of(string type) => Types[type];

    private static Dictionary<string, SortedDictionary<string, string>> Read()
    {
        var types = new Dictionary<string, SortedDictionary<string, string>>();
        var kind = "";
        foreach (var line in File.ReadLines(Repository.Path("tests", "Chart", "Kubernetes", "custom-resources.txt")))
        {
            if (line.StartsWith('['))
            {
                kind = line.Trim('[', ']').Split(' ')[1];
            }
            else if (line.StartsWith("spec."))
            {
                var parts = line.Split(' ');
                Add(types, kind, parts[0]["spec.".Length..], parts[1]);
            }
        }

        return types;
    }

    private static void Add(Dictionary<string, SortedDictionary<string, string>> types, string type, string path, string leaf)
    {
        var dot = path.IndexOf('.');
        var field = dot < 0 ? path : path[..dot];
        var name = field.TrimEnd('[', ']');
        var isList = field.Length > name.Length;
        var below = dot < 0 ? TypeOf(leaf) : $"{type}.{name}";
        if (!types.TryGetValue(type, out var fields))
        {
            types[type] = fields = new SortedDictionary<string, string>();
        }

        fields[name] = isList && below != "any" ? $"{below}[]" : below;
        if (dot >= 0)
        {
            Add(types, below, path[(dot + 1)..], leaf);
        }
    }

    private static string TypeOf(string leaf) =>
        leaf switch
        {
            "strings" => "string{}",
            "map" or "port" => "any",
            "duration" => "route-duration",
            _ => leaf,
        };
}
