using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>Reports as one page: the verdict, each release as a picture, what is to decide, what changes, and every object.</summary>
public static class HtmlReporter
{
    /// <summary>Writes reports.</summary>
    /// <param name="reports">The reports, one for each input.</param>
    /// <param name="output">Receives the page.</param>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        var groups = reports.Select(ReportGroups.Of).ToList();
        var releases = groups.Sum(static group => group.Releases.Count);
        var title = groups.Count == 1 ? VerdictText.Heading(groups[0]) : $"{groups.Count} inputs, {releases} releases of Tempo";
        HtmlPage.Write(
            title,
            output,
            html =>
            {
                html.Start("main");
                if (groups.Count > 1)
                {
                    WriteContents(html, groups);
                }

                var number = 0;
                foreach (var group in groups)
                {
                    html.Start("article", ("id", $"report{number}"));
                    WriteReport(html, group, number++);
                    html.End("article");
                }

                HtmlParts.WriteFoot(html);
                html.End("main");
            }
        );
    }

    private static void WriteContents(HtmlWriter html, List<ReportGroups> groups)
    {
        html.Start("nav", ("aria-label", "Inputs"));
        html.Start("ul");
        foreach (var (group, number) in groups.Select(static (group, number) => (group, number)))
        {
            html.Start("li");
            html.Element("a", NameOf(group.Report), ("href", $"#report{number}"));
            html.Text($" {VerdictText.Word(group)}");
            html.End("li");
        }

        html.End("ul", "nav");
    }

    private static void WriteReport(HtmlWriter html, ReportGroups group, int number)
    {
        var report = group.Report;
        HtmlParts.WriteHead(
            html,
            $"{NameOf(report)} · {Documents(report.Documents)}",
            VerdictText.Heading(group),
            VerdictText.Sentence(group)
        );
        var (errors, warnings) = (report.Count(ReportedLevel.Error), report.Count(ReportedLevel.Warning));
        var changes = report.Count(ReportedLevel.Fixed) + report.Count(ReportedLevel.Fixable);
        HtmlParts.WriteTiles(
            html,
            [
                .. group
                    .Releases.Take(4)
                    .Select(static release => new Tile(
                        Printable.OneLine(release.Analysis.Release),
                        release.Analysis.Decision.Family?.ToString() ?? "undecided",
                        $"by {release.Analysis.Decision.Basis}",
                        release.Analysis.Decision.Family is null ? "error" : null
                    )),
                HtmlParts.Count("To decide", errors, "only you can", "error"),
                HtmlParts.Count(
                    report.Count(ReportedLevel.Fixed) > 0 ? "Fixed" : "Fixable",
                    changes,
                    $"in {Documents(report.Changed)}",
                    "change"
                ),
                HtmlParts.Count("Warnings", warnings, "you should know", "warning"),
            ]
        );
        WriteNext(html, group);
        var diff = UnifiedDiff.Of(report);
        foreach (var (release, index) in group.Releases.Select(static (release, index) => (release, index)))
        {
            new ReleaseSection(html, report, release, diff, $"r{number}x{index}").Write(isNamed: group.Releases.Count > 1);
        }

        foreach (var note in diff.SelectMany(static file => file.Notes))
        {
            html.Element("p", note, ("class", "note"));
        }

        foreach (var truncated in report.Graph.Truncated)
        {
            html.Start("div", ("class", "card warning"));
            html.Element("p", TextReporter.TruncatedLine(truncated), ("class", "what"));
            html.End("div");
        }
    }

    private static void WriteNext(HtmlWriter html, ReportGroups group)
    {
        var steps = NextSteps.After(group.Report, group.Verdict).ToList();
        if (steps.Count == 0)
        {
            return;
        }

        html.Start("details", ("class", "next"));
        html.Element("summary", "What to do next");
        html.Start("ol", ("class", "card steps"));
        foreach (var step in steps)
        {
            html.Start("li");
            html.Text(step.Text);
            if (step.Command is { } command)
            {
                html.Start("pre", ("tabindex", "0"));
                html.Text(command);
                html.End("pre");
            }

            html.End("li");
        }

        html.End("ol", "details");
    }

    private static string NameOf(Report report) => Printable.OneLine(report.Input ?? "standard input");

    private static string Documents(int number) => number == 1 ? "1 document" : $"{number} documents";
}
