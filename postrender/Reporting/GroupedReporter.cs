using System.Globalization;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// The report for a reader at a terminal: the verdict first, then what the reader has to decide, then what was fixed, with equal
/// changes shown as one, and what to run next.
/// </summary>
internal sealed class GroupedReporter
{
    /// <summary>More names or changes would hide the rest of the report; they are listed with --verbose, and as lines.</summary>
    private const int MaxListed = 20;

    /// <summary>The number of columns of a terminal that does not state it.</summary>
    private const int DefaultWidth = 80;

    private readonly ReportGroups _groups;
    private readonly TerminalPage _page;
    private readonly bool _verbose;

    private GroupedReporter(ReportGroups groups, TerminalPage page, bool verbose) => (_groups, _page, _verbose) = (groups, page, verbose);

    private Report Report => _groups.Report;

    /// <summary>Writes reports.</summary>
    /// <param name="reports">The reports, one for each input.</param>
    /// <param name="verbose">Whether to list everything, and the rules that hold.</param>
    /// <param name="terminal">The terminal, or null for a pipe without colours.</param>
    /// <param name="output">Receives the reports.</param>
    public static void Write(IReadOnlyList<Report> reports, bool verbose, TerminalSettings? terminal, TextWriter output)
    {
        terminal ??= new TerminalSettings(0, Colours: false);
        var page = new TerminalPage(output, terminal.Width > 0 ? terminal : terminal with { Width = DefaultWidth });
        for (var i = 0; i < reports.Count; i++)
        {
            if (i > 0)
            {
                page.Space();
            }

            new GroupedReporter(ReportGroups.Of(reports[i]), page, verbose).Write(isOneOfSeveral: reports.Count > 1);
        }
    }

    private void Write(bool isOneOfSeveral)
    {
        WriteVerdict(isOneOfSeveral);
        foreach (var release in _groups.Releases)
        {
            WriteRelease(release);
        }

        if (Report.Graph.Truncated.Count > 0)
        {
            Heading("Cut off by Helm", TerminalStyle.Warning);
            foreach (var truncated in Report.Graph.Truncated)
            {
                _page.Write(2, 4, Printable.OneLine(truncated.Source ?? "a template"), ": the manifest has no kind.");
            }

            _page.Write(2, 4, "Helm before 4.2 cuts off a manifest whose first line is indented.");
            _page.Write(2, 4, "Do: Update Helm, or render without the indentation.");
        }

        WriteNext();
    }

    private void WriteVerdict(bool isOneOfSeveral)
    {
        var style = _groups.Verdict switch
        {
            Verdict.NeedsDecision => TerminalStyle.Error,
            Verdict.Fixable or Verdict.WarningsRefused => TerminalStyle.Warning,
            _ => TerminalStyle.Good,
        };
        if (isOneOfSeveral)
        {
            _page.Write(0, 2, new Span(Printable.OneLine(Report.Input ?? "standard input"), TerminalStyle.Bold));
        }

        var word = VerdictText.Word(_groups);
        _page.Write(0, 2, new Span($"{Wording.Capital(word)}:", style), " ", VerdictText.Sentence(_groups));
        if (_groups.Verdict != Verdict.NothingToDo)
        {
            _page.Write(0, 2, new Span(TextReporter.Numbers(Report), TerminalStyle.Bold));
        }
    }

    private void WriteRelease(ReleaseGroups release)
    {
        var analysis = release.Analysis;
        _page.Space();
        _page.Write(
            0,
            2,
            analysis.Decision.Family is { } family
                ?
                [
                    new Span(analysis.Release, TerminalStyle.Bold),
                    " is ",
                    new Span(family.ToString(), TerminalStyle.Bold),
                    $", decided by {analysis.Decision.Basis}",
                ]
                : [new Span(analysis.Release, TerminalStyle.Bold), ": the family is not decided"]
        );
        WriteProblems("Needs your decision", TerminalStyle.Error, release.Decisions, showsLine: true);
        WriteProblems("Warnings: for you to look at; no fix changes them", TerminalStyle.Warning, release.Warnings, showsLine: false);
        if (_verbose || Report is not { Mode: RunMode.Enforce, IsRefused: true })
        {
            // The errors have to be resolved first; until then, what can be fixed is only counted.
            WriteFixes(release);
        }

        WriteProblems("Ignored by annotation", TerminalStyle.Dim, release.Ignored, showsLine: false);
        WriteRules("Not checked, by --disable", analysis.Disabled, static rule => rule.Problem);
        WriteRules("Holds", _verbose ? analysis.Satisfied : [], static rule => rule.Holds);
    }

    private void WriteProblems(string title, TerminalStyle style, IReadOnlyList<RuleGroup<ProblemGroup>> rules, bool showsLine)
    {
        if (rules.Count > 0)
        {
            Heading(title, style);
        }

        foreach (var rule in rules)
        {
            WriteRule(rule.Rule, style);
            foreach (var problem in Listed(rule.Groups))
            {
                foreach (var place in Listed(problem.Findings).GroupBy(static finding => finding.Place))
                {
                    WritePlace(place.Key, [.. place.Select(static finding => finding.Found)], showsLine);
                }

                WriteMore(problem.Findings.Count);
                _page.Write(4, 9, new Span("Why:", TerminalStyle.Dim), $" {problem.Why}.");
                _page.Write(4, 9, new Span("Do:", TerminalStyle.Dim), $"  {problem.Remedy}.");
            }

            WriteMore(rule.Groups.Count);
        }
    }

    private void WritePlace(Place place, IReadOnlyList<string> found, bool showsLine)
    {
        Span name = new($"{Printable.OneLine(place.Object)} {place.FullPath}".TrimEnd(), TerminalStyle.Bold);
        if (found.Count == 1)
        {
            _page.Write(4, 6, name, $" {found[0]}");
        }
        else
        {
            _page.Write(4, 6, name);
            foreach (var one in found)
            {
                _page.Write(6, 8, one);
            }
        }

        _page.Write(6, 8, new Span($"at {TextReporter.Where(place, Report.IsInputHidden)}", TerminalStyle.Dim));
        if (showsLine && Excerpt.Of(place) is { } excerpt)
        {
            WriteExcerpt(excerpt, place);
        }
    }

    private void WriteExcerpt(Excerpt excerpt, Place place)
    {
        var number = Report.IsInputHidden ? "" : place.Location.Line.ToString(CultureInfo.InvariantCulture);
        _page.WriteCut("      ", new Span($"{number} | ", TerminalStyle.Dim), excerpt.Text);
        if (excerpt.IsShown)
        {
            var mark = new string('^', TerminalPage.WidthOf(excerpt.Text));
            _page.WriteCut(
                "      ",
                new Span($"{new string(' ', number.Length)} | ", TerminalStyle.Dim),
                new Span(mark, TerminalStyle.Error)
            );
        }
    }

    private void WriteFixes(ReleaseGroups release)
    {
        var isFixed = _groups.Verdict == Verdict.Fixed || Report.Count(ReportedLevel.Fixed) > 0;
        var style = isFixed ? TerminalStyle.Good : TerminalStyle.Warning;
        if (release.Fixes.Count > 0)
        {
            Heading(isFixed ? "Fixed: what was wrong, and the new values" : "Fixable: what is wrong, and the values to set", style);
        }

        foreach (var rule in release.Fixes)
        {
            WriteRule(rule.Rule, style);
            foreach (var same in Listed(rule.Groups))
            {
                WriteChanges(same);
            }

            WriteMore(rule.Groups.Count);
        }

        if (release.Restarts.Count > 0)
        {
            Heading($"Restarts: {Wording.Count(release.Restarts.Count, "workload")}, because the config that they read changes", style);
            _page.Write(2, 4, new Span(Names(release.Restarts), TerminalStyle.Dim));
        }
    }

    private void WriteChanges(ChangeGroup same)
    {
        foreach (var change in same.Changes)
        {
            _page.Write(
                4,
                6,
                $"{change.Path}: {change.Before ?? "not set"} -> ",
                new Span(change.After ?? "removed", TerminalStyle.Bold),
                same.Objects.Count > 1 ? $" x{same.Objects.Count}" : ""
            );
        }

        _page.Write(6, 6, new Span(Names(same.Objects), TerminalStyle.Dim));
        if (same.Reasons is [var reason])
        {
            _page.Write(6, 6, new Span($"Why: {reason}", TerminalStyle.Dim));
        }
    }

    private void WriteRules(string title, IReadOnlyList<RuleDescription> rules, Func<RuleDescription, string> text)
    {
        if (rules.Count > 0)
        {
            Heading(title, TerminalStyle.Dim);
        }

        foreach (var rule in rules)
        {
            _page.Write(2, 4, Id(rule, TerminalStyle.Plain), $" {rule.Name}: {text(rule)}");
        }
    }

    private void WriteNext()
    {
        if (_groups.NextSteps.Count > 0)
        {
            Heading("Next", TerminalStyle.Bold);
        }

        foreach (var step in _groups.NextSteps)
        {
            if (step.Command is not { } command)
            {
                _page.Write(2, 2, step.Text);
            }
            else if (_page.Fits(2, step.Text, command))
            {
                _page.Write(2, 4, step.Text, " ", new Span(command, TerminalStyle.Bold));
            }
            else
            {
                _page.Write(2, 2, step.Text);
                _page.Write(4, 6, new Span(command, TerminalStyle.Bold));
            }
        }
    }

    private void Heading(string text, TerminalStyle style)
    {
        _page.Space();
        _page.Write(0, 2, new Span(text, style));
    }

    private void WriteRule(RuleDescription rule, TerminalStyle style) =>
        _page.Write(2, 4, Id(rule, style), $" {rule.Name}: {rule.Problem}");

    private static Span Id(RuleDescription rule, TerminalStyle style) => new(rule.Id, style, RuleLinks.Of(rule));

    private IEnumerable<T> Listed<T>(IReadOnlyList<T> all) => _verbose ? all : all.Take(MaxListed);

    private void WriteMore(int count)
    {
        if (!_verbose && count > MaxListed)
        {
            _page.Write(4, 6, $"and {count - MaxListed} more; --verbose lists them");
        }
    }

    /// <summary>Names of objects; the kind and the namespace are repeated only where they change.</summary>
    private string Names(IReadOnlyList<string> objects)
    {
        var names = new List<string>();
        var last = "";
        foreach (var reference in Listed(objects))
        {
            var end = reference.LastIndexOf('/') + 1;
            names.Add(Printable.OneLine(reference[..end] == last ? reference[end..] : reference));
            last = reference[..end];
        }

        return string.Join(", ", names) + (_verbose || objects.Count <= MaxListed ? "" : $", and {objects.Count - MaxListed} more");
    }
}
