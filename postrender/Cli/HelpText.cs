using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text.RegularExpressions;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>The parts of <c>--help</c> below the options: examples and exit codes.</summary>
internal static partial class HelpText
{
    /// <summary>The column of what an exit code means.</summary>
    private const int CodeIndent = 6;

    /// <summary>Less than this is no width for a table of options.</summary>
    private const int MinWidth = 40;

    /// <summary>The examples of every command by its name; those of the post-renderer have the program's name.</summary>
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [ProgramInfo.Name] =
        [
            "helm template tempo ./chart | tempo-postrender > release.yaml",
            "helm install tempo ./chart --post-renderer tempo-postrender",
            "helm install tempo ./chart --post-renderer tempo-postrender --post-renderer-args=--address-family=IPv6",
        ],
        ["check"] =
        [
            "tempo-postrender check release.yaml",
            "tempo-postrender check manifests --fail-on warning",
            "tempo-postrender check manifests --quiet --output findings.sarif --output report.json",
            "tempo-postrender check manifests --diff",
            "tempo-postrender check manifests --fix",
            "helm template tempo ./chart | tempo-postrender check --address-family IPv6",
        ],
        ["template"] =
        [
            "tempo-postrender template tempo ./chart -n tempo -f values.yaml > release.yaml",
            "tempo-postrender template tempo ./chart -n tempo --no-hooks | kubectl apply -n tempo -f -",
        ],
        ["migrate"] =
        [
            "tempo-postrender migrate old-values.yaml > values.yaml",
            "helm get values tempo -o yaml | tempo-postrender migrate --from tempo-distributed - > values.yaml",
            "kubectl get tempostack example -o yaml | tempo-postrender migrate - > values.yaml",
        ],
        ["rules"] = ["tempo-postrender rules", "tempo-postrender rules TPF005", "tempo-postrender rules service-family --format json"],
        ["completion"] =
        [
            "source <(tempo-postrender completion bash)",
            "source <(tempo-postrender completion zsh)",
            "tempo-postrender completion fish > ~/.config/fish/completions/tempo-postrender.fish",
            "tempo-postrender completion powershell | Out-String | Invoke-Expression",
        ],
        ["verify"] =
        [
            "tempo-postrender verify -n tempo",
            "tempo-postrender verify -n tempo --no-debug-container",
            "tempo-postrender verify -n tempo --probe-pod --reachability --trace",
            "helm upgrade tempo ./chart -n tempo && tempo-postrender verify -n tempo --watch --yes",
        ],
        ["preflight"] = ["helm template tempo ./chart | tempo-postrender preflight -n tempo"],
    };

    public static IReadOnlyList<string> ExamplesOf(Command command) =>
        Examples.GetValueOrDefault(command is RootCommand ? ProgramInfo.Name : command.Name, []);

    /// <summary>Adds the examples and the exit codes to the help of every command.</summary>
    public static void AddTo(RootCommand root, IoContext io)
    {
        // The aliases with a slash would be offered as completions, where they are not known.
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        var option = new HelpOption("--help", "-h", "-?");
        root.Options.Add(option);
        var help = (HelpAction)option.Action!;
        help.MaxWidth = WidthOf(io);
        option.Action = new HelpWithExamples(help, io);
    }

    /// <summary>The terminal's width; in a pipe, that of the environment variable COLUMNS.</summary>
    public static int WidthOf(IoContext io) =>
        io.OutputTerminal is { Width: > 0 } terminal ? terminal.Width
        : int.TryParse(io.Environment("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns >= MinWidth
            ? columns
        : TerminalSettings.DefaultWidth;

    private sealed partial class HelpWithExamples(HelpAction help, IoContext io) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            var code = InvokeInWordsOfHelm(parseResult);
            output.Write("Examples:\n");
            foreach (var example in ExamplesOf(parseResult.CommandResult.Command))
            {
                output.Write($"  {ProgramName.Apply(example, io)}\n");
            }

            output.Write("\nExit codes:\n");
            foreach (var (exitCode, meaning) in ExitCodes.Of(parseResult.CommandResult.Command))
            {
                var lines = TextWrap.Lines(meaning, help.MaxWidth - CodeIndent);
                output.Write(string.Create(CultureInfo.InvariantCulture, $"  {(int)exitCode, 2 - CodeIndent}"));
                output.Write($"{string.Join($"\n{new string(' ', CodeIndent)}", lines)}\n");
            }

            return code;
        }

        /// <summary>System.CommandLine describes unmatched tokens as additional arguments; here they are Helm's flags.</summary>
        private int InvokeInWordsOfHelm(ParseResult parseResult)
        {
            var configuration = parseResult.InvocationConfiguration;
            var output = configuration.Output;
            using var text = new StringWriter { NewLine = "\n" };
            configuration.Output = text;
            var code = help.Invoke(parseResult);
            configuration.Output = output;
            var written = HandedOn()
                .Replace(text.ToString(), static match => match.Groups["usage"].Success ? " [NAME] CHART [helm flags]" : "");
            output.Write(ProgramName.Apply(written, io));
            return code;
        }

        [GeneratedRegex(
            @"(?<usage> \[\[--\] <additional arguments>\.\.\.\]+)|^Additional Arguments:\r?\n(  .*\r?\n)+\r?\n?",
            RegexOptions.Multiline
        )]
        private static partial Regex HandedOn();
    }
}
