using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Refusals;

/// <summary>files/value-types.yaml and files/types.yaml: which values the chart checks, and that it misses none of a kind.</summary>
public class ValueTypeTests
{
    /// <summary>What the last name of a value says about its type, in every block of the values.</summary>
    private static readonly Dictionary<string, string[]> TypesOfNames = new(StringComparer.Ordinal)
    {
        ["size"] = ["quantity"],
        ["resources"] = ["ResourceRequirements"],
        ["emptyDir"] = ["EmptyDirVolumeSource"],
        ["affinity"] = ["Affinity"],
        ["tolerations"] = ["Toleration[]"],
        ["probe"] = ["Probe"],
        ["tls"] = ["IngressTLS[]"],
        ["securityContext"] = ["SecurityContext", "PodSecurityContext"],
        ["digest"] = ["digest"],
        ["timeout"] = ["duration", "scrape-duration"],
        ["interval"] = ["duration", "scrape-duration"],
        ["retention"] = ["duration"],
        ["shutdownDelay"] = ["duration"],
    };

    private static readonly JsonObject Types = (JsonObject)ReadFile("types.yaml")!;

    private static readonly Dictionary<string, string> Rows = Leaves(ReadFile("value-types.yaml"), "")
        .ToDictionary(static row => row.Path, static row => row.Type, StringComparer.Ordinal);

    [Fact]
    public void Every_row_is_a_value_of_the_chart_with_a_type_that_there_is()
    {
        Assert.All(Rows, static row => Assert.Contains(Paths(row.Key), static path => ValuesFile.Chart.Takes(path)));
        Assert.All(Rows, static row => Assert.True(IsType(row.Value.TrimEnd('[', ']', '{', '}')), row.Value));
    }

    [Fact]
    public void Every_value_whose_name_tells_its_type_is_checked() =>
        Assert.Empty(
            from key in ValuesFile.Chart.Written
            let name = TypesOfNames.Keys.FirstOrDefault(name => key.Name.Equals(name, StringComparison.Ordinal) || EndsWith(key.Name, name))
            where
                name is not null
                && !key.HasFixedKeys
                && !ValuesSchema.Types(key).SequenceEqual(["integer"])
                && !ValuesSchema.Choices(key).Any()
                && !TypesOfNames[name].Contains(TypeOf(key.Path))
            select $"{key.Path}: {TypeOf(key.Path) ?? "no type"} in value-types.yaml, not {string.Join(" or ", TypesOfNames[name])}"
        );

    [Fact]
    public void Every_type_says_what_to_set()
    {
        var better = File.ReadAllText(Repository.Path("chart", "templates", "_better.tpl"));

        Assert.All(
            Types.Where(static type => type.Value.At("takes") is not null),
            type =>
                Assert.NotEqual(
                    type.Value.At("set") is null,
                    !better.Contains($"define \"tempo.better.{type.Key}\"", StringComparison.Ordinal)
                )
        );
    }

    private static bool IsType(string type) => Types.ContainsKey(type) || KubernetesFields.Has(type);

    /// <summary>A word that ends a name in camel case: writeInterval.</summary>
    private static bool EndsWith(string name, string word) =>
        name.EndsWith($"{char.ToUpperInvariant(word[0])}{word[1..]}", StringComparison.Ordinal);

    private static string? TypeOf(string path)
    {
        var rest = path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return Rows.GetValueOrDefault(path) ?? Rows.GetValueOrDefault($"component.{rest}");
    }

    /// <summary>The paths that a row may stand for.</summary>
    private static IEnumerable<string> Paths(string row) =>
        row.StartsWith("component.", StringComparison.Ordinal) || row.StartsWith("statefulSet.", StringComparison.Ordinal)
            ? ReadFile("components.yaml")
                .Entries()
                .Select(static one => one.Key)
                .Prepend("defaults")
                .Select(key => key + row[row.IndexOf('.', StringComparison.Ordinal)..])
            : [row];

    private static IEnumerable<(string Path, string Type)> Leaves(JsonNode? node, string path) =>
        node switch
        {
            JsonObject map => map.SelectMany(entry => Leaves(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}")),
            JsonArray list => list.SelectMany(item => item is JsonObject ? [] : Leaves(item, path)),
            _ => [(path, node.Text()!)],
        };

    private static JsonNode? ReadFile(string name) => StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "files", name)));
}
