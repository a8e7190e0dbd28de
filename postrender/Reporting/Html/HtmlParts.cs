using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>A fact at the head of a page.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The fact, in a word or a number.</param>
/// <param name="Note">More about it, or null.</param>
/// <param name="Class">Its class in the style sheet, or null.</param>
internal sealed record Tile(string Label, string Value, string? Note, string? Class);

/// <summary>A cell of a table.</summary>
/// <param name="Text">The text.</param>
/// <param name="Class">Its class in the style sheet, or null.</param>
/// <param name="Link">The id that it leads to, or null.</param>
internal readonly record struct Cell(string Text, string? Class = null, string? Link = null)
{
    /// <summary>A text is a cell.</summary>
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>The parts that the pages of several commands have.</summary>
internal static class HtmlParts
{
    /// <summary>The head of a page: what was read, the verdict, and what it means.</summary>
    public static void WriteHead(HtmlWriter html, string kicker, string heading, string lead)
    {
        html.Start("header");
        html.Element("p", kicker, ("class", "kicker"));
        html.Element("h1", heading);
        html.Element("p", lead, ("class", "lead"));
        html.End("header");
    }

    /// <summary>The end of a page: what wrote it.</summary>
    public static void WriteFoot(HtmlWriter html) =>
        html.Element("footer", $"{TextReporter.Program} {ProgramVersion.Text.Split('+')[0]}. The page loads nothing and sends nothing.");

    /// <summary>Facts side by side.</summary>
    public static void WriteTiles(HtmlWriter html, IEnumerable<Tile> tiles)
    {
        html.Start("dl", ("class", "tiles"));
        foreach (var tile in tiles)
        {
            html.Start("div", ("class", tile.Class));
            html.Element("dt", tile.Label);
            html.Element("dd", tile.Value);
            if (tile.Note is { Length: > 0 } note)
            {
                html.Element("dd", note);
            }

            html.End("div");
        }

        html.End("dl");
    }

    /// <summary>A tile for a number of findings.</summary>
    public static Tile Count(string label, int number, string note, string @class) =>
        new(label, $"{number}", number == 0 ? null : note, number == 0 ? null : @class);

    /// <summary>A table. On narrow screens each row becomes a list with the names of the columns.</summary>
    /// <param name="html">Receives the table.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The rows, each with its id or null.</param>
    public static void WriteTable(HtmlWriter html, IReadOnlyList<string> columns, IEnumerable<(string? Id, IReadOnlyList<Cell> Cells)> rows)
    {
        html.Start("div", ("class", "card scroll"));
        html.Start("table", ("class", "stack"));
        html.Start("thead");
        html.Start("tr");
        foreach (var column in columns)
        {
            html.Element("th", column, ("scope", "col"));
        }

        html.End("tr", "thead");
        html.Start("tbody");
        foreach (var (id, cells) in rows)
        {
            html.Start("tr", ("id", id));
            foreach (var (column, cell) in columns.Zip(cells))
            {
                html.Start("td", ("class", cell.Class), ("data-name", column));
                html.Start("span");
                if (cell.Link is { } link)
                {
                    html.Element("a", cell.Text, ("href", $"#{link}"));
                }
                else
                {
                    html.Text(cell.Text);
                }

                html.End("span");
                html.End("td");
            }

            html.End("tr");
        }

        html.End("tbody", "table", "div");
    }

    /// <summary>Findings as cards, one for equal findings.</summary>
    public static void WriteProblems(
        HtmlWriter html,
        IEnumerable<RuleGroup<ProblemGroup>> rules,
        ReportedLevel level,
        Func<string, string?> linkOf
    )
    {
        foreach (var rule in rules)
        {
            foreach (var problem in rule.Groups)
            {
                html.Start("div", ("class", $"card {ClassOf(level)}"));
                html.Start("p", ("class", "head"));
                WriteBadge(html, level);
                WriteRule(html, rule.Rule);
                html.End("p");
                html.Element("p", $"{Sentence(problem.Why)}", ("class", "what"));
                html.Element("p", Sentence(problem.Remedy), ("class", "todo"));
                html.Start("ul", ("class", "objects"));
                foreach (var finding in problem.Findings)
                {
                    html.Start("li");
                    WriteObject(html, finding.Place.Object, linkOf);
                    html.Text($" {finding.Place.FullPath} {finding.Found}");
                    html.End("li");
                }

                html.End("ul", "div");
            }
        }
    }

    /// <summary>Findings one by one, each with its place.</summary>
    public static void WriteFindings(HtmlWriter html, IEnumerable<Finding> findings, Func<Finding, ReportedLevel> levelOf)
    {
        html.Start("ul", ("class", "findings"));
        foreach (var finding in findings)
        {
            var place = finding.Place;
            html.Start("li");
            html.Start("p", ("class", "head"));
            WriteBadge(html, levelOf(finding));
            WriteRule(html, finding.Rule);
            html.Element("span", $"{Printable.OneLine(place.Object)} {place.FullPath}", ("class", "mono"));
            html.End("p");
            html.Element("p", $"{Capital(finding.Found)}; {finding.Why}.", ("class", "what"));
            html.Element("p", Sentence(finding.Remedy), ("class", "todo"));
            if (Where(place) is { } where)
            {
                html.Element("p", where, ("class", "note"));
            }

            html.End("li");
        }

        html.End("ul");
    }

    /// <summary>Changed lines, folded away.</summary>
    public static void WriteHunks(HtmlWriter html, IReadOnlyList<DiffHunk> hunks, string summary)
    {
        if (hunks.Count == 0)
        {
            return;
        }

        html.Start("details", ("class", "change"));
        html.Element("summary", summary);
        html.Start("pre", ("tabindex", "0"));
        foreach (var hunk in hunks)
        {
            html.Element("span", hunk.Header, ("class", "hunk"));
            html.Text("\n");
            foreach (var line in hunk.Lines)
            {
                var (sign, @class) = line.Kind switch
                {
                    DiffLineKind.Added => ('+', "add"),
                    DiffLineKind.Removed => ('-', "del"),
                    _ => (' ', null),
                };
                html.Element("span", sign + line.Text, ("class", @class));
                html.Text("\n");
            }
        }

        html.End("pre", "details");
    }

    /// <summary>A section with findings, unless there are none.</summary>
    public static void WriteSection(HtmlWriter html, string heading, IReadOnlyList<Finding> findings, Func<Finding, ReportedLevel> levelOf)
    {
        if (findings.Count == 0)
        {
            return;
        }

        html.Start("section");
        html.Element("h2", $"{heading} ({findings.Count})");
        html.Start("div", ("class", "card"));
        WriteFindings(html, findings.OrderBy(finding => levelOf(finding) == ReportedLevel.Error ? 0 : 1), levelOf);
        html.End("div", "section");
    }

    /// <summary>What the rules are for that found something.</summary>
    public static void WriteRules(HtmlWriter html, IEnumerable<RuleDescription> rules, IEnumerable<RuleDescription> satisfied)
    {
        html.Start("section");
        html.Element("h2", "Rules");
        WriteFold(html, "What the rules say that found something", rules, static rule => $"{rule.Requirement}. {rule.Why}.");
        WriteFold(html, "What holds", satisfied, static rule => $"{rule.Holds}.");
        html.End("section");
    }

    /// <summary>A rule, as a link to its page if the address of that is known.</summary>
    public static void WriteRule(HtmlWriter html, RuleDescription rule)
    {
        html.Start("b");
        if (RuleLinks.Of(rule) is { } link)
        {
            html.Element("a", $"{rule.Id} {rule.Name}", ("href", link));
        }
        else
        {
            html.Text($"{rule.Id} {rule.Name}");
        }

        html.End("b");
    }

    /// <summary>An object, as a link if the page has a section for it.</summary>
    public static void WriteObject(HtmlWriter html, string reference, Func<string, string?> linkOf)
    {
        if (linkOf(reference) is { } id)
        {
            html.Element("a", Printable.OneLine(reference), ("href", $"#{id}"));
        }
        else
        {
            html.Text(Printable.OneLine(reference));
        }
    }

    /// <summary>The level of a finding in a small box.</summary>
    public static void WriteBadge(HtmlWriter html, ReportedLevel level) =>
        html.Element("span", level.Word(), ("class", $"badge {ClassOf(level)}".TrimEnd()));

    /// <summary>The class of a level in the style sheet, or null.</summary>
    public static string? ClassOf(ReportedLevel level) =>
        level switch
        {
            ReportedLevel.Error => "error",
            ReportedLevel.Warning => "warning",
            ReportedLevel.Fixed or ReportedLevel.Fixable => "change",
            _ => null,
        };

    /// <summary>A clause as a sentence.</summary>
    public static string Sentence(string clause) => $"{Capital(clause)}.";

    private static string Capital(string clause) =>
        clause.Length > 0 && char.IsAsciiLetterLower(clause[0]) ? char.ToUpperInvariant(clause[0]) + clause[1..] : clause;

    private static string? Where(Place place) =>
        place.IsLive ? null
        : (place.File ?? place.Source) is { } name ? $"{Printable.OneLine(name)}, line {place.Location.Line}"
        : $"line {place.Location.Line}";

    private static void WriteFold(HtmlWriter html, string summary, IEnumerable<RuleDescription> rules, Func<RuleDescription, string> text)
    {
        var listed = rules.ToList();
        if (listed.Count == 0)
        {
            return;
        }

        html.Start("details");
        html.Element("summary", $"{summary} ({listed.Count})");
        html.Start("ul", ("class", "findings"));
        foreach (var rule in listed)
        {
            html.Start("li");
            html.Element("b", $"{rule.Id} {rule.Name}");
            html.Text($" {text(rule)}");
            html.End("li");
        }

        html.End("ul", "details");
    }
}
