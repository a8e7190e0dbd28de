using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Refusals;

/// <summary>The types after @type in values.yaml, and files/types.yaml: every value of a kind that the chart checks has a type.</summary>
public class ValueTypeTests
{
    /// <summary>The type of a value by its last name, in every block of the values.</summary>
    private static readonly Dictionary<string, string[]> TypesOfNames = new()
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
        ["repository"] = ["repository"],
        ["tag"] = ["tag"],
        ["registry"] = ["registry"],
        ["timeout"] = ["duration", "scrape-duration"],
        ["interval"] = ["duration", "positive-duration", "scrape-duration"],
        ["retention"] = ["duration"],
        ["shutdownDelay"] = ["duration"],
        ["hostnames"] = ["hostname[]"],
        ["secret"] = ["object-name"],
        ["namespace"] = ["object-name"],
        ["className"] = ["object-name"],
        ["storageClass"] = ["storage-class"],
    };

    private static readonly JsonObject Types = (JsonObject)
        StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "files", "types.yaml")))!;

    [Fact]
    public void Every_type_of_a_value_is_one_that_the_chart_knows() =>
        Assert.All(
            ValueTypesFile.Names,
            static name =>
                Assert.True(name == "any" || name.Contains('|') || Types.ContainsKey(name) || KubernetesTypesFile.Has(name), name)
        );

    [Fact]
    public void Every_value_whose_name_tells_its_type_is_checked() =>
        Assert.Empty(
            from key in ValuesFile.Chart.Written
            let name = TypesOfNames.Keys.FirstOrDefault(name => key.Name.Equals(name) || EndsWith(key.Name, name))
            where
                name is not null
                && !key.HasFixedKeys
                && ValuesSchema.Types(key).Intersect(["string", "array", "object"]).Any()
                && !ValuesSchema.Choices(key).Any()
                && !TypesOfNames[name].Contains(key.Type)
            select $"{key}: {key.Type ?? "no type"}, not {string.Join(" or ", TypesOfNames[name])}"
        );

    [Fact]
    public void Every_type_says_what_to_set()
    {
        var better = File.ReadAllText(Repository.Path("chart", "templates", "_better.tpl"));

        Assert.All(
            Types.Where(static type => type.Value.At("takes") is not null),
            type => Assert.NotEqual(type.Value.At("set") is null, !better.Contains($"define \"tempo.better.{type.Key}\""))
        );
    }

    /// <summary>A word that ends a name in camel case: writeInterval.</summary>
    private static bool EndsWith(string name, string word) => name.EndsWith($"{char.ToUpperInvariant(word[0])}{word[1..]}");
}
