using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The report for people: one line per finding.</summary>
public static class TextReporter
{
    /// <summary>The program's name; every line that is not a finding starts with it.</summary>
    public const string Program = "tempo-postrender";

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="refused">Whether the release is refused; nothing was fixed then.</param>
    /// <param name="verbose">Whether to list the rules that hold.</param>
    /// <param name="output">Receives the report.</param>
    public static void Write(Report report, bool refused, bool verbose, TextWriter output)
    {
        foreach (var analysis in report.Analyses)
        {
            if (analysis.Decision.Family is { } family)
            {
                output.WriteLine($"{Program}: {analysis.Release} is {family}, by {analysis.Decision.Basis}");
            }

            // Fixable findings do not cause the refusal and would hide the errors, so they are listed with --verbose only.
            foreach (
                var finding in analysis.Findings.Where(finding => verbose || !refused || report.LevelOf(finding) != ReportedLevel.Fixed)
            )
            {
                output.WriteLine(Line(finding, report.LevelOf(finding), refused));
            }

            foreach (var rule in analysis.Disabled)
            {
                output.WriteLine($"disabled {rule.Id} {analysis.Release}: {rule.Name} was not checked.");
            }

            if (verbose)
            {
                foreach (var rule in analysis.Satisfied)
                {
                    output.WriteLine($"holds {rule.Id} {analysis.Release}: {rule.Holds}.");
                }
            }
        }

        foreach (var truncated in report.Graph.Truncated)
        {
            output.WriteLine(
                $"warning {Printable.OneLine(truncated.Source ?? "a template")}: the manifest has no kind; Helm before 4.2 cuts off a manifest whose first line is indented. Update Helm, or render without the indentation."
            );
        }

        output.WriteLine(Summary(report, refused));
    }

    /// <summary>Writes the findings that no repair ends.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Where to.</param>
    public static void WriteUnrepaired(Report report, TextWriter output)
    {
        foreach (var finding in report.Findings.Where(finding => report.LevelOf(finding) is ReportedLevel.Error or ReportedLevel.Warning))
        {
            output.WriteLine(Line(finding, report.LevelOf(finding), refused: false));
        }
    }

    /// <summary>A finding in one line: <c>level id Kind/namespace/name path: found; why. remedy. (source)</c>.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="level">The level in the report.</param>
    /// <param name="refused">Whether the release is refused.</param>
    public static string Line(Finding finding, ReportedLevel level, bool refused)
    {
        var word = level switch
        {
            ReportedLevel.Fixed => refused ? "fixable" : "fixed",
            ReportedLevel.Error => "error",
            ReportedLevel.Ignored => "ignored",
            _ => "warning",
        };
        var place = finding.Place;
        var path = place.FullPath.Length == 0 ? "" : " " + place.FullPath;
        return $"{word} {finding.Rule.Id} {Printable.OneLine(place.Object)}{path}: {finding.Found}; {finding.Why}. "
            + $"{finding.Remedy}. ({Where(place)})";
    }

    /// <summary>A summary for users who install a release: its family, and the number of fixes by rule.</summary>
    /// <param name="report">The report of a release that was written.</param>
    /// <param name="output">Receives the summary.</param>
    public static void WriteSummary(Report report, TextWriter output)
    {
        foreach (var analysis in report.Analyses.Where(static analysis => analysis.Decision.Family is not null))
        {
            output.WriteLine($"{Program}: {analysis.Release} is {analysis.Decision.Family}, by {analysis.Decision.Basis}");
        }

        var rules = report
            .Findings.Where(finding => report.LevelOf(finding) == ReportedLevel.Fixed)
            .CountBy(static finding => finding.Rule.Id)
            .OrderBy(static rule => rule.Key, StringComparer.Ordinal)
            .Select(static rule => rule.Value == 1 ? rule.Key : $"{rule.Value} {rule.Key}");
        output.WriteLine($"{Summary(report, refused: false)}. Fixed: {string.Join(", ", rules)}");
    }

    private static string Where(Place place)
    {
        if (place.Location.Line == 0)
        {
            return "live";
        }

        var line = $"line {place.Location.Line}";
        return (place.File ?? place.Source) is { } name ? $"{Printable.OneLine(name)}, {line}" : line;
    }

    private static string Summary(Report report, bool refused)
    {
        if (report.Analyses.Count == 0)
        {
            return $"{Program}: {Count(report.Documents, "document")}, none of them belongs to Tempo; nothing to do";
        }

        var (errors, warnings, ignored) = (
            report.Count(ReportedLevel.Error),
            report.Count(ReportedLevel.Warning),
            report.Count(ReportedLevel.Ignored)
        );
        var found = $"{Count(errors, "error")}, {Count(warnings, "warning")}{(ignored > 0 ? $", {ignored} ignored" : "")}";
        return report.Mode == RunMode.Check ? $"{Program}: {Count(report.Documents, "document")} checked; {found}"
            : refused
                ? $"{Program}: refused, nothing was written; {found}, {report.Count(ReportedLevel.Fixed)} fixable (--verbose lists them)"
            : $"{Program}: {Count(report.Documents, "document")} read, {report.Changed} changed; {report.Count(ReportedLevel.Fixed)} fixed, {found}";
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
