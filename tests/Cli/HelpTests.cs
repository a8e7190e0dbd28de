using System.CommandLine;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Documents;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Cli;

/// <summary>The help texts of the program.</summary>
public partial class HelpTests
{
    private static readonly RootCommand Root = Commands.Create(AppRunner.NoStreams);

    public static TheoryData<string> Names => ["", .. Root.Subcommands.Select(static command => command.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Help_has_examples_and_exit_codes_and_fits_a_terminal(string name)
    {
        var result = await AppRunner.RunAsync("", name.Length == 0 ? ["--help"] : [name, "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var lines = result.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.NotEmpty(Section(lines, "Examples:"));
        var codes = ExitCodes.Table.Where(entry =>
            name is not ("rules" or "completion") || entry.Code is not (ExitCode.Findings or ExitCode.Input or ExitCode.Unavailable)
        );
        Assert.Equal(codes.Select(static entry => $"  {(int)entry.Code, -4}{entry.Meaning}"), Section(lines, "Exit codes:"));
        Assert.All(lines.Except(Section(lines, "Examples:")), static line => Assert.InRange(line.Length, 0, TerminalSettings.DefaultWidth));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(140)]
    public async Task Help_fits_the_columns_that_a_pipe_is_asked_to_have(int columns)
    {
        var result = await AppRunner.RunAsync([], name => name == "COLUMNS" ? $"{columns}" : null, "rules", "--help");
        var check = await AppRunner.RunAsync([], name => name == "COLUMNS" ? $"{columns}" : null, "check", "--help");

        var options = Section(check.Output.ReplaceLineEndings("\n").Split('\n'), "Options:");
        Assert.InRange(options.Max(static line => line.Length), columns - 20, columns);
        Assert.All(Section(check.Output.Split('\n'), "Exit codes:"), line => Assert.InRange(line.Length, 1, columns));
        Assert.Equal(0, result.ExitCode);
    }

    /// <summary>A longer name is broken within words where the terminal is narrow.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_names_of_values_fit_a_narrow_terminal(string name)
    {
        var result = await AppRunner.RunAsync(
            [],
            static variable => variable == "COLUMNS" ? "1000" : null,
            name.Length == 0 ? ["--help"] : [name, "--help"]
        );

        Assert.All(
            result.Output.Split('\n').Where(static line => line.StartsWith("  ")),
            static line => Assert.All(Value().Matches(line), static value => Assert.InRange(value.Length, 3, 36))
        );
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("check", "--help")]
    public async Task The_help_of_the_Helm_plugin_names_the_plugin(params string[] arguments)
    {
        var result = await AppRunner.RunAsync([], static name => name == "HELM_PLUGIN_NAME" ? "tempo-family" : null, arguments);

        Assert.Contains("helm tempo-family ", result.Output);
        Assert.All(
            result.Output.Split('\n').Where(static line => line.Contains("tempo-postrender ")),
            static line => Assert.Contains("--post-renderer tempo-postrender", line)
        );
        Assert.Contains(
            "See helm tempo-family --help",
            (await AppRunner.RunAsync([], static name => name == "HELM_PLUGIN_NAME" ? "tempo-family" : null, "--what")).Error
        );
    }

    [Fact]
    public async Task The_usage_of_template_shows_Helms_own_flags()
    {
        var result = await AppRunner.RunAsync("", "template", "--help");

        Assert.Contains("template [options] [NAME] CHART [helm flags]\n", result.Output.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("dditional", result.Output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Examples_can_be_typed(string name)
    {
        var command = name.Length == 0 ? Root : Root.Subcommands.Single(command => command.Name == name);

        foreach (var example in HelpText.ExamplesOf(command))
        {
            Assert.Null(await Programs.FaultAsync(example, [3, 4]));
        }
    }

    [Fact]
    public async Task The_version_names_the_commit_where_there_is_one()
    {
        var result = await HelmRunner.ShellAsync($"'{HelmRunner.Executable}' --version");

        Assert.Matches(
            Directory.Exists(Repository.Path(".git")) || File.Exists(Repository.Path(".git"))
                ? @"^\d+\.\d+\.\d+\+[0-9a-f]{40}\s*$"
                : @"^\d+\.\d+\.\d+(\+[0-9a-f]{40})?\s*$",
            result.Output
        );
    }

    [Theory]
    [InlineData("tempo-postrender che", "check")]
    [InlineData("tempo-postrender check --form", "--format")]
    [InlineData("tempo-postrender check --color n", "never")]
    [InlineData("tempo-postrender check --format s", "sarif")]
    [InlineData("tempo-postrender --address-family I", "IPv4 IPv6")]
    [InlineData("tempo-postrender --disable TPF000 --disable TPF003", "TPF003")]
    [InlineData("tempo-postrender completion f", "fish")]
    [InlineData("tempo-postrender check /", "")]
    public async Task Bash_completes_commands_options_and_values(string line, string completed)
    {
        var script = $$"""
            PATH='{{Path.GetDirectoryName(HelmRunner.Executable)}}':$PATH
            source <(tempo-postrender completion bash)
            complete -p tempo-postrender >/dev/null || exit
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            read -ra COMP_WORDS <<<"$COMP_LINE"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _tempo_postrender
            echo "${COMPREPLY[*]}"
            """;

        var result = await HelmRunner.ShellAsync($"exec bash -c '{script.Replace("'", "'\\''")}'");

        Assert.Equal((completed + "\n", ""), (result.Output, result.Error));
    }

    [Theory]
    [InlineData("zsh", "compdef _tempo_postrender tempo-postrender")]
    [InlineData("fish", "complete -c tempo-postrender")]
    [InlineData("powershell", "Register-ArgumentCompleter -Native -CommandName tempo-postrender")]
    public async Task Other_shells_get_a_script_of_their_own(string shell, string registration) =>
        Assert.Contains(registration, (await AppRunner.RunAsync("", "completion", shell)).Output);

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Value();

    private static IReadOnlyList<string> Section(IEnumerable<string> lines, string title) =>
        [.. lines.SkipWhile(line => line != title).Skip(1).TakeWhile(static line => line.Length > 0)];
}
