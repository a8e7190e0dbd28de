using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>The workflows name what exists and may do no more than they need. eng/lint-workflows.sh checks their syntax.</summary>
public partial class WorkflowTests
{
    public static TheoryData<string> Workflows => [.. Directory.EnumerateFiles(Repository.Path(".github", "workflows")).Select(static file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Scripts_and_files_that_a_workflow_names_exist(string workflow)
    {
        var text = File.ReadAllText(Repository.Path(".github", "workflows", workflow));

        Assert.All(RepositoryPath().Matches(text).Select(static match => match.Value), static path => Assert.True(Path.Exists(Repository.Path(path)), $"there is no {path}"));
        Assert.Contains(RepositoryPath().Matches(text), static match => match.Value.StartsWith("eng/", StringComparison.Ordinal) || match.Value == ".ci/run");
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_to_a_version(string workflow) =>
        Assert.All(
            Steps(workflow).Select(static step => Text(step, "uses")).OfType<string>(),
            static action => Assert.Matches(@"^[\w-]+/[\w-]+@v\d+\.\d+\.\d+$", action));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_may_read_only_and_the_job_that_publishes_no_more_than_it_needs(string workflow)
    {
        var root = Root(workflow);
        var jobs = ((YamlMappingNode)root["jobs"]).Children;
        var granted = jobs.Values.Cast<YamlMappingNode>().Where(static job => job.Children.ContainsKey("permissions")).Select(static job => $"{job["permissions"]}").ToList();

        Assert.Equal("{ { contents, read } }", root["permissions"].ToString());
        Assert.Equal(workflow == "release.yaml" ? ["{ { contents, write }, { packages, write } }"] : Array.Empty<string>(), granted);
        Assert.All(jobs.Values, static job => Assert.True(((YamlMappingNode)job).Children.ContainsKey("timeout-minutes")));
    }

    [Fact]
    public void The_release_is_built_for_the_platforms_of_the_plugins()
    {
        var matrix = (YamlSequenceNode)Root("release.yaml")["jobs"]["program"]["strategy"]["matrix"]["include"];

        Assert.Equal(PluginFileTests.Platforms.Select(static platform => platform.Platform), matrix.Select(static entry => entry["platform"].ToString()));
    }

    [Fact]
    public void Charts_are_installed_on_every_family_with_two_versions_of_Kubernetes()
    {
        var matrix = Root("chart.yaml")["jobs"]["install"]["strategy"]["matrix"];

        Assert.Equal(["ipv6", "dual", "ipv4"], ((YamlSequenceNode)matrix["family"]).Select(static family => family.ToString()));
        Assert.Equal(2, ((YamlSequenceNode)matrix["cluster"]).Select(static cluster => cluster["kubernetes"].ToString()).Distinct().Count());
    }

    private static YamlMappingNode Root(string workflow)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Repository.Path(".github", "workflows", workflow))));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Steps(string workflow) =>
        ((YamlMappingNode)Root(workflow)["jobs"]).Children.Values.SelectMany(static job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static string? Text(YamlMappingNode step, string key) => step.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    [GeneratedRegex(@"(?<![\w./-])(eng/[\w./-]+\w|\.ci/run|[\w-]+\.(json|yaml)(?=\s))")]
    private static partial Regex RepositoryPath();
}
