using System.CommandLine;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The post-renderer: reads manifests from standard input and writes all of them to standard output, or nothing.</summary>
internal static class PostRenderCommand
{
    public static void Configure(RootCommand root, IoContext io)
    {
        var mode = new ChoiceOption<RunMode>(
            "--mode",
            "enforce fixes what it can and refuses the release if errors remain; check changes nothing and refuses a release "
                + "that needs a fix."
        );
        var releaseNamespace = new Option<string>("--namespace", "-n")
        {
            Description =
                "The namespace of the Helm release, for manifests that do not set one. Default: the environment variable "
                + "HELM_NAMESPACE, else the namespace that the other manifests set.",
            HelpName = "NAMESPACE",
        };
        var rules = new RuleOptionSet(root);
        root.Add(mode);
        root.Add(releaseNamespace);
        root.SetAction(parsed =>
        {
            if (io.IsInputTerminal)
            {
                throw new UsageException(
                    "the post-renderer reads manifests from standard input, but standard input is a terminal. Run helm template "
                        + "CHART | tempo-postrender, or tempo-postrender template CHART"
                );
            }

            var stream = ManifestStream.Open(InputReader.ReadAll(io.Input));
            var function = KustomizeFunction.Find(stream);
            var asked = function is null
                ? parsed
                : Parse(root, [.. parsed.Tokens.Select(static token => token.Value), .. function.Options]);
            var options = rules.Read(asked, io, asked.GetValue(releaseNamespace));
            return (int)Run(stream, function, options, asked.GetValue(mode), rules.IsVerbose(asked), io);
        });
    }

    /// <summary>Post-renders manifests to standard output and writes the report to standard error.</summary>
    public static ExitCode Run(ReadOnlyMemory<byte> input, PipelineOptions options, RunMode mode, bool verbose, IoContext io) =>
        Run(ManifestStream.Open(input), function: null, options, mode, verbose, io);

    private static ParseResult Parse(RootCommand root, IReadOnlyList<string> words)
    {
        var parsed = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors.Count == 0
            ? parsed
            : throw new UsageException($"functionConfig: {Printable.OneLine(parsed.Errors[0].Message.TrimEnd('.'))}");
    }

    private static ExitCode Run(
        ManifestStream stream,
        KustomizeFunction? function,
        PipelineOptions options,
        RunMode mode,
        bool verbose,
        IoContext io
    )
    {
        var outcome = Pipeline.Run(stream, options, mode);
        var code = outcome.Output is null ? ExitCode.Findings : ExitCode.Ok;
        // The parts around an edit are small; without a buffer each would be one system call.
        var output = new BufferedStream(io.Output, 1 << 16);
        foreach (var part in function is null ? outcome.Output ?? [] : [function.Answer(outcome)])
        {
            output.Write(part.Span);
        }

        output.Flush();
        new UserMessages(io).Write(code, writer => TextReporter.Write(outcome.Report, verbose, writer));
        if (code == ExitCode.Ok && mode == RunMode.Enforce && outcome.Report.Changed > 0)
        {
            new UserMessages(io).Summarize(writer => TextReporter.WriteSummary(outcome.Report, writer));
        }

        return code;
    }
}
