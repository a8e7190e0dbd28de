using System.CommandLine;
using System.Text;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The format of a report.</summary>
internal enum ReportFormat
{
    /// <summary>One line per finding, for people.</summary>
    Text,

    /// <summary>JSON; its schema is docs/report.schema.json.</summary>
    Json,

    /// <summary>SARIF 2.1.0.</summary>
    Sarif,

    /// <summary>GitHub workflow commands.</summary>
    Github,

    /// <summary>A diagram of the release: a Mermaid flowchart.</summary>
    Mermaid,

    /// <summary>Kustomize patches that make the repairs of the post-renderer.</summary>
    KustomizePatches,
}

/// <summary>Checks files, folders or standard input against the rules and writes a report to standard output.</summary>
internal static class CheckCommand
{
    private delegate Report Examination(IReadOnlyList<ManifestStream> streams, string? input, PipelineOptions options);

    public static Command Create(IoContext io)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description =
                "Rendered manifests. Each file is checked as a release of its own; the .yaml, .yml and .json files of a folder "
                + "are checked as one release. Default: standard input (-).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        files.RefuseOptions();
        var format = new ChoiceOption<ReportFormat>("--format", "The format of the report.");
        var command = new Command("check", "Checks rendered manifests without changing them; for CI.") { files, format };
        var rules = new RuleOptionSet(command);
        var releaseNamespace = new Option<string?>("--namespace", "-n")
        {
            Description =
                "The namespace of objects that do not set one. Default: the environment variable HELM_NAMESPACE, else the "
                + "namespace that the other objects set.",
            HelpName = "NAMESPACE",
        };
        command.Add(releaseNamespace);
        command.SetAction(parsed =>
        {
            var options = rules.Read(parsed, io, parsed.GetValue(releaseNamespace));
            var reports = new List<Report>();
            var examine = parsed.GetValue(format) == ReportFormat.KustomizePatches ? (Examination)Pipeline.Plan : Pipeline.Check;
            foreach (var file in parsed.GetValue(files) is { Length: > 0 } named ? named : [ManifestFiles.StandardInput])
            {
                reports.Add(examine(ManifestFiles.Open(file, io), file == ManifestFiles.StandardInput ? null : file, options));
            }

            Write(reports, parsed.GetValue(format), rules.IsVerbose(parsed), io);
            return (int)(reports.Exists(static report => report.IsRefused) ? ExitCode.Findings : ExitCode.Ok);
        });
        return command;
    }

    private static void Write(List<Report> reports, ReportFormat format, bool verbose, IoContext io)
    {
        if (format is ReportFormat.Json or ReportFormat.Sarif)
        {
            (format == ReportFormat.Json ? (Action<IReadOnlyList<Report>, Stream>)JsonReporter.Write : SarifReporter.Write)(
                reports,
                io.Output
            );
            return;
        }

        using var writer = new StreamWriter(io.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        switch (format)
        {
            case ReportFormat.Github:
                GitHubReporter.Write(reports, writer);
                break;
            case ReportFormat.Mermaid:
                MermaidReporter.Write(reports, writer);
                break;
            case ReportFormat.KustomizePatches:
                PatchReporter.Write(reports, writer);
                reports.ForEach(report => TextReporter.WriteUnrepaired(report, io.Error));
                break;
            default:
                using (var text = TerminalWriter.Over(writer, io.OutputTerminal))
                {
                    reports.ForEach(report => TextReporter.Write(report, verbose, text));
                }

                break;
        }
    }
}
