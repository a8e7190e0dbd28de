using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Cli;

/// <summary>Colours and line breaks are for terminals; a pipe gets whole lines.</summary>
public class TerminalTests
{
    [Theory]
    [InlineData(true, "xterm-256color", null, true)]
    [InlineData(true, "xterm-256color", "", true)]
    [InlineData(true, "xterm-256color", "1", false)]
    [InlineData(true, "dumb", null, false)]
    [InlineData(true, null, null, false)]
    [InlineData(false, "xterm-256color", null, null)]
    public void Colours_are_for_terminals_and_off_with_NO_COLOR(bool isTerminal, string? term, string? noColor, bool? colours)
    {
        var settings = TerminalSettings.Of(
            isTerminal,
            80,
            name =>
                name switch
                {
                    "TERM" => term,
                    "NO_COLOR" => noColor,
                    _ => null,
                }
        );

        Assert.Equal(colours, settings?.Colours);
    }

    [Theory]
    [InlineData("1", null, true)]
    [InlineData("1", "1", null)]
    [InlineData("0", null, null)]
    public void FORCE_COLOR_colours_a_pipe_unless_NO_COLOR_is_set(string force, string? noColor, bool? colours) =>
        Assert.Equal(
            colours,
            TerminalSettings
                .Of(
                    isTerminal: false,
                    80,
                    name =>
                        name == "FORCE_COLOR" ? force
                        : name == "NO_COLOR" ? noColor
                        : null
                )
                ?.Colours
        );

    [Theory]
    [InlineData("auto", false, false)]
    [InlineData("always", false, true)]
    [InlineData("never", true, false)]
    [InlineData("auto", true, true)]
    public async Task The_option_decides_before_the_terminal_does(string color, bool isTerminal, bool coloured)
    {
        var text = await CheckAsync(isTerminal ? new TerminalSettings(0, Colours: true) : null, "--color", color, "--format", "lines");

        Assert.Equal(coloured, text.Contains("\e[33mfixable\e[0m TPF001"));
        Assert.Equal(await CheckAsync(null), WithoutColours(text));
    }

    [Fact]
    public async Task A_report_in_lines_is_not_broken_on_a_terminal() =>
        Assert.Equal(await CheckAsync(null), await CheckAsync(new TerminalSettings(60, Colours: false), "--format", "lines"));

    [Fact]
    public async Task A_report_on_a_terminal_is_coloured_and_fits()
    {
        var text = await CheckAsync(new TerminalSettings(60, Colours: true));

        Assert.StartsWith("\e[33mFixable:\e[0m ", text);
        Assert.All(
            text.Split('\n').Where(static line => line.Trim().Contains(' ')),
            static line => Assert.InRange(WithoutColours(line).Length, 0, 60)
        );
        Assert.Equal(await CheckAsync(new TerminalSettings(60, Colours: false)), WithoutColours(text));
    }

    [Theory]
    [InlineData("check -", "reading YAML from the terminal; Ctrl+D on a line of its own ends it")]
    [InlineData("migrate -", "reading YAML from the terminal; Ctrl+D on a line of its own ends it")]
    [InlineData("check", "check reads manifests from standard input, but standard input is a terminal. Name a file, or run helm template ")]
    [InlineData("preflight", "preflight reads manifests from standard input, but standard input is a terminal. Name a file, or run helm ")]
    public async Task A_command_that_reads_from_the_terminal_says_so(string arguments, string said)
    {
        using var error = new StringWriter();
        var io = new IoContext
        {
            Input = Stream.Null,
            Output = Stream.Null,
            Error = error,
            IsInputTerminal = true,
        };

        Assert.NotEqual(0, await new App(io).RunAsync(arguments.Split(' ')));

        Assert.StartsWith($"tempo-postrender: {said}", error.ToString());
    }

    [Fact]
    public async Task A_report_on_a_pipe_has_no_escape_and_a_line_for_every_finding()
    {
        var text = await CheckAsync(null);

        Assert.DoesNotContain('\e', text);
        Assert.All(text.TrimEnd('\n').Split('\n'), static line => Assert.Matches("^(fixable|error|warning|tempo-postrender:) ", line));
    }

    [Theory]
    [InlineData(12, "one two three four", "one two|  three four|")]
    [InlineData(8, "one two three four", "one two|  three|  four|")]
    [InlineData(6, "a averylongword b", "a|  averylongword|  b|")]
    [InlineData(5, "averylongword", "averylongword|")]
    [InlineData(0, "one two three four", "one two three four|")]
    [InlineData(20, "one two three four", "one two three four|")]
    public void Lines_are_broken_between_words(int width, string line, string laidOut)
    {
        using var output = new StringWriter();
        using (var writer = TerminalWriter.Over(output, new TerminalSettings(width, Colours: false)))
        {
            writer.WriteLine(line);
        }

        Assert.Equal(laidOut, output.ToString().Replace('\n', '|'));
    }

    private static async Task<string> CheckAsync(TerminalSettings? terminal, params string[] options) =>
        (await AppRunner.OnTerminalAsync(Streams.Helm3, terminal, ["check", "--address-family", "IPv6", .. options])).Output;

    private static string WithoutColours(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\e\\[[\\d;]*m", "");
}
