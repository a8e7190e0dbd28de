using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>
/// The workflows use only files that exist, and have only the permissions that they need. eng/lint-workflows.sh checks their
/// syntax.
/// </summary>
public partial class WorkflowTests
{
    public static TheoryData<string> Workflows => [.. Names()];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Scripts_and_files_that_a_workflow_names_exist(string workflow)
    {
        var text = File.ReadAllText(Repository.Path(".github", "workflows", workflow));

        Assert.All(
            RepositoryPath().Matches(text).Select(static match => match.Value),
            static path => Assert.True(Path.Exists(Repository.Path(path)), $"there is no {path}")
        );
        Assert.Equal(
            Steps(workflow).Any(static step => Text(step, "run") is not null),
            RepositoryPath().Matches(text).Any(static match => match.Value.StartsWith("eng/") || match.Value == ".ci/run")
        );
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_to_a_commit_and_say_its_version(string workflow)
    {
        var lines = File.ReadLines(Repository.Path(".github", "workflows", workflow)).Where(static line => line.Contains("uses:")).ToList();

        Assert.Equal(Steps(workflow).Count(static step => Text(step, "uses") is not null), lines.Count);
        Assert.All(lines, static line => Assert.Matches(@"uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    [Fact]
    public void An_action_has_one_commit_in_all_workflows()
    {
        var actions = Names()
            .SelectMany(Steps)
            .Select(static step => Text(step, "uses"))
            .OfType<string>()
            .Select(static action => action.Split('@'));

        Assert.All(
            actions.GroupBy(static action => action[0]),
            static action => Assert.Single(action.Select(static parts => parts[1]).Distinct())
        );
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_may_read_only_and_the_job_that_publishes_no_more_than_it_needs(string workflow)
    {
        var root = Root(workflow);
        var jobs = ((YamlMappingNode)root["jobs"]).Children;
        var granted = jobs
            .Values.Cast<YamlMappingNode>()
            .Where(static job => job.Children.ContainsKey("permissions"))
            .Select(static job => $"{job["permissions"]}")
            .ToList();
        string[] expected = workflow switch
        {
            "release.yaml" => ["{ { attestations, write }, { contents, write }, { id-token, write }, { packages, write } }"],
            "codeql.yaml" => ["{ { contents, read }, { security-events, write } }"],
            _ => [],
        };

        Assert.Equal("{ { contents, read } }", root["permissions"].ToString());
        Assert.Equal(expected, granted);
        Assert.All(jobs.Values, static job => Assert.True(((YamlMappingNode)job).Children.ContainsKey("timeout-minutes")));
    }

    [Fact]
    public void The_release_is_built_for_the_platforms_of_the_plugins_and_on_Linux_for_both_C_libraries()
    {
        var matrix = (YamlSequenceNode)Root("release.yaml")["jobs"]["program"]["strategy"]["matrix"]["include"];
        var platforms = PluginFileTests.Platforms.Select(static platform => platform.Platform).ToList();
        var musl = platforms.Where(static name => name.StartsWith("linux-")).Select(static name => name.Replace("linux-", "linux-musl-"));

        Assert.Equal(platforms.Concat(musl).Order(), matrix.Select(static entry => entry["platform"].ToString()).Order());
        Assert.All(
            matrix.Where(static entry => entry["platform"].ToString().StartsWith("linux-")),
            static entry => Assert.Equal(entry["platform"].ToString().Contains("musl"), entry["image"].ToString().EndsWith("-musl"))
        );
    }

    [Fact]
    public void Every_Linux_program_is_tried_with_the_oldest_C_library_that_the_documents_promise()
    {
        var release = Root("release.yaml")["jobs"];
        var platforms = ((YamlSequenceNode)release["program"]["strategy"]["matrix"]["include"])
            .Select(static entry => entry["platform"].ToString())
            .Where(static name => name.StartsWith("linux-"));
        var tried = (YamlSequenceNode)release["try"]["strategy"]["matrix"]["include"];
        var page = File.ReadAllText(Repository.Path("docs", "releasing.md"));

        Assert.Equal(platforms, tried.Select(static entry => entry["platform"].ToString()));
        Assert.All(
            tried,
            entry =>
            {
                var image = entry["image"].ToString().Split(':');
                Assert.Contains($"{char.ToUpperInvariant(image[0][0])}{image[0][1..]} {image[1]}", page);
                Assert.Equal(entry["platform"].ToString().EndsWith("arm64"), entry["runner"].ToString().EndsWith("-arm"));
                Assert.Equal(entry["platform"].ToString().Contains("musl"), image[0] == "alpine");
            }
        );
        Assert.Contains("try", ((YamlSequenceNode)release["release"]["needs"]).Select(static job => job.ToString()));
    }

    [Fact]
    public void The_release_refuses_a_program_that_needs_a_newer_glibc_than_the_documents_say()
    {
        var step = Steps("release.yaml").Single(static step => Text(step, "run") == "eng/release.sh assemble");

        Assert.Contains($"glibc {step["env"]["MAX_GLIBC"]} or newer", File.ReadAllText(Repository.Path("docs", "releasing.md")));
    }

    [Fact]
    public void Charts_are_installed_on_every_family_with_two_versions_of_Kubernetes()
    {
        var matrix = Root("chart.yaml")["jobs"]["install"]["strategy"]["matrix"];

        Assert.Equal(["ipv6", "dual", "ipv4"], ((YamlSequenceNode)matrix["family"]).Select(static family => family.ToString()));
        Assert.Equal(
            2,
            ((YamlSequenceNode)matrix["cluster"]).Select(static cluster => cluster["kubernetes"].ToString()).Distinct().Count()
        );
    }

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Repository.Path(".github", "workflows")).Select(static file => Path.GetFileName(file)!).Order();

    private static YamlMappingNode Root(string workflow) => (YamlMappingNode)YamlFile.Load(".github", "workflows", workflow);

    private static IEnumerable<YamlMappingNode> Steps(string workflow) =>
        ((YamlMappingNode)Root(workflow)["jobs"])
            .Children.Values.SelectMany(static job => (YamlSequenceNode)job["steps"])
            .Cast<YamlMappingNode>();

    private static string? Text(YamlMappingNode step, string key) =>
        step.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    [GeneratedRegex(@"(?<![\w./-])(eng/[\w./-]+\w|\.ci/run|[\w-]+\.(json|yaml)(?=\s))")]
    private static partial Regex RepositoryPath();
}
