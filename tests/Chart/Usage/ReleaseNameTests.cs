using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>The names of the objects, and that two releases do not share any.</summary>
public class ReleaseNameTests
{
    private static readonly string[] Everything = ["-f", "chart/ci/microservices-full-ipv6-values.yaml"];

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Two_releases_in_one_namespace_share_nothing(int helm)
    {
        var blue = Objects.Of(await RenderAsync(helm, "blue"));
        var green = Objects.Of(await RenderAsync(helm, "green"));

        Assert.Equal(blue.Count, green.Count);
        Assert.Distinct(blue.Concat(green).Select(Objects.Id));
        Assert.Empty(Objects.SelectionsAcross(blue, green));
        Assert.Empty(Objects.SelectionsAcross(green, blue));
        var dashboards = Dashboards(blue).Concat(Dashboards(green)).ToList();
        Assert.NotEmpty(dashboards);
        Assert.All(dashboards, static dashboard => Assert.InRange(dashboard["uid"]!.GetValue<string>().Length, 1, 40));
        Assert.Distinct(dashboards.Select(static dashboard => dashboard["uid"]!.GetValue<string>()));
        Assert.Distinct(dashboards.Select(static dashboard => dashboard["title"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("tempo", "", "tempo", "tempo")]
    [InlineData("obs", "", "obs-tempo", "tempo")]
    [InlineData("tempo", "nameOverride=traces", "tempo-traces", "traces")]
    [InlineData("my-traces", "nameOverride=traces", "my-traces", "traces")]
    [InlineData("tempo", "fullnameOverride=old-stem", "old-stem", "tempo")]
    public async Task Names_begin_with_the_stem_and_labels_have_the_name(string release, string set, string stem, string name)
    {
        var objects = Objects.Of(await RenderAsync(4, release, set.Length == 0 ? [] : ["--set", set]));

        Assert.All(
            objects,
            o =>
            {
                Assert.Matches($"^{stem}(-[a-z-]+)?$", o.Text("metadata", "name"));
                Assert.Equal(name, o.Map("metadata", "labels")["app.kubernetes.io/name"]);
                Assert.Equal(release, o.Map("metadata", "labels")["app.kubernetes.io/instance"]);
            }
        );
        Assert.Contains($"Service/{stem}-gossip-ring", objects.Select(Objects.Id));
    }

    /// <summary>Without quotes such a name is a number or a boolean, which Kubernetes refuses as a label.</summary>
    [Theory]
    [InlineData("123")]
    [InlineData("1e3")]
    [InlineData("no")]
    public async Task A_release_may_be_called_like_a_number_or_a_boolean(string release)
    {
        var objects = Objects.Of(await RenderAsync(4, release, "--set", "fullnameOverride=traces"));

        var values = objects
            .SelectMany(static o => o.AllNodes)
            .OfType<YamlMappingNode>()
            .SelectMany(static map => map.Children)
            .Where(static child => child.Key is YamlScalarNode { Value: "app.kubernetes.io/instance" })
            .Select(static child => (YamlScalarNode)child.Value)
            .ToList();
        Assert.NotEmpty(values);
        Assert.All(values, value => Assert.Equal((release, false), (value.Value, value.Style == ScalarStyle.Plain)));
    }

    /// <summary>Without quotes, Kubernetes refuses such a namespace as a number or a boolean.</summary>
    [Theory]
    [InlineData("12345")]
    [InlineData("on")]
    public async Task A_namespace_may_be_called_like_a_number_or_a_boolean(string name)
    {
        var objects = Objects.Of(await RenderAsync(4, "tempo", "-n", name));

        Assert.All(objects, o => Assert.Equal(name, o.Text("metadata", "namespace")));
        Assert.DoesNotContain(
            objects.SelectMany(static o => o.AllNodes).OfType<YamlScalarNode>(),
            scalar => scalar.Value == name && scalar.Style == ScalarStyle.Plain
        );
    }

    private static IEnumerable<JsonNode> Dashboards(IEnumerable<YamlMappingNode> objects) =>
        from o in objects
        where o.Text("kind") == "ConfigMap" && o.Text("metadata", "name").Contains("-dashboard-")
        from file in o.Map("data")
        select JsonNode.Parse(file.Value)!;

    private static async Task<string> RenderAsync(int helm, string release, params string[] arguments)
    {
        var result = await HelmRunner.RunAsync(
            HelmVersions.Of(helm),
            ["template", release, "chart", "-n", "observability", .. Everything, .. arguments]
        );
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }
}
