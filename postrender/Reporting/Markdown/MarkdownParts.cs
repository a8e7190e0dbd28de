using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting.Markdown;

/// <summary>The parts that the Markdown reports of several commands have.</summary>
internal static class MarkdownParts
{
    /// <summary>The maximum number of equal items that are listed; the rest are counted.</summary>
    public const int MaxListed = 12;

    /// <summary>Findings as a list, with one item for equal findings.</summary>
    public static void AddProblems(MarkdownPage page, string heading, IReadOnlyList<RuleGroup<ProblemGroup>> rules, string what) =>
        page.AddLines(
            $"\n**{heading}**\n\n",
            [.. rules.SelectMany(static rule => rule.Groups.Select(problem => Item(rule.Rule.Id, rule.Rule.Name, problem)))],
            "",
            what
        );

    public static void AddFindings(MarkdownPage page, IEnumerable<Finding> findings, Func<Finding, ReportedLevel> levelOf) =>
        page.AddLines(
            "\n",
            [
                .. findings.Select(finding =>
                    $"- **{levelOf(finding).Word()}** {finding.Rule.Id} {finding.Rule.Name} "
                    + $"{MarkdownText.Code(Printable.OneLine(finding.Place.Object))} {MarkdownText.Code(finding.Place.FullPath)}: "
                    + $"{MarkdownText.Plain(finding.Found)}; {MarkdownText.Plain(finding.Why)}. **{MarkdownText.Plain(finding.Remedy)}.**\n"
                ),
            ],
            "",
            "findings"
        );

    public static void AddTable(MarkdownPage page, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        page.AddLines(
            $"\n| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(static _ => " --- |"))}\n",
            [.. rows.Select(static row => $"| {string.Join(" | ", row.Select(MarkdownText.Plain))} |\n")],
            "",
            "rows of a table"
        );

    /// <summary>Objects, each once.</summary>
    public static string Objects(IReadOnlyList<string> objects)
    {
        var shown = string.Join("<br>", objects.Take(MaxListed).Select(static name => MarkdownText.Code(Printable.OneLine(name))));
        return objects.Count <= MaxListed ? shown : $"{shown}<br>and {objects.Count - MaxListed} more";
    }

    private static string Item(string id, string name, ProblemGroup problem)
    {
        var places = problem
            .Findings.Take(MaxListed)
            .Select(static finding =>
                $"  - {MarkdownText.Code(Printable.OneLine(finding.Place.Object))} "
                + $"{MarkdownText.Code(finding.Place.FullPath)} {MarkdownText.Plain(finding.Found)}\n"
            );
        var more = problem.Findings.Count - MaxListed;
        return $"- {id} {name}: {MarkdownText.Plain(problem.Why)}. **{MarkdownText.Plain(problem.Remedy)}.**\n"
            + string.Concat(places)
            + (more > 0 ? $"  - and {more} more\n" : "");
    }
}
