using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting.Markdown;

/// <summary>Reports for a pull request or the summary of a job: the verdict, the picture, what is to decide, and what changes.</summary>
public static class MarkdownReporter
{
    /// <summary>GitHub does not draw longer diagrams.</summary>
    private const int MaxDiagram = 40_000;

    /// <summary>Writes reports.</summary>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        var page = new MarkdownPage();
        foreach (var report in reports)
        {
            Add(page, ReportGroups.Of(report));
        }

        output.Write(page.ToString());
    }

    /// <summary>Adds a report to a page.</summary>
    internal static void Add(MarkdownPage page, ReportGroups groups)
    {
        var report = groups.Report;
        page.Add(
            $"## {Icon(groups)} {MarkdownText.Plain(VerdictText.Heading(groups))}\n\n{MarkdownText.Plain(VerdictText.Sentence(groups))}\n\n"
                + $"<sub>{MarkdownText.Plain(report.Input ?? "standard input")} · {Wording.Count(report.Documents, "document")} · "
                + $"{Wording.Count(report.Count(ReportedLevel.Error), "error")} · "
                + $"{Wording.Count(report.Count(ReportedLevel.Warning), "warning")} · "
                + $"{report.Count(ReportedLevel.Fixed) + report.Count(ReportedLevel.Fixable)} {report.FixWord}</sub>\n",
            "inputs"
        );
        foreach (var release in groups.Releases)
        {
            if (groups.Releases.Count > 1)
            {
                page.Add(
                    $"\n### {MarkdownText.Plain(release.Analysis.Release)} · "
                        + $"{release.Analysis.Decision.Family?.ToString() ?? "undecided"}\n",
                    "releases"
                );
            }

            MarkdownParts.AddProblems(page, "To decide", release.Decisions, "findings to decide");
        }

        AddDiagram(page, report);
        foreach (var release in groups.Releases)
        {
            MarkdownParts.AddProblems(page, "Warnings", release.Warnings, "warnings");
            AddChanges(page, release);
        }

        AddNext(page, groups);
        AddDiff(page, report);
        foreach (var truncated in report.Graph.Truncated)
        {
            page.Add($"\n> {MarkdownText.Plain(TextReporter.TruncatedLine(truncated))}\n", "manifests that are cut off");
        }
    }

    private static string Icon(ReportGroups groups) =>
        groups.Verdict switch
        {
            Verdict.NeedsDecision => "❌",
            Verdict.Fixable or Verdict.WarningsRefused => "⚠️",
            _ => "✅",
        };

    private static void AddDiagram(MarkdownPage page, Report report)
    {
        using var diagram = new StringWriter { NewLine = "\n" };
        MermaidReporter.Write([report], diagram);
        var text = diagram.ToString();
        if (report.Analyses.Count == 0)
        {
            return;
        }

        var fence = MarkdownText.Fence(text);
        page.Add(text.Length <= MaxDiagram ? $"\n{fence}mermaid\n{text}{fence}\n" : null, "diagrams");
    }

    private static void AddNext(MarkdownPage page, ReportGroups groups)
    {
        var steps = groups.NextSteps.Select(static step =>
            $"- {MarkdownText.Plain(step.Text)}{(step.Command is { } command ? $" {MarkdownText.Code(command)}" : "")}\n"
        );
        page.AddLines("\n**Next**\n\n", [.. steps], "", "steps");
    }

    private static void AddDiff(MarkdownPage page, Report report)
    {
        using var diff = new StringWriter { NewLine = "\n" };
        UnifiedDiff.Write([report], terminal: null, diff);
        var text = diff.ToString();
        if (text.Length == 0)
        {
            return;
        }

        var fence = MarkdownText.Fence(text);
        page.AddLines(
            $"\n<details><summary>The changes as a diff</summary>\n\n{fence}diff\n",
            [
                .. text.ReplaceLineEndings("\n")
                    .TrimEnd('\n')
                    .Split('\n')
                    .Select(static line => $"{Printable.OneLine(line, int.MaxValue)}\n"),
            ],
            $"{fence}\n\n</details>\n",
            "lines of the diff"
        );
    }

    private static void AddChanges(MarkdownPage page, ReleaseGroups release)
    {
        var rows = release.Fixes.SelectMany(static rule => rule.Groups.Select(same => Row(rule.Rule, same))).ToList();
        page.AddLines("\n| rule | change | objects |\n| --- | --- | --- |\n", rows, "", "rows of changes");
        if (release.Restarts.Count > 0)
        {
            var names = MarkdownText.Plain(Wording.Names(release.Restarts, MarkdownParts.MaxListed));
            page.Add($"\nThese workloads restart, because their config changes: {names}.\n", "restarts");
        }
    }

    private static string Row(RuleDescription rule, ChangeGroup same)
    {
        var changes = string.Join(
            "<br>",
            same.Changes.Take(MarkdownParts.MaxListed)
                .Select(static change =>
                    $"{MarkdownText.Code(change.Path)}: {MarkdownText.Plain(change.Old)} → " + $"**{MarkdownText.Plain(change.New)}**"
                )
        );
        var more = same.Changes.Count > MarkdownParts.MaxListed ? $"<br>and {same.Changes.Count - MarkdownParts.MaxListed} more" : "";
        return $"| {rule.Id} {rule.Name} | {changes}{more} | {MarkdownParts.Objects(same.Objects)} |\n";
    }
}
