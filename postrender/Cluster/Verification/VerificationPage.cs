using Tempo.PostRender.Reporting;
using Tempo.PostRender.Reporting.Html;
using Tempo.PostRender.Reporting.Markdown;
using Tempo.PostRender.Reporting.Pictures;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The report of <c>verify</c> as an HTML page and as Markdown.</summary>
internal static class VerificationPage
{
    public static void WriteHtml(VerificationReport found, TextWriter output) =>
        HtmlPage.Write(
            Heading(found),
            output,
            HtmlParts.Head($"{found.Server}, namespace {Printable.OneLine(found.Namespace)}", Heading(found), Lead(found)),
            HtmlParts.Tiles(Tiles(found)),
            Markup.All(found.Releases.Select(Sections))
        );

    public static void WriteMarkdown(VerificationReport found, TextWriter output)
    {
        var page = new MarkdownPage();
        var icon =
            found.Count(ReportedLevel.Error) > 0 || found.Releases.Count == 0 ? "❌"
            : found.Count(ReportedLevel.Warning) > 0 ? "⚠️"
            : "✅";
        page.Add(
            $"## {icon} {MarkdownText.Plain(Heading(found))}\n\n{MarkdownText.Plain(Lead(found))}\n\n"
                + $"<sub>{MarkdownText.Plain($"{found.Server}, namespace {found.Namespace}")}</sub>\n",
            "headings"
        );
        foreach (var release in found.Releases)
        {
            MarkdownParts.AddFindings(page, release.Findings, VerificationReport.LevelOf);
            if (release.Family is { } family)
            {
                foreach (var table in VerificationTables.Of(release, family))
                {
                    MarkdownParts.AddTable(page, table.Columns, table.Rows);
                }
            }
        }

        output.Write(page.ToString());
    }

    private static string Heading(VerificationReport found) =>
        found.Releases switch
        {
            [] => "No pod runs Tempo",
            [var only] => only.Family is null ? $"{Printable.OneLine(only.Analysis.Release)}: the family is undecided" : only.FamilyText,
            var several => $"{several.Count} releases of Tempo",
        };

    /// <summary>The summary of the text, without the name of the program.</summary>
    private static string Lead(VerificationReport found) =>
        Wording.Sentence(VerificationReporter.Summary(found)[$"{ProgramInfo.Name}: ".Length..]);

    private static IEnumerable<Tile> Tiles(VerificationReport found)
    {
        var pods = found.Releases.SelectMany(static release => release.Pods).ToList();
        var open = pods.Count(static pod => pod.Problems.Count > 0);
        foreach (var release in found.Releases.Take(4))
        {
            yield return Tile.Of(release.Analysis);
        }

        yield return new Tile("Pods", $"{pods.Count}", open > 0 ? $"{open} of them not checked" : null, open > 0 ? "warning" : null);
        yield return Tile.Count("Errors", found.Count(ReportedLevel.Error), "in what runs", "error");
        yield return Tile.Count("Warnings", found.Count(ReportedLevel.Warning), "you should know", "warning");
    }

    private static Markup Sections(VerifiedRelease release, int number)
    {
        // Nothing is changed here: a value that the post-renderer could fix is an error of what runs.
        var analysis = release.Analysis with
        {
            Findings =
            [
                .. release
                    .Analysis.Findings.Concat(release.LiveFindings)
                    .Select(static finding =>
                        finding.Level == FindingLevel.Fixable ? finding with { Level = FindingLevel.Error, Edits = [] } : finding
                    ),
            ],
        };
        var representatives = release
            .Pods.DistinctBy(static pod => pod.Pod.Reference)
            .ToDictionary(static pod => pod.Pod.Reference, static pod => pod.Template.Workload.Object.Reference);
        var picture = ReleasePicture.Of(analysis, $"r{number}", representatives);
        return Markup.All([
            FindingParts.FindingsSection("Findings", release.Findings, VerificationReport.LevelOf),
            PictureSection.Of(picture, Printable.OneLine(analysis.Release), change: "fixable"),
            release.Family is { } family ? HtmlParts.Section("What runs", [.. VerificationTables.Of(release, family).Select(Table)]) : null,
            ConnectionsSection.Of(picture),
            new ObjectsSection(picture, analysis.Findings, VerificationReport.LevelOf, []).Write(),
            HtmlParts.RulesSection(release.Findings.Select(static finding => finding.Rule).Distinct(), release.Satisfied),
        ]);
    }

    private static Markup Table(ReportTable table) =>
        HtmlParts.Table(table.Columns, table.Rows.Select(static row => ((string?)null, (IReadOnlyList<Cell>)[.. row.Select(CellOf)])));

    private static Cell CellOf(string text) =>
        new(
            Printable.OneLine(text),
            text switch
            {
                "error" => "error",
                "warning" or "not checked" => "warning",
                _ => null,
            }
        );
}
