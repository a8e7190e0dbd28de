using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Html.HtmlParts;
using static Tempo.PostRender.Reporting.Html.Markup;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>Findings and changed lines on a page.</summary>
internal static class FindingParts
{
    /// <summary>Findings as cards, one for equal findings.</summary>
    public static Markup Problems(IEnumerable<RuleGroup<ProblemGroup>> rules, ReportedLevel level, Func<string, string?> linkOf) =>
        All(
            rules.SelectMany(
                static rule => rule.Groups,
                (rule, problem) =>
                    Tag(
                        "div",
                        $"card {ClassOf(level)}",
                        Tag("p", "head", Badge(level), Rule(rule.Rule)),
                        Tag("p", "what", Wording.Sentence(problem.Why)),
                        Tag("p", "todo", Wording.Sentence(problem.Remedy)),
                        Tag(
                            "ul",
                            "objects",
                            All(
                                problem.Findings.Select(finding =>
                                    Tag("li", null, Object(finding.Place.Object, linkOf), $" {finding.Place.FullPath} {finding.Found}")
                                )
                            )
                        )
                    )
            )
        );

    /// <summary>Findings one by one, each with its place.</summary>
    public static Markup Findings(IEnumerable<Finding> findings, Func<Finding, ReportedLevel> levelOf) =>
        Tag("ul", "findings", All(findings.Select(finding => Item(finding, levelOf(finding)))));

    /// <summary>A section with findings, unless there are none.</summary>
    public static Markup? FindingsSection(string heading, IReadOnlyList<Finding> findings, Func<Finding, ReportedLevel> levelOf) =>
        findings.Count == 0
            ? null
            : Section(
                $"{heading} ({findings.Count})",
                Tag("div", "card", Findings(findings.OrderBy(finding => levelOf(finding) == ReportedLevel.Error ? 0 : 1), levelOf))
            );

    /// <summary>Changed lines, folded away.</summary>
    public static Markup? Hunks(IReadOnlyCollection<DiffHunk> hunks) =>
        hunks.Count == 0 ? null : Fold("change", "The change in the manifests", Preformatted(All(hunks.SelectMany(LinesOf))));

    /// <summary>A rule, as a link to its page if the address of that is known.</summary>
    public static Markup Rule(RuleDescription rule) => Tag("b", null, Link($"{rule.Id} {rule.Name}", RuleLinks.Of(rule)));

    /// <summary>An object, as a link if the page has a section for it.</summary>
    public static Markup Object(string reference, Func<string, string?> linkOf) =>
        Link(Printable.OneLine(reference), linkOf(reference) is { } id ? $"#{id}" : null);

    private static Markup Item(Finding finding, ReportedLevel level)
    {
        var place = finding.Place;
        return Tag(
            "li",
            null,
            Tag("p", "head", Badge(level), Rule(finding.Rule), Tag("span", "mono", $"{Printable.OneLine(place.Object)} {place.FullPath}")),
            Tag("p", "what", $"{Wording.Capital(finding.Found)}; {finding.Why}."),
            Tag("p", "todo", Wording.Sentence(finding.RemedyAt(level))),
            Where(place) is { } where ? Tag("p", "note", where) : null
        );
    }

    /// <summary>The level of a finding in a small box.</summary>
    private static Markup Badge(ReportedLevel level) => Tag("span", $"badge {ClassOf(level)}", level.Word());

    private static string? ClassOf(ReportedLevel level) =>
        level switch
        {
            ReportedLevel.Error => "error",
            ReportedLevel.Warning => "warning",
            ReportedLevel.Fixed or ReportedLevel.Fixable => "change",
            _ => null,
        };

    private static string? Where(Place place) =>
        place.IsLive ? null
        : (place.File ?? place.Source) is { } name ? $"{Printable.OneLine(name)}, line {place.Location.Line}"
        : $"line {place.Location.Line}";

    private static IEnumerable<Markup> LinesOf(DiffHunk hunk)
    {
        yield return Tag("span", "hunk", hunk.Header);
        yield return "\n";
        foreach (var line in hunk.Lines)
        {
            yield return line.Kind switch
            {
                DiffLineKind.Added => Tag("span", "add", $"+{line.Text}"),
                DiffLineKind.Removed => Tag("span", "del", $"-{line.Text}"),
                _ => Tag("span", null, $" {line.Text}"),
            };
            yield return "\n";
        }
    }
}
