using System.Text.Json;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>The GitHub action and the pre-commit hook, with the program of this build on PATH.</summary>
public sealed class ActionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_with_errors_fail_the_step_and_are_reported_in_each_way()
    {
        var (exitCode, output) = await RunAsync(("INPUT_FILES", "\ndocs/examples/release.yaml\n"), ("INPUT_ADDRESS_FAMILY", "IPv6"));
        using var sarif = JsonDocument.Parse(Read("findings.sarif"));

        Assert.Equal(2, exitCode);
        Assert.Equal(5, output.Split('\n').Count(static line => line.StartsWith("::error file=docs/examples/release.yaml,line=")));
        Assert.Equal(5, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        Assert.Contains("| TPF004 memberlist-bind |", Read("summary.md"));
        Assert.Contains("```mermaid", Read("summary.md"));
        Assert.Equal($"sarif={Path.Combine(_folder.Path, "findings.sarif")}\nerrors=5\n", Read("output"));
    }

    [Fact]
    public async Task The_user_chooses_which_findings_fail_the_step()
    {
        var (exitCode, output) = await RunAsync(("INPUT_FILES", "docs/examples/release.yaml"), ("INPUT_FAIL_ON", "never"));

        Assert.Equal(0, exitCode);
        Assert.Contains("::error ", output);
    }

    [Fact]
    public async Task A_chart_is_rendered_with_its_values_and_findings_are_at_its_templates()
    {
        using var chart = new TemporaryChart(await File.ReadAllTextAsync(Repository.Path("docs", "examples", "release.yaml")));

        var good = await RunAsync(
            ("INPUT_CHART", "chart"),
            ("INPUT_VALUES", "chart/clusters/ipv6-only.yaml\n"),
            ("INPUT_NAMESPACE", "tempo")
        );
        var bad = await RunAsync(("INPUT_CHART", chart.Path));

        Assert.Equal((0, ""), good);
        Assert.Equal(2, bad.ExitCode);
        Assert.Matches(@"^::error (?!file=/).*TPF001", bad.Output);
    }

    [Fact]
    public async Task Files_and_a_chart_at_once_are_refused()
    {
        var (exitCode, output) = await RunAsync(("INPUT_FILES", "a.yaml"), ("INPUT_CHART", "chart"));

        Assert.Equal((64, "::error::files and chart are both set; the action checks one or the other\n"), (exitCode, output));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n")]
    public async Task Neither_files_nor_a_chart_is_refused(string files)
    {
        var (exitCode, output) = await RunAsync(("INPUT_FILES", files));

        Assert.Equal((64, "::error::neither files nor chart is set; the action checks one of them\n"), (exitCode, output));
    }

    [Fact]
    public void The_script_reads_every_input_and_no_other()
    {
        var inputs = ((YamlMappingNode)YamlFile.Load("action.yml")["inputs"]).Children.Keys.Select(static input =>
            $"INPUT_{input.ToString().ToUpperInvariant().Replace('-', '_')}"
        );
        var read = Regex
            .Matches(File.ReadAllText(Repository.Path("eng", "action.sh")), @"(?<=\$\{?)INPUT_[A-Z_]+")
            .Select(static match => match.Value);
        var handed = ((YamlMappingNode)YamlFile.Load("action.yml")["runs"]["steps"][0]["env"]).Children.Keys.Select(static name =>
            name.ToString()
        );

        Assert.Equal(inputs.Order(), read.Distinct().Order());
        Assert.Equal(inputs.Order(), handed.Where(static name => name.StartsWith("INPUT_")).Order());
        Assert.Equal(Versions.OfTheProgram, YamlFile.Load("action.yml")["inputs"]["version"]["default"].ToString());
    }

    [Fact]
    public async Task The_hook_of_pre_commit_checks_the_files_that_it_is_given()
    {
        var entry = YamlFile.Load(".pre-commit-hooks.yaml")[0]["entry"].ToString().Split(' ');

        var result = await AppRunner.RunAsync("", [.. entry[1..], Repository.Path("docs", "examples", "release.yaml")]);

        Assert.Equal(("tempo-postrender", 2), (entry[0], result.ExitCode));
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder.Path, file));

    private Task<(int ExitCode, string Output)> RunAsync(params (string Name, string? Value)[] inputs)
    {
        var path =
            $"{AppContext.BaseDirectory}:{Path.GetDirectoryName(HelmVersions.Four.Path)}:{Environment.GetEnvironmentVariable("PATH")}";
        return Script.RunAsync(
            Repository.Path("eng", "action.sh"),
            [],
            [
                ("PATH", path),
                ("RUNNER_TEMP", _folder.Path),
                ("GITHUB_STEP_SUMMARY", Path.Combine(_folder.Path, "summary.md")),
                ("GITHUB_OUTPUT", Path.Combine(_folder.Path, "output")),
                ("INPUT_SARIF", Path.Combine(_folder.Path, "findings.sarif")),
                .. inputs,
            ]
        );
    }
}
