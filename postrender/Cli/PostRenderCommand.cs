using System.CommandLine;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The post-renderer: manifests from standard input, manifests to standard output or nothing at all.</summary>
internal static class PostRenderCommand
{
    public static void Configure(RootCommand root, IoContext io)
    {
        var mode = new ChoiceOption<RunMode>("--mode", "enforce repairs what it can and refuses the rest; check changes nothing and refuses what it would repair.");
        var releaseNamespace = new Option<string>("--namespace", "-n")
        {
            Description = "The namespace of the Helm release, for manifests that state none. Default: what the others state.",
            HelpName = "NAMESPACE",
        };
        var rules = new RuleOptionSet(root);
        root.Add(mode);
        root.Add(releaseNamespace);
        root.SetAction(parsed =>
        {
            if (io.IsInputTerminal)
            {
                throw new UsageException("this is a post-renderer: it reads manifests from standard input, and there are none (helm template CHART | tempo-postrender, or tempo-postrender template CHART)");
            }

            var options = rules.Read(parsed, io, parsed.GetValue(releaseNamespace));
            return (int)Run(InputReader.ReadAll(io.Input), options, parsed.GetValue(mode), rules.IsVerbose(parsed), io);
        });
    }

    /// <summary>Post-renders manifests onto standard output, and reports.</summary>
    public static ExitCode Run(ReadOnlyMemory<byte> input, PipelineOptions options, RunMode mode, bool verbose, IoContext io)
    {
        var outcome = Pipeline.Run(ManifestStream.Open(input), options, mode);
        var code = outcome.Output is null ? ExitCode.Findings : ExitCode.Ok;
        // Around an edit the parts are small, and each would be a call of the system.
        var output = new BufferedStream(io.Output, 1 << 16);
        foreach (var part in outcome.Output ?? [])
        {
            output.Write(part.Span);
        }

        output.Flush();
        new UserMessages(io).Write(code, writer => TextReporter.Write(outcome.Report, outcome.Output is null, verbose, writer));
        if (code == ExitCode.Ok && mode == RunMode.Enforce && outcome.Report.Changed > 0)
        {
            new UserMessages(io).Summarize(writer => TextReporter.WriteSummary(outcome.Report, writer));
        }

        return code;
    }
}
