using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary>The built program on a terminal: it writes only text, and leaves the terminal in its earlier state.</summary>
public class PseudoTerminalTests
{
    private const string Release = "docs/examples/release.yaml";

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("check " + Release)]
    [InlineData("check --no-such-option")]
    [InlineData("< " + Release + " > /dev/null")]
    [InlineData("< " + Release)]
    [InlineData("check < " + Release + " 2> /dev/null")]
    [InlineData("rules")]
    public async Task The_terminal_is_left_as_it_was(string arguments)
    {
        var text = await OnTerminalAsync(arguments);

        Assert.NotEqual("", text);
        // Colours and links end where they start; no other sequence is written.
        Assert.DoesNotMatch(@"\e(?!\[[\d;]*m|\]8;;|\\)", text);
        Assert.Equal(
            "",
            text.Split("\e[").Skip(1).Select(static part => part[..(part.IndexOf('m') + 1)]).LastOrDefault("0m")["0m".Length..]
        );
    }

    [Fact]
    public async Task A_report_is_grouped_on_a_terminal_and_has_lines_in_a_pipe()
    {
        Assert.StartsWith("\e[33mFixable:\e[0m ", await OnTerminalAsync($"check {Release}"));
        Assert.StartsWith("\e[32mFixed:\e[0m ", await OnTerminalAsync($"< {Release} > /dev/null"));
        Assert.StartsWith("tempo-postrender: traces-distributor should be IPv6", await OnTerminalAsync($"check {Release} | cat"));
    }

    [Fact]
    public async Task Rules_are_listed_between_the_edges_of_a_terminal_and_one_a_line_in_a_pipe()
    {
        Assert.All((await OnTerminalAsync("rules")).Split('\n'), static line => Assert.InRange(line.Length, 0, 100));
        Assert.Contains(
            (await OnTerminalAsync("rules | cat")).Split('\n'),
            static line => line.StartsWith("TPF001 ") && line.EndsWith("refuses them.")
        );
    }

    /// <summary>script (util-linux) gives a command a pseudo terminal, and copies what the command writes.</summary>
    private static async Task<string> OnTerminalAsync(string arguments)
    {
        var result = await HelmRunner.ShellAsync(
            $"cd '{Repository.Root}' && TERM=xterm-256color NO_COLOR= script -qec \"'{HelmRunner.Executable}' "
                + $"{arguments}\" /dev/null < /dev/null"
        );
        return result.Output.Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
