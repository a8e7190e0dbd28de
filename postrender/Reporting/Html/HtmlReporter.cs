using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Html.HtmlParts;
using static Tempo.PostRender.Reporting.Html.Markup;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>Reports as one page: the verdict, each release as a picture, what is to decide, what changes, and every object.</summary>
public static class HtmlReporter
{
    /// <summary>Writes reports.</summary>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        var groups = reports.Select(ReportGroups.Of).ToList();
        var releases = groups.Sum(static group => group.Releases.Count);
        HtmlPage.Write(
            groups.Count == 1 ? VerdictText.Heading(groups[0]) : $"{groups.Count} inputs, {releases} releases of Tempo",
            output,
            groups.Count > 1 ? Contents(groups) : null,
            All(groups.Select(static (group, number) => Element("article", [("id", $"report{number}")], [.. Report(group, number)])))
        );
    }

    private static Markup Contents(IEnumerable<ReportGroups> groups)
    {
        var items = groups.Select(
            static (group, number) => Tag("li", null, Link(NameOf(group.Report), $"#report{number}"), $" {VerdictText.Word(group)}")
        );
        return Element("nav", [("aria-label", "Inputs")], Tag("ul", null, All(items)));
    }

    private static IEnumerable<Markup?> Report(ReportGroups group, int number)
    {
        var report = group.Report;
        var diff = UnifiedDiff.Of(report);
        yield return Head(
            $"{NameOf(report)} · {Wording.Count(report.Documents, "document")}",
            VerdictText.Heading(group),
            VerdictText.Sentence(group)
        );
        yield return Tiles([
            .. group.Releases.Take(4).Select(static release => Tile.Of(release.Analysis)),
            Tile.Count("To decide", report.Count(ReportedLevel.Error), "only you can", "error"),
            Tile.Count(
                Wording.Capital(report.FixWord),
                report.Count(ReportedLevel.Fixed) + report.Count(ReportedLevel.Fixable),
                $"in {Wording.Count(report.Changed, "document")}",
                "change"
            ),
            Tile.Count("Warnings", report.Count(ReportedLevel.Warning), "you should know", "warning"),
        ]);
        yield return Next(group);
        yield return Releases(group, diff, id: $"r{number}x");
        yield return All(diff.SelectMany(static file => file.Notes).Select(static note => Tag("p", "note", note)));
        yield return All(
            report.Graph.Truncated.Select(static found => Tag("div", "card warning", Tag("p", "what", TextReporter.TruncatedLine(found))))
        );
    }

    /// <summary>The sections of the releases of a report.</summary>
    internal static Markup Releases(ReportGroups group, IReadOnlyList<FileDiff> diff, string id) =>
        All(
            group.Releases.Select(
                (release, index) => new ReleaseSection(group.Report, release, diff, $"{id}{index}").Write(group.Releases.Count > 1)
            )
        );

    private static Markup? Next(ReportGroups group)
    {
        var steps = group.NextSteps.Select(static step => All([step.Text, step.Command is { } command ? Preformatted(command) : null]));
        return group.NextSteps.Count == 0 ? null : Fold("next", "What to do next", Steps(steps), isOpen: true);
    }

    private static string NameOf(Report report) => Printable.OneLine(report.Input ?? "standard input");
}
