using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Chart;

/// <summary>Chart.yaml as chart-testing's schema and Artifact Hub read it.</summary>
public partial class ChartMetadataTests
{
    /// <summary>The fields of chart-testing's schema (3.14); the first four are required, and so is the description.</summary>
    private static readonly string[] Texts =
    [
        "name",
        "home",
        "version",
        "apiVersion",
        "description",
        "icon",
        "engine",
        "condition",
        "tags",
        "kubeVersion",
        "type",
        "appVersion",
    ];

    private static readonly YamlMappingNode Metadata = (YamlMappingNode)Parse(File.ReadAllText(Repository.Path("chart", "Chart.yaml")));

    [Fact]
    public void Fields_are_those_of_chart_testings_schema()
    {
        foreach (var (key, value) in Metadata.Children)
        {
            switch (key.ToString())
            {
                case "keywords" or "sources":
                    Assert.All((YamlSequenceNode)value, static item => Assert.IsType<YamlScalarNode>(item));
                    break;
                case "maintainers":
                    Assert.All(
                        (YamlSequenceNode)value,
                        static item =>
                            Assert.Subset(
                                new HashSet<string> { "name", "email", "url" },
                                ((YamlMappingNode)item).Children.Keys.Select(static field => field.ToString()).ToHashSet()
                            )
                    );
                    break;
                case "annotations":
                    Assert.All(
                        ((YamlMappingNode)value).Children.Values,
                        static text =>
                            Assert.True(
                                text is YamlScalarNode { Value: not null } scalar
                                    && (scalar.Style != YamlDotNet.Core.ScalarStyle.Plain || !bool.TryParse(scalar.Value, out _))
                            )
                    );
                    break;
                default:
                    Assert.Contains(key.ToString(), Texts);
                    Assert.IsType<YamlScalarNode>(value);
                    break;
            }
        }

        Assert.All(Texts[..5], static field => Assert.True(Metadata.Children.ContainsKey(field)));
    }

    [Fact]
    public void The_icon_is_the_projects_own() =>
        Assert.Equal(
            $"data:image/svg+xml;base64,{Convert.ToBase64String(File.ReadAllBytes(Repository.Path("docs", "icon.svg")))}",
            Metadata["icon"].ToString()
        );

    [Fact]
    public async Task Artifact_Hub_lists_every_image_that_the_chart_can_run()
    {
        var rendered = await Task.WhenAll(ReleaseCases.Ci.Select(static release => release.RenderAsync()));
        var images = Annotation("artifacthub.io/images").Select(static image => image["image"].ToString());

        Assert.Equal(
            rendered
                .SelectMany(static release => Image().Matches(release.Text))
                .Select(static match => match.Groups[1].Value)
                .Distinct()
                .Order(),
            images.Order()
        );
    }

    [Fact]
    public void Artifact_Hub_can_read_changes_and_links()
    {
        Assert.All(
            Annotation("artifacthub.io/changes"),
            static change =>
            {
                Assert.Contains(change["kind"].ToString(), (string[])["added", "changed", "deprecated", "removed", "fixed", "security"]);
                Assert.NotEqual("", change["description"].ToString());
            }
        );
        Assert.All(
            Annotation("artifacthub.io/links"),
            static link => Assert.True(Uri.IsWellFormedUriString(link["url"].ToString(), UriKind.Absolute))
        );
    }

    private static IEnumerable<YamlNode> Annotation(string name) => (YamlSequenceNode)Parse(Metadata["annotations"][name].ToString());

    private static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    [GeneratedRegex("""^\s*-?\s*image: "?([^"\s]+)"?\s*$""", RegexOptions.Multiline)]
    private static partial Regex Image();
}
