using System.CommandLine;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>The post-renderer: reads manifests from standard input and writes all of them to standard output, or nothing.</summary>
internal static class PostRenderCommand
{
    public static void Configure(Command root, IoContext io)
    {
        var mode = new ChoiceOption<RunMode>(
            "--mode",
            "enforce fixes what it can and refuses the release if errors remain; check changes nothing and refuses a release "
                + "that needs a fix.",
            ("enforce", RunMode.Enforce),
            ("check", RunMode.Check)
        );
        var report = new ReportOptionSet(root, onOutput: false);
        var rules = new RuleOptionSet(root, hasNamespace: true);
        root.Add(mode);
        root.SetAction(parsed =>
        {
            if (io.IsInputTerminal)
            {
                throw new UsageException(
                    "the post-renderer reads manifests from standard input, but standard input is a terminal. Run helm template "
                        + "CHART | tempo-postrender, or tempo-postrender template CHART"
                );
            }

            using var files = report.Open(parsed);
            var stream = ManifestStream.Open(InputReader.ReadAll(io));
            var function = KustomizeFunction.Find(stream);
            var asked = function is null
                ? parsed
                : Parse(root, [.. parsed.Tokens.Select(static token => token.Value), .. function.Options]);
            var options = rules.Read(asked, io);
            return (int)Run(
                stream,
                function,
                new PostRenderOptions
                {
                    Options = options,
                    Mode = asked.GetValue(mode),
                    Verbose = rules.IsVerbose(asked),
                    Quiet = report.IsQuiet(asked),
                    PrintsDiff = report.PrintsDiff(asked),
                    Files = files,
                },
                io
            );
        });
    }

    /// <summary>Post-renders manifests to standard output and writes the report to standard error.</summary>
    public static ExitCode Run(ReadOnlyMemory<byte> input, PostRenderOptions run, IoContext io) =>
        Run(ManifestStream.Open(input), function: null, run, io);

    private static ParseResult Parse(Command root, IReadOnlyList<string> words)
    {
        var parsed = Commands.Parse(root, words);
        return parsed.Errors.Count == 0
            ? parsed
            : throw new UsageException($"functionConfig: {Printable.OneLine(parsed.Errors[0].Message.TrimEnd('.'))}");
    }

    private static ExitCode Run(ManifestStream stream, KustomizeFunction? function, PostRenderOptions run, IoContext io)
    {
        var outcome = Pipeline.Run(stream, run.Options, run.Mode);
        var messages = new UserMessages(io);
        var report = outcome.Report with { IsInputHidden = run.IsInputHidden || messages.IsBehindHelm, IsReturned = function is not null };
        var code = outcome.Output is null ? ExitCode.Findings : ExitCode.Ok;
        var style = new ReportStyle(run.Verbose);
        run.Files.Write((format, file) => ReportWriter.Write([report], format, style, file));
        // The parts around an edit are small; without a buffer each would be one system call.
        var output = new BufferedStream(io.Output, 1 << 14);
        foreach (var part in function is null ? outcome.Output ?? [] : [function.Answer(outcome)])
        {
            output.Write(part.Span);
        }

        output.Flush();
        if (run.Quiet && code == ExitCode.Ok)
        {
            return code;
        }

        messages.Write(report, run.Verbose);
        if (run.PrintsDiff && (run.Mode == RunMode.Check || code == ExitCode.Ok))
        {
            UnifiedDiff.Write([report], io.ErrorTerminal, io.ErrorAsIs);
            io.ErrorAsIs.Flush();
        }

        if (code == ExitCode.Ok && run.Mode == RunMode.Enforce && report.Changed > 0)
        {
            messages.Summarize(writer => TextReporter.WriteSummary(report, writer));
        }

        return code;
    }
}

/// <summary>The user's options for one run of the post-renderer.</summary>
internal sealed record PostRenderOptions
{
    /// <summary>The options for the rules.</summary>
    public required PipelineOptions Options { get; init; }

    /// <summary>Whether to apply fixes.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>Whether to list the rules that hold.</summary>
    public required bool Verbose { get; init; }

    /// <summary>Whether to print no report if the run succeeds.</summary>
    public required bool Quiet { get; init; }

    /// <summary>Whether to print what changes, too.</summary>
    public required bool PrintsDiff { get; init; }

    /// <summary>The files that receive the report.</summary>
    public required ReportFiles Files { get; init; }

    /// <summary>Whether the program has rendered the manifests itself, so that nobody has seen them.</summary>
    public bool IsInputHidden { get; init; }
}
