using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Html.Markup;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>A fact at the head of a page.</summary>
/// <param name="Value">The fact, in a word or a number.</param>
/// <param name="Note">More about it, or null.</param>
/// <param name="Class">Its class in the style sheet, or null.</param>
internal sealed record Tile(string Label, string Value, string? Note, string? Class)
{
    /// <summary>A number of findings.</summary>
    public static Tile Count(string label, int number, string note, string @class) =>
        number == 0 ? new Tile(label, "0", Note: null, Class: null) : new Tile(label, $"{number}", note, @class);

    /// <summary>A release and its family.</summary>
    public static Tile Of(ReleaseAnalysis analysis) =>
        new(
            Printable.OneLine(analysis.Release),
            analysis.Decision.Family?.ToString() ?? "undecided",
            $"by {analysis.Decision.Basis}",
            analysis.Decision.Family is null ? "error" : null
        );
}

/// <summary>A cell of a table.</summary>
/// <param name="Class">Its class in the style sheet, or null.</param>
/// <param name="Link">The id that it leads to, or null.</param>
internal readonly record struct Cell(string Text, string? Class = null, string? Link = null)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>The parts that the pages of several commands have.</summary>
internal static class HtmlParts
{
    /// <summary>The head of a page: what was read, the verdict, and what it means.</summary>
    public static Markup Head(string kicker, string heading, string lead) =>
        Tag("header", null, Tag("p", "kicker", kicker), Tag("h1", null, heading), Tag("p", "lead", lead));

    /// <summary>Facts side by side.</summary>
    public static Markup Tiles(IEnumerable<Tile> tiles) =>
        Tag(
            "dl",
            "tiles",
            All(
                tiles.Select(static tile =>
                    Tag(
                        "div",
                        tile.Class,
                        Tag("dt", null, tile.Label),
                        Tag("dd", null, tile.Value),
                        tile.Note is { Length: > 0 } note ? Tag("dd", null, note) : null
                    )
                )
            )
        );

    /// <summary>A section of a page.</summary>
    public static Markup Section(string heading, params IReadOnlyList<Markup?> content) =>
        Tag("section", null, [Tag("h2", null, heading), .. content]);

    /// <summary>A table. On narrow screens each row becomes a list with the names of the columns.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The rows, each with its id or null.</param>
    public static Markup Table(IReadOnlyList<string> columns, IEnumerable<(string? Id, IReadOnlyList<Cell> Cells)> rows) =>
        Tag(
            "div",
            "card scroll",
            Tag(
                "table",
                "stack",
                Tag("thead", null, Tag("tr", null, All(columns.Select(static name => Element("th", [("scope", "col")], name))))),
                Tag(
                    "tbody",
                    null,
                    All(
                        rows.Select(row =>
                            Element("tr", [("id", row.Id)], All(columns.Zip(row.Cells, static (column, cell) => Cell(column, cell))))
                        )
                    )
                )
            )
        );

    /// <summary>Steps of a user, in their order.</summary>
    public static Markup Steps(IEnumerable<Markup> steps) =>
        Tag("ol", "card steps", All(steps.Select(static step => Tag("li", null, step))));

    /// <summary>Text that the browser must not wrap.</summary>
    public static Markup Preformatted(params IReadOnlyList<Markup?> content) => Element("pre", [("tabindex", "0")], content);

    /// <summary>A text that can be folded away.</summary>
    public static Markup Fold(string? @class, string summary, Markup content, bool isOpen = false) =>
        Element("details", [("class", @class), ("open", isOpen ? "open" : null)], Tag("summary", null, summary), content);

    /// <summary>What the rules are for that found something, and which rules hold.</summary>
    public static Markup RulesSection(IEnumerable<RuleDescription> rules, IEnumerable<RuleDescription> satisfied) =>
        Section(
            "Rules",
            RuleTexts("Rules with findings", [.. rules], static rule => $"{rule.Requirement}. {rule.Why}."),
            RuleTexts("Rules without findings", [.. satisfied], static rule => $"{rule.Holds}.")
        );

    /// <summary>A text, as a link if there is something to lead to.</summary>
    public static Markup Link(string text, string? address) => address is null ? text : Element("a", [("href", address)], text);

    private static Markup Cell(string column, Cell cell) =>
        Element(
            "td",
            [("class", cell.Class), ("data-name", column)],
            Tag("span", null, Link(cell.Text, cell.Link is null ? null : $"#{cell.Link}"))
        );

    private static Markup? RuleTexts(string summary, List<RuleDescription> rules, Func<RuleDescription, string> text) =>
        rules.Count == 0
            ? null
            : Fold(
                null,
                $"{summary} ({rules.Count})",
                Tag(
                    "ul",
                    "findings",
                    All(rules.Select(rule => Tag("li", null, Tag("b", null, $"{rule.Id} {rule.Name}"), $" {text(rule)}")))
                )
            );
}
