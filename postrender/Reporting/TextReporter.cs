using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Wording;

namespace Tempo.PostRender.Reporting;

/// <summary>The report for people: one line per finding.</summary>
public static class TextReporter
{
    /// <summary>More workloads that restart are only counted.</summary>
    private const int MaxRestarts = 20;

    /// <summary>Writes a report.</summary>
    /// <param name="verbose">Whether to list the rules that hold.</param>
    /// <param name="output">Receives the report.</param>
    public static void Write(Report report, bool verbose, TextWriter output)
    {
        for (var index = 0; index < report.Analyses.Count; index++)
        {
            var analysis = report.Analyses[index];
            WriteFamily(report, analysis, output);

            // Where a release is refused because of its errors, the fixable findings would hide them.
            var hidesFixable = report is { Mode: RunMode.Enforce, IsRefused: true } && !verbose;
            foreach (var finding in analysis.Findings.Where(finding => !hidesFixable || finding.Level != FindingLevel.Fixable))
            {
                output.WriteLine(Line(finding, report.LevelOf(finding), report.IsInputHidden));
            }

            if (report.Mode == RunMode.Check && report.RestartsOf(index) is { Count: > 0 } restarts)
            {
                var names = Wording.Names(restarts, MaxRestarts);
                output.WriteLine($"{ProgramInfo.Name}: the fixes restart {names}, because the config that they read changes");
            }

            foreach (var rule in analysis.Disabled)
            {
                output.WriteLine($"disabled {rule.Id} {analysis.Release}: {rule.Name} was not checked.");
            }

            if (verbose)
            {
                foreach (var rule in analysis.Satisfied.Value)
                {
                    output.WriteLine($"holds {rule.Id} {analysis.Release}: {rule.Holds}.");
                }
            }
        }

        foreach (var truncated in report.Graph.Truncated)
        {
            output.WriteLine(TruncatedLine(truncated));
        }

        output.WriteLine(Summary(report));
    }

    /// <summary>Writes the findings that no repair ends.</summary>
    public static void WriteUnrepaired(Report report, TextWriter output)
    {
        foreach (var finding in report.Findings.Where(finding => report.LevelOf(finding) is ReportedLevel.Error or ReportedLevel.Warning))
        {
            output.WriteLine(Line(finding, report.LevelOf(finding), report.IsInputHidden));
        }
    }

    /// <summary>A manifest that Helm cut off, in one line.</summary>
    public static string TruncatedLine(KubernetesObject truncated) =>
        $"warning {Printable.OneLine(truncated.Source ?? "a template")}: the manifest has no kind; Helm before 4.2 cuts "
        + "off a manifest whose "
        + "first line is indented. Update Helm, or render without the indentation.";

    /// <summary>A finding in one line: <c>level id Kind/namespace/name path: found; why. remedy. (source)</c>.</summary>
    /// <param name="level">The level in the report.</param>
    /// <param name="isInputHidden">Whether nobody can look at the input, so that its lines have no use.</param>
    public static string Line(Finding finding, ReportedLevel level, bool isInputHidden = false)
    {
        var place = finding.Place;
        var path = place.FullPath is { Length: > 0 } text ? " " + text : "";
        var (found, where) = (finding.Sentence(level), Where(place, isInputHidden));
        return $"{level.Word()} {finding.Rule.Id} {Printable.OneLine(place.Object)}{path}: {found} ({where})";
    }

    /// <summary>A summary for users who install a release: its family, and the number of fixes by rule.</summary>
    /// <param name="report">The report of a release that was written.</param>
    /// <param name="output">Receives the summary.</param>
    public static void WriteSummary(Report report, TextWriter output)
    {
        foreach (var analysis in report.Analyses)
        {
            WriteFamily(report, analysis, output);
        }

        var rules = report
            .Findings.Where(finding => report.LevelOf(finding) == ReportedLevel.Fixed && !finding.IsRestart)
            .CountBy(static finding => finding.Rule.Id)
            .OrderBy(static rule => rule.Key, StringComparer.Ordinal)
            .Select(static rule => rule.Value == 1 ? rule.Key : $"{rule.Value} {rule.Key}");
        output.WriteLine($"{Summary(report)}. Fixed: {string.Join(", ", rules)}");
    }

    /// <summary>
    /// Where the line of a finding is: in a file, in standard input, or, where nobody sees the input, the line itself.
    /// </summary>
    /// <param name="isInputHidden">Whether nobody sees the input.</param>
    internal static string Where(Place place, bool isInputHidden)
    {
        var template = place.Source is { } source ? Printable.OneLine(source) : null;
        return place switch
        {
            { IsLive: true } => "live",
            { File: { } file } => $"{Printable.OneLine(file)}:{place.Location.Line}",
            _ when isInputHidden => Excerpt.Of(place) is { } excerpt
                ? $"{template ?? "a template"}: {(excerpt.IsShown ? $"\"{excerpt.Text}\"" : $"a line {excerpt.Text}")}"
                : template ?? "a template",
            _ when template is null => $"line {place.Location.Line} of standard input",
            _ => $"{template}, line {place.Location.Line} of standard input",
        };
    }

    /// <summary>The numbers of a report: documents and findings.</summary>
    internal static string Numbers(Report report)
    {
        var (fixable, ignored) = (report.Count(ReportedLevel.Fixable), report.Count(ReportedLevel.Ignored));
        var restarts = report
            .Findings.Where(static finding => finding.IsRestart)
            .DistinctBy(static finding => finding.Place.Object)
            .Count();
        var found =
            (fixable > 0 ? $"{fixable} fixable, " : "")
            + $"{Count(report.Count(ReportedLevel.Error), "error")}, {Count(report.Count(ReportedLevel.Warning), "warning")}"
            + (ignored > 0 ? $", {ignored} ignored" : "");
        var documents = Count(report.Documents, "document");
        return report switch
        {
            { Mode: RunMode.Check } => $"{documents} checked; {found}",
            { IsRefused: true } => $"{documents} read, {(report.IsReturned ? "all returned unchanged" : "nothing written")}; {found}",
            _ => $"{documents} read, {report.Changed} changed; {report.Count(ReportedLevel.Fixed)} fixed, {found}"
                + (restarts > 0 ? $"; {Count(restarts, "workload")} will restart" : ""),
        };
    }

    private static void WriteFamily(Report report, ReleaseAnalysis analysis, TextWriter output)
    {
        if (analysis.Decision.Family is not null)
        {
            var family = report.FamilyOf(analysis);
            output.WriteLine($"{ProgramInfo.Name}: {family}, by {analysis.Decision.Basis}");
        }
    }

    private static string Summary(Report report)
    {
        var hasFixable = report.Count(ReportedLevel.Fixable) > 0;
        return $"{ProgramInfo.Name}: "
            + report switch
            {
                { Analyses.Count: 0 } => $"{VerdictText.NoTempo(report.Documents)}; nothing to do",
                { Mode: RunMode.Check } when hasFixable => $"{Numbers(report)}. {ProgramInfo.Name} "
                    + $"{(report.Input is null ? "< IN > OUT" : "check --fix FILE")} fixes what is fixable",
                { Mode: RunMode.Enforce, IsRefused: true } =>
                    $"refused: {Numbers(report)}{(hasFixable ? " (--verbose lists what is fixable)" : "")}",
                _ => Numbers(report),
            };
    }
}
