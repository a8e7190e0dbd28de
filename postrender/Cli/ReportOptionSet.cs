using System.CommandLine;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>Whether text is coloured.</summary>
internal enum ColorChoice
{
    /// <summary>On terminals.</summary>
    Auto,

    /// <summary>In pipes and files too.</summary>
    Always,

    /// <summary>Nowhere.</summary>
    Never,
}

/// <summary>A file that receives a report.</summary>
/// <param name="Path">Its path as the user wrote it.</param>
internal sealed record ReportFile(string Path, ReportFormat Format);

/// <summary>The options that say where a report goes and in which form.</summary>
internal sealed class ReportOptionSet
{
    private static readonly (string Extension, ReportFormat Format)[] Extensions =
    [
        (".txt", ReportFormat.Text),
        (".sarif.json", ReportFormat.Sarif),
        (".json", ReportFormat.Json),
        (".sarif", ReportFormat.Sarif),
        (".mmd", ReportFormat.Mermaid),
        (".diff", ReportFormat.Diff),
        (".patch", ReportFormat.Diff),
        (".md", ReportFormat.Markdown),
        (".html", ReportFormat.Html),
    ];

    private readonly (string Word, ReportFormat Value)[] _offered;
    private readonly ChoiceOption<ReportFormat>? _format;
    private readonly Option<string[]> _output;

    private readonly ChoiceOption<ColorChoice> _color = new(
        "--color",
        "Whether text has colors: auto colors it on a terminal, unless the environment variable NO_COLOR is set.",
        ("auto", ColorChoice.Auto),
        ("always", ColorChoice.Always),
        ("never", ColorChoice.Never)
    );

    private readonly Option<bool> _diff = new("--diff");
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Prints no report unless the run fails." };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="onOutput">Whether the report goes to standard output, in a format that the user chooses.</param>
    /// <param name="offered">The formats that the command has, the default first; none means all.</param>
    public ReportOptionSet(Command command, bool onOutput, params ReportFormat[] offered)
    {
        _offered = Array.FindAll(ReportFormats.All, known => offered.Length == 0 || offered.Contains(known.Value));
        if (onOutput)
        {
            command.Add(_format = new ChoiceOption<ReportFormat>("--format", "The format of the report.", _offered));
        }

        var endings = Array.ConvertAll(Array.FindAll(Extensions, IsOffered), static known => known.Extension);
        _output = new Option<string[]>("--output", "-o")
        {
            Description =
                "Also writes the report to this file; may be given several times. The format is that of the file name "
                + $"({string.Join(", ", endings)}), or the one named before an equals sign: "
                + $"{_offered[^1].Word}=FILE.",
            HelpName = "[FORMAT=]FILE",
            DefaultValueFactory = static _ => [],
        };
        command.Add(_output);
        if (IsOffered(ReportFormat.Diff))
        {
            _diff.Description = onOutput
                ? "Prints a unified diff of what the post-renderer changes, and the report to standard error."
                : "Also prints a unified diff of the changes.";
            command.Add(_diff);
        }

        command.Add(_quiet);
        command.Add(_color);
    }

    /// <summary>The format of the report on standard output.</summary>
    public ReportFormat Format(ParseResult parsed) => _format is null ? ReportFormat.Text : parsed.GetValue(_format);

    /// <summary>Whether to print what changes.</summary>
    /// <exception cref="UsageException">Standard output would have to carry a report too.</exception>
    public bool PrintsDiff(ParseResult parsed)
    {
        if (!IsOffered(ReportFormat.Diff) || !parsed.GetValue(_diff))
        {
            return false;
        }

        return Format(parsed) is ReportFormat.Text or ReportFormat.Lines or ReportFormat.Diff
            ? true
            : throw new UsageException(
                $"--diff and --format {Format(parsed).Word()} would both be written to standard output. Write one of them to "
                    + "a file with --output"
            );
    }

    /// <summary>Whether a run that succeeds prints no report.</summary>
    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <summary>Whether a parsed command line asks for colours; commands without a report have no such option.</summary>
    public static ColorChoice Color(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<ChoiceOption<ColorChoice>>().FirstOrDefault() is { } option
            ? parsed.GetValue(option)
            : ColorChoice.Auto;

    /// <summary>Opens the files that receive the report, so that a file that cannot be written fails the run before it starts.</summary>
    /// <param name="inputs">The files that are read, which no report may replace.</param>
    /// <exception cref="UsageException">The format of a file is not known, or it is an input.</exception>
    /// <exception cref="FileWriteException">A file cannot be written.</exception>
    public ReportFiles Open(ParseResult parsed, params IReadOnlyList<string> inputs) =>
        ReportFiles.Open([.. parsed.GetValue(_output)!.Select(FileOf)], inputs);

    /// <summary>Writes a report to its files, and to standard output unless the run succeeds and is to be quiet.</summary>
    /// <param name="fails">Whether the run fails.</param>
    /// <param name="output">Standard output.</param>
    public ExitCode Write(ParseResult parsed, ReportFiles files, ClusterReport report, bool fails, Stream output)
    {
        files.Write(report.Write);
        if (fails || !IsQuiet(parsed))
        {
            report.Write(Format(parsed), output);
        }

        return fails ? ExitCode.Findings : ExitCode.Ok;
    }

    private bool IsOffered((string Extension, ReportFormat Format) known) => IsOffered(known.Format);

    private bool IsOffered(ReportFormat format) => Array.Exists(_offered, known => known.Value == format);

    private ReportFile FileOf(string text)
    {
        var separator = text.IndexOf('=', StringComparison.Ordinal);
        var word = separator < 0 ? "" : text[..separator];
        foreach (var known in _offered)
        {
            if (known.Word.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return Named(text[(separator + 1)..], known);
            }
        }

        foreach (var known in Extensions)
        {
            if (text.EndsWith(known.Extension, StringComparison.OrdinalIgnoreCase) && IsOffered(known))
            {
                return new ReportFile(text, known.Format);
            }
        }

        var words = Array.ConvertAll(_offered, static known => known.Word);
        throw new UsageException(
            $"--output is {Printable.OneLine(text)}, and the file name does not tell the format. Write FORMAT=FILE, where FORMAT is "
                + $"one of {string.Join(", ", words)}{NearestWord.Question(word, words)}"
        );
    }

    /// <summary>A file with a stated format. Its name must not make a later run, or another program, take it for manifests.</summary>
    private static ReportFile Named(string path, (string Word, ReportFormat Value) format)
    {
        if (path.Length == 0)
        {
            throw new UsageException(
                $"--output is {format.Word}=, which names no file. If a script passes a variable there, it may be empty or not set"
            );
        }

        return
            format.Value is ReportFormat.Json or ReportFormat.Sarif or ReportFormat.KustomizePatches || !ManifestFiles.HasManifestName(path)
            ? new ReportFile(path, format.Value)
            : throw new UsageException(
                $"--output: {Printable.OneLine(path)} would be read as a manifest, and {format.Word} is neither YAML nor JSON. Give the "
                    + "file another ending, such as .txt"
            );
    }
}
