using Spectre.Console;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The report of <c>verify</c> as text: the tables, then one line for each finding.</summary>
internal static class VerificationReporter
{
    /// <summary>Writes the report.</summary>
    /// <param name="verbose">Whether to list the rules and checks that hold.</param>
    public static void Write(VerificationReport found, bool verbose, TextWriter output)
    {
        foreach (var release in found.Releases)
        {
            if (release.Family is { } family)
            {
                output.WriteLine($"{ProgramInfo.Name}: {release.FamilyText}, by {release.Analysis.Decision.Basis}");
                output.WriteLine();
                foreach (var table in VerificationTables.Of(release, family))
                {
                    WriteTable(table, output);
                }
            }

            foreach (var finding in release.Findings)
            {
                output.WriteLine(TextReporter.Line(finding, VerificationReport.LevelOf(finding)));
            }

            foreach (var rule in release.Analysis.Disabled)
            {
                output.WriteLine($"disabled {rule.Id} {release.Analysis.Release}: {rule.Name} was not checked.");
            }

            foreach (var rule in verbose ? release.Satisfied : [])
            {
                output.WriteLine($"holds {rule.Id} {release.Analysis.Release}: {rule.Holds}.");
            }
        }

        output.WriteLine(Summary(found));
    }

    /// <summary>The result in one line.</summary>
    public static string Summary(VerificationReport found)
    {
        var pods = found.Releases.SelectMany(static release => release.Pods).ToList();
        if (found.Releases.Count == 0)
        {
            return $"{ProgramInfo.Name}: none of the {Wording.Count(found.PodsRead, "pod")} in the namespace "
                + $"{Printable.OneLine(found.Namespace)} runs Tempo; check --namespace, --selector and --context";
        }

        var uncheckedPods = pods.Count(static pod => pod.Problems.Count > 0);
        return $"{ProgramInfo.Name}: {Wording.Count(pods.Count, "pod")}"
            + $"{(uncheckedPods == 0 ? "" : $", {uncheckedPods} of them not checked")}; "
            + $"{Wording.Count(found.Count(ReportedLevel.Error), "error")}, "
            + Wording.Count(found.Count(ReportedLevel.Warning), "warning")
            + $"{(found.Count(ReportedLevel.Ignored) is > 0 and var ignored ? $", {ignored} ignored" : "")}"
            + (
                found.Releases.Any(static release => release.Family is not null && !release.HasListeners)
                    ? "; listeners were not checked (--no-debug-container)"
                    : ""
            )
            + (
                found.Releases.SelectMany(static release => release.Reached ?? []).ToList() is { Count: > 0 } reached
                    ? $"; {Wording.Count(reached.Sum(static report => report.Connections.Count), "destination")} tested from "
                        + $"{Wording.Count(reached.Count, "pod")}"
                    : ""
            )
            + (
                found.Releases.SelectMany(static release => release.Trace?.Spans ?? []).ToList() is { Count: > 0 } spans
                    ? $"; {spans.Count(static span => span.ReadAfter is not null)} of {Wording.Count(spans.Count, "span")} read back"
                    : ""
            );
    }

    private static void WriteTable(ReportTable table, TextWriter output)
    {
        var rows = table
            .Rows.Prepend(table.Columns)
            .Select(static row => row.Select(static cell => Printable.OneLine(cell)).ToList())
            .ToList();
        var widths = table.Columns.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        output.WriteLine();
    }
}
