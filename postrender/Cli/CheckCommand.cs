using System.CommandLine;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Checks files, folders or standard input against the rules and writes a report to standard output.</summary>
internal static class CheckCommand
{
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
        var command = new Command("check", "Checks rendered manifests without changing them; for CI.") { files };
        var output = new ReportOptionSet(command, onOutput: true);
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
            var format = output.Format(parsed);
            var paths = parsed.GetValue(files) is { Length: > 0 } named ? named : [ManifestFiles.StandardInput];
            using var reportFiles = output.Open(parsed, paths);
            // Patches are what a run that repairs would do, and it succeeds where everything can be repaired.
            var mode = format == ReportFormat.KustomizePatches ? RunMode.Enforce : RunMode.Check;
            var reports = Examine(paths, mode, options, io);
            var isRefused = reports.Exists(static report => report.IsRefused);
            var style = new ReportStyle(rules.IsVerbose(parsed));
            reportFiles.Write((fileFormat, stream) => ReportWriter.Write(reports, fileFormat, style, stream));
            if (isRefused || !output.IsQuiet(parsed))
            {
                ReportWriter.Write(reports, format, style with { Terminal = io.OutputTerminal }, io.Output);
                if (format == ReportFormat.KustomizePatches)
                {
                    reports.ForEach(report => TextReporter.WriteUnrepaired(report, io.Error));
                }
            }

            return (int)(
                reports.Count < paths.Length ? ExitCode.Input
                : isRefused ? ExitCode.Findings
                : ExitCode.Ok
            );
        });
        return command;
    }

    /// <summary>The reports of the inputs that can be read; of several inputs, one that cannot be read does not hide the others.</summary>
    /// <exception cref="InvalidInputException">No input can be read.</exception>
    private static List<Report> Examine(string[] paths, RunMode mode, PipelineOptions options, IoContext io)
    {
        var reports = new List<Report>();
        var faults = new List<InvalidInputException>();
        foreach (var path in paths)
        {
            IReadOnlyList<ManifestStream> streams = [];
            try
            {
                streams = ManifestFiles.Open(path, io);
                var input = path == ManifestFiles.StandardInput ? null : path;
                reports.Add(mode == RunMode.Check ? Pipeline.Check(streams, input, options) : Pipeline.Plan(streams, input, options));
            }
            catch (InvalidInputException exception)
            {
                var all = streams.Count > 1 ? FaultsOf(streams, options).ToList() : [];
                faults.AddRange(all.Count == 0 ? [exception] : all);
            }
        }

        if (reports.Count == 0 && faults is [var only])
        {
            throw only;
        }

        foreach (var fault in faults)
        {
            new UserMessages(io).Fail(ExitCode.Input, $"{UserMessages.Describe(fault)}. The report does not cover this input");
        }

        return reports;
    }

    /// <summary>What is wrong with each file of a folder; the files are one release, so none of them is judged without the others.</summary>
    private static IEnumerable<InvalidInputException> FaultsOf(IReadOnlyList<ManifestStream> streams, PipelineOptions options)
    {
        foreach (var stream in streams.Where(static stream => !stream.IsBlank))
        {
            InvalidInputException? fault = null;
            try
            {
                Pipeline.Check([stream], stream.File, options);
            }
            catch (InvalidInputException exception)
            {
                fault = exception;
            }

            if (fault is not null)
            {
                yield return fault;
            }
        }
    }
}
