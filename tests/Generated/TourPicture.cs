using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Generated;

/// <summary>docs/tour.svg: a terminal with the commands of the README's tour and the program's output.</summary>
internal static partial class TourPicture
{
    private const int Columns = 100;
    private const int LineHeight = 19;
    private const int Margin = 20;
    private const double CharacterWidth = 8.43;

    /// <summary>The colours of the program's text by their codes.</summary>
    private static readonly Dictionary<string, string> Classes = new()
    {
        ["1;31"] = "error",
        ["33"] = "warning",
        ["32"] = "good",
        ["2"] = "dim",
        ["1"] = "bold",
    };

    public static async Task<string> SvgAsync()
    {
        var release = await File.ReadAllTextAsync(Repository.Path("docs", "examples", "release.yaml"));
        string[] lines =
        [
            .. await StepAsync("tempo-postrender < docs/examples/release.yaml > fixed.yaml", release),
            .. await StepAsync(
                "sed 's/clusterIP: None/clusterIP: 10.0.0.7/' docs/examples/release.yaml | tempo-postrender",
                release.Replace("clusterIP: None", "clusterIP: 10.0.0.7")
            ),
        ];
        var (width, height) = ((int)(Columns * CharacterWidth) + (2 * Margin), ((lines.Length - 1) * LineHeight) + (2 * Margin));
        var svg = new StringBuilder(
            $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}" role="img"
              aria-label="A terminal: tempo-postrender fixes a release, and refuses another">
            <style>
            text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }
            text { fill: #d8dee9; white-space: pre }
            .error { fill: #ff6b6b; font-weight: bold } .warning { fill: #ebcb8b } .good { fill: #8fd18a }
            .dim { fill: #7b8494 } .bold { font-weight: bold }
            </style>
            <rect width="100%" height="100%" rx="8" fill="#1b2130"/>

            """.ReplaceLineEndings("\n")
        );
        foreach (var (line, number) in lines.Select(static (line, number) => (line, number)).Where(static line => line.line.Length > 0))
        {
            svg.Append($"<text x=\"{Margin}\" y=\"{Margin + (number * LineHeight) + 5}\">{Coloured(line)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>A command, what the program prints for it on a terminal, and the exit code.</summary>
    private static async Task<IEnumerable<string>> StepAsync(string command, string input)
    {
        using var error = new StringWriter { NewLine = "\n" };
        var io = new IoContext
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            Output = new MemoryStream(),
            Error = error,
            ErrorTerminal = new TerminalSettings(Columns, Colours: true),
        };
        var exitCode = await new App(io).RunAsync([]);
        return [$"\e[1m$\e[0m {command}", .. error.ToString().TrimEnd('\n').Split('\n'), "\e[1m$\e[0m echo $?", $"{exitCode}", ""];
    }

    private static string Coloured(string line) =>
        Colour()
            .Replace(
                SecurityElement.Escape(line.Replace('\e', '\u241b'))!,
                static match => $"<tspan class=\"{Classes[match.Groups["code"].Value]}\">{match.Groups["text"].Value}</tspan>"
            );

    /// <summary>A coloured part; a symbol replaces the escape character, which XML cannot contain.</summary>
    [GeneratedRegex(@"\u241b\[(?<code>[\d;]+)m(?<text>.*?)\u241b\[0m")]
    private static partial Regex Colour();
}
