using System.Globalization;
using Spectre.Console;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The report of <c>verify</c> as text: the tables, then one line for each finding.</summary>
internal static class VerificationReporter
{
    /// <summary>No line is wrapped: a pipe has no width, and a terminal wraps lines itself.</summary>
    private const int Width = 4_000;

    /// <summary>Writes the report.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="verbose">Whether to list the rules and checks that hold.</param>
    /// <param name="output">The output.</param>
    public static void Write(Verification found, bool verbose, TextWriter output)
    {
        foreach (var release in found.Releases)
        {
            if (release.Family is { } family)
            {
                output.WriteLine($"{TextReporter.Program}: {release.Analysis.Release} is {family}, by {release.Analysis.Decision.Basis}");
                output.WriteLine();
                foreach (var table in VerificationTables.Of(release, family))
                {
                    WriteTable(table, output);
                }
            }

            foreach (var finding in release.Findings)
            {
                output.WriteLine(TextReporter.Line(finding, Verification.LevelOf(finding)));
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
    public static string Summary(Verification found)
    {
        var pods = found.Releases.SelectMany(static release => release.Pods).ToList();
        if (found.Releases.Count == 0)
        {
            return $"{TextReporter.Program}: none of the {Wording.Count(found.PodsRead, "pod")} in the namespace "
                + $"{Printable.OneLine(found.Namespace)} runs Tempo; check --namespace, --selector and --context";
        }

        var unjudged = pods.Count(static pod => pod.Problems.Count > 0);
        return $"{TextReporter.Program}: {Wording.Count(pods.Count, "pod")}"
            + $"{(unjudged == 0 ? "" : $", {unjudged} of them not checked")}; "
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
        using var drawn = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(drawn),
            }
        );
        console.Profile.Width = Width;
        var grid = new Table { Border = TableBorder.None };
        foreach (var column in table.Columns)
        {
            grid.AddColumn(new TableColumn(new Text(column)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in table.Rows)
        {
            grid.AddRow(row.Select(static cell => new Text(Printable.OneLine(cell))));
        }

        console.Write(grid);
        foreach (var line in drawn.ToString().TrimEnd().Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }

        output.WriteLine();
    }
}
