using System.Globalization;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>What the grouped report says of one release.</summary>
internal sealed class GroupedRelease(Report report, ReleaseGroups release, TerminalPage page, bool verbose)
{
    /// <summary>More names or changes would hide the rest of the report; they are listed with --verbose, and as lines.</summary>
    private const int MaxListed = 20;

    /// <summary>Writes what was found.</summary>
    public void Write()
    {
        var analysis = release.Analysis;
        page.Space();
        page.Write(
            0,
            2,
            analysis.Decision.Family is not null
                ? [new StyledText(report.FamilyOf(analysis), TerminalStyle.Bold), $", decided by {analysis.Decision.Basis}"]
                : [new StyledText(analysis.Release, TerminalStyle.Bold), ": the family is not decided"]
        );
        WriteProblems("Needs your decision", TerminalStyle.Error, release.Decisions, showsLine: true);
        WriteProblems("Warnings: for you to look at; no fix changes them", TerminalStyle.Warning, release.Warnings, showsLine: false);
        if (verbose || report is not { Mode: RunMode.Enforce, IsRefused: true })
        {
            // The errors have to be resolved first; until then, what can be fixed is only counted.
            WriteFixes();
        }

        WriteProblems("Ignored by annotation", TerminalStyle.Dim, release.Ignored, showsLine: false);
        WriteRules("Not checked, by --disable", analysis.Disabled, static rule => rule.Problem);
        WriteRules("Holds", verbose ? analysis.Satisfied.Value : [], static rule => rule.Holds);
    }

    private void WriteProblems(string title, TerminalStyle style, IReadOnlyList<RuleGroup<ProblemGroup>> rules, bool showsLine)
    {
        if (rules.Count > 0)
        {
            page.Heading(title, style);
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
                page.Write(4, 9, new StyledText("Why:", TerminalStyle.Dim), $" {problem.Why}.");
                page.Write(4, 9, new StyledText("Do:", TerminalStyle.Dim), $"  {problem.Remedy}.");
            }

            WriteMore(rule.Groups.Count);
        }
    }

    private void WritePlace(Place place, IReadOnlyList<string> found, bool showsLine)
    {
        StyledText name = new($"{Printable.OneLine(place.Object)} {place.FullPath}".TrimEnd(), TerminalStyle.Bold);
        if (found.Count == 1)
        {
            page.Write(4, 6, name, $" {found[0]}");
        }
        else
        {
            page.Write(4, 6, name);
            foreach (var one in found)
            {
                page.Write(6, 8, one);
            }
        }

        page.Write(6, 8, new StyledText($"at {TextReporter.Where(place, report.IsInputHidden)}", TerminalStyle.Dim));
        if (showsLine && Excerpt.Of(place) is { } excerpt)
        {
            WriteExcerpt(excerpt, place);
        }
    }

    private void WriteExcerpt(Excerpt excerpt, Place place)
    {
        var number = report.IsInputHidden ? "" : place.Location.Line.ToString(CultureInfo.InvariantCulture);
        page.WriteCut("      ", new StyledText($"{number} | ", TerminalStyle.Dim), excerpt.Text);
        if (excerpt.IsShown)
        {
            var mark = new string('^', TerminalPage.WidthOf(excerpt.Text));
            page.WriteCut(
                "      ",
                new StyledText($"{new string(' ', number.Length)} | ", TerminalStyle.Dim),
                new StyledText(mark, TerminalStyle.Error)
            );
        }
    }

    private void WriteFixes()
    {
        var isFixed = report.HasFixed;
        var style = isFixed ? TerminalStyle.Good : TerminalStyle.Warning;
        if (release.Fixes.Count > 0)
        {
            page.Heading(isFixed ? "Fixed values (old -> new)" : "Fixable values (old -> new)", style);
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
            page.Heading(
                $"Restarts: {Wording.Count(release.Restarts.Count, "workload")}, because the config that they read changes",
                style
            );
            page.Write(2, 4, new StyledText(Names(release.Restarts), TerminalStyle.Dim));
        }
    }

    private void WriteChanges(ChangeGroup same)
    {
        foreach (var change in same.Changes)
        {
            page.Write(
                4,
                6,
                $"{change.Path}: {change.Old} -> ",
                new StyledText(change.New, TerminalStyle.Bold),
                same.Objects.Count > 1 ? $" x{same.Objects.Count}" : ""
            );
        }

        page.Write(6, 6, new StyledText(Names(same.Objects), TerminalStyle.Dim));
        if (same.Reasons is [var reason])
        {
            page.Write(6, 6, new StyledText($"Why: {reason}", TerminalStyle.Dim));
        }
    }

    private void WriteRules(string title, IReadOnlyList<RuleDescription> rules, Func<RuleDescription, string> text)
    {
        if (rules.Count > 0)
        {
            page.Heading(title, TerminalStyle.Dim);
        }

        foreach (var rule in rules)
        {
            page.Write(2, 4, Id(rule, TerminalStyle.Plain), $" {rule.Name}: {text(rule)}");
        }
    }

    private void WriteRule(RuleDescription rule, TerminalStyle style) => page.Write(2, 4, Id(rule, style), $" {rule.Name}: {rule.Problem}");

    private static StyledText Id(RuleDescription rule, TerminalStyle style) => new(rule.Id, style, RuleLinks.Of(rule));

    private IEnumerable<T> Listed<T>(IReadOnlyList<T> all) => verbose ? all : all.Take(MaxListed);

    private void WriteMore(int count)
    {
        if (!verbose && count > MaxListed)
        {
            page.Write(4, 6, $"and {count - MaxListed} more; --verbose lists them");
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

        return string.Join(", ", names) + (verbose || objects.Count <= MaxListed ? "" : $", and {objects.Count - MaxListed} more");
    }
}
