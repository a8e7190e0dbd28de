using System.CommandLine;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Checks files, folders or standard input against the rules, and fixes files on request.</summary>
internal static class CheckCommand
{
    public static Command Create(IoContext io)
    {
        var inputs = new Argument<string[]>("FILE")
        {
            Description =
                "Rendered manifests. Each file is checked as a release of its own; the .yaml, .yml and .json files of a folder "
                + "are checked as one release. Default: standard input (-).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var fix = new Option<bool>("--fix")
        {
            Description =
                "Fixes the files in place as the post-renderer would: all of them, or none if one has an error that cannot be fixed "
                + "automatically.",
        };
        var inputName = new Option<string?>("--stdin-name")
        {
            Description = "File name to show in reports instead of standard input.",
            HelpName = "NAME",
        };
        var command = new Command("check", "Checks rendered manifests, and fixes files on request; for CI.") { inputs };
        var output = new ReportOptionSet(command, onOutput: true);
        command.Add(fix);
        command.Add(inputName);
        var rules = new RuleOptionSet(command, hasNamespace: true);
        command.SetAction(parsed =>
        {
            var paths = parsed.GetValue(inputs)!;
            if (paths.Length == 0)
            {
                ManifestFiles.RefuseTerminal(command.Name, io);
                paths = [ManifestFiles.StandardInput];
            }

            var check = new Check(paths, rules.Read(parsed, io), io)
            {
                Format = output.PrintsDiff(parsed) ? ReportFormat.Diff : output.Format(parsed),
                IsQuiet = output.IsQuiet(parsed),
                InputName = parsed.GetValue(inputName),
                Style = new ReportStyle(rules.IsVerbose(parsed)),
            };
            if (check.InputName is not null && !paths.Contains(ManifestFiles.StandardInput))
            {
                throw new UsageException("--stdin-name names standard input, but only files are checked. Name - too, or leave it out");
            }

            if (parsed.GetValue(fix) && paths.Contains(ManifestFiles.StandardInput))
            {
                throw new UsageException(
                    $"--fix changes files, but standard input is not a file. Name the files, or run {ProgramName.Of(io)} < IN > OUT"
                );
            }

            using var files = output.Open(parsed, paths);
            return (int)(parsed.GetValue(fix) ? check.Fix(files) : check.Report(files));
        });
        return command;
    }

    /// <summary>One run of the command.</summary>
    private sealed class Check(string[] paths, PipelineOptions options, IoContext io)
    {
        public required ReportFormat Format { get; init; }

        public required bool IsQuiet { get; init; }

        public required string? InputName { get; init; }

        public required ReportStyle Style { get; init; }

        public ExitCode Report(ReportFiles files)
        {
            // Patches are what a run with fixes would change, and it succeeds where everything can be fixed.
            var mode = Format == ReportFormat.KustomizePatches ? RunMode.Enforce : RunMode.Check;
            var inspection = Inspection.Of(paths, InputName, mode, options, io);
            Say(inspection, "The report does not cover this input");
            return Write(inspection, [.. inspection.Inputs.Select(static input => input.Report)], files);
        }

        public ExitCode Fix(ReportFiles files)
        {
            var inspection = Inspection.Of(paths, InputName, RunMode.Enforce, options, io);
            Say(inspection, "No file was changed");
            if (inspection.Faults.Count == 0 && inspection.Inputs.All(static input => !input.Report.IsRefused))
            {
                new FileRepair().Write(inspection.Inputs);
                return Write(inspection, [.. inspection.Inputs.Select(static input => input.Report)], files);
            }

            // Nothing is fixed, so no finding is reported as fixed.
            var code = Write(
                inspection,
                [.. inspection.Inputs.Select(input => Pipeline.Check(input.Streams, input.Report.Input, options))],
                files
            );
            if (inspection.Faults.Count > 0)
            {
                return code;
            }

            new UserMessages(io).Fail(
                code,
                "no file was changed, because not every finding can be fixed. Resolve the errors, then run --fix again"
            );
            return ExitCode.Findings;
        }

        private void Say(Inspection inspection, string consequence)
        {
            foreach (var fault in inspection.Faults)
            {
                new UserMessages(io).Fail(ExitCode.Input, $"{UserMessages.Describe(fault)}. {consequence}");
            }
        }

        private ExitCode Write(Inspection inspection, List<Report> reports, ReportFiles files)
        {
            files.Write((format, stream) => ReportWriter.Write(reports, format, Style, stream));
            var isRefused = reports.Exists(static report => report.IsRefused);
            var isPrinted = isRefused || !IsQuiet;
            if (isPrinted)
            {
                Print(reports);
            }

            if (files.Has(ReportFormat.KustomizePatches) || (isPrinted && Format == ReportFormat.KustomizePatches))
            {
                PatchReporter.WriteExposed(reports, io.Error);
            }

            return inspection.Faults.Count > 0 ? ExitCode.Input
                : isRefused ? ExitCode.Findings
                : ExitCode.Ok;
        }

        private void Print(List<Report> reports)
        {
            ReportWriter.Write(reports, Format, Style with { Terminal = io.OutputTerminal }, io.Output);
            foreach (var report in reports)
            {
                switch (Format)
                {
                    case ReportFormat.Diff:
                        new UserMessages(io).Write(report, Style.Verbose);
                        break;
                    case ReportFormat.KustomizePatches:
                        TextReporter.WriteUnrepaired(report, io.Error);
                        break;
                }
            }
        }
    }
}
