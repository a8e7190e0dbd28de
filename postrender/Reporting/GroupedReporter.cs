using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// The report for a reader at a terminal: the verdict first, then what the reader has to decide, then what was fixed, with equal
/// changes shown as one, and what to run next.
/// </summary>
internal sealed class GroupedReporter
{
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
            new GroupedRelease(Report, release, _page, _verbose).Write();
        }

        if (Report.Graph.Truncated.Count > 0)
        {
            _page.Heading("Cut off by Helm", TerminalStyle.Warning);
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
            _page.Write(0, 2, new StyledText(Printable.OneLine(Report.Input ?? "standard input"), TerminalStyle.Bold));
        }

        var word = VerdictText.Word(_groups);
        _page.Write(0, 2, new StyledText($"{Wording.Capital(word)}:", style), " ", VerdictText.Sentence(_groups));
        if (_groups.Verdict != Verdict.NothingToDo)
        {
            _page.Write(0, 2, new StyledText(TextReporter.Numbers(Report), TerminalStyle.Bold));
        }
    }

    private void WriteNext()
    {
        if (_groups.NextSteps.Count > 0)
        {
            _page.Heading("Next", TerminalStyle.Bold);
        }

        foreach (var step in _groups.NextSteps)
        {
            if (step.Command is not { } command)
            {
                _page.Write(2, 2, step.Text);
            }
            else if (_page.Fits(2, step.Text, command))
            {
                _page.Write(2, 4, step.Text, " ", new StyledText(command, TerminalStyle.Bold));
            }
            else
            {
                _page.Write(2, 2, step.Text);
                _page.Write(4, 6, new StyledText(command, TerminalStyle.Bold));
            }
        }
    }
}
