using Tempo.PostRender.Reporting;
using Tempo.PostRender.Reporting.Html;
using Tempo.PostRender.Reporting.Markdown;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>The report of <c>preflight</c> as an HTML page and as Markdown.</summary>
internal static class PreflightPage
{
    private static readonly IReadOnlyList<string> Columns = ["Service", "Change", "Field", "In the cluster", "After the upgrade"];

    public static void WriteHtml(PreflightReport report, bool refused, TextWriter output) =>
        HtmlPage.Write(
            Heading(refused),
            output,
            HtmlParts.Head(report.Where, Heading(refused), Lead(report, refused)),
            HtmlParts.Tiles(Tiles(report)),
            Deletions(report.Deletions),
            FindingParts.FindingsSection("Against the cluster", report.Findings, report.Stream.LevelOf),
            report.Services.Count == 0
                ? null
                : HtmlParts.Section(
                    "What happens to the Services",
                    HtmlParts.Table(
                        Columns,
                        report.Services.Select(static change =>
                            ((string?)null, (IReadOnlyList<Cell>)[.. Row(change).Select(static cell => new Cell(cell))])
                        )
                    )
                ),
            HtmlReporter.Releases(ReportGroups.Of(report.Stream), UnifiedDiff.Of(report.Stream), id: "r")
        );

    public static void WriteMarkdown(PreflightReport report, bool refused, TextWriter output)
    {
        var page = new MarkdownPage();
        page.Add(
            $"## {(refused ? "❌" : "✅")} {Heading(refused)}\n\n{MarkdownText.Plain(Lead(report, refused))}\n\n"
                + $"<sub>{MarkdownText.Plain(report.Where)}</sub>\n",
            "headings"
        );
        page.AddLines(
            "\n**Run first, in this order, and upgrade right after:**\n\n",
            [
                .. report.Deletions.Select(static deletion =>
                    $"1. {MarkdownText.Code(deletion.Command)}<br>until the upgrade creates it again: "
                    + $"{MarkdownText.Plain(deletion.Outage)}\n"
                ),
            ],
            "",
            "commands"
        );
        MarkdownParts.AddFindings(page, report.Findings, report.Stream.LevelOf);
        MarkdownParts.AddTable(page, Columns, report.Services.Select(Row));
        page.Add("\n", "line ends");
        MarkdownReporter.Add(page, ReportGroups.Of(report.Stream));
        output.Write(page.ToString());
    }

    private static string Heading(bool refused) => refused ? "Do not upgrade yet" : "Ready for the upgrade";

    private static string Lead(PreflightReport report, bool refused) =>
        refused
            ? report.Deletions.Count > 0
                ? "Kubernetes would refuse a change partway through the upgrade. The commands below avoid that."
                : "Resolve what is listed below before you upgrade."
            : "The cluster has the family, and Kubernetes takes every change.";

    private static IEnumerable<Tile> Tiles(PreflightReport report)
    {
        var families = report.Families;
        var pods = families.PodNetwork;
        yield return new Tile(
            "Services of the cluster",
            string.Join(", ", families.Services),
            $"{families.Primary} is primary{(families.IsComplete ? "" : ", others unknown")}",
            null
        );
        yield return new Tile("Pods", pods.Count == 0 ? "unknown" : string.Join(", ", pods), null, null);
        yield return Tile.Count("Errors", report.Count(ReportedLevel.Error), "stop the upgrade", "error");
        yield return Tile.Count("Fixable", report.Count(ReportedLevel.Fixable), "by the post-renderer", "change");
        yield return Tile.Count("Warnings", report.Count(ReportedLevel.Warning), "you should know", "warning");
    }

    private static Markup? Deletions(IReadOnlyList<ServiceDeletion> deletions) =>
        deletions.Count == 0
            ? null
            : HtmlParts.Section(
                "Run first, in this order, and upgrade right after",
                HtmlParts.Steps(
                    deletions.Select(static deletion =>
                        Markup.All([
                            HtmlParts.Preformatted(deletion.Command),
                            Markup.Tag("p", "note", $"Until the upgrade creates it again: {deletion.Outage}."),
                        ])
                    )
                ),
                Markup.Tag("p", "note", "Pods keep running, and all other Services work.")
            );

    private static IReadOnlyList<string> Row(ServiceChange change) =>
        [
            Printable.OneLine(change.Service.Object.Reference),
            change.Kind switch
            {
                ServiceChangeKind.Created => "created",
                ServiceChangeKind.InPlace => "changed in place",
                ServiceChangeKind.Replaced => "refused: delete it first",
                _ => "none",
            },
            $"spec.{change.Path}",
            Printable.OneLine(change.Live),
            Printable.OneLine(change.Wanted),
        ];
}
