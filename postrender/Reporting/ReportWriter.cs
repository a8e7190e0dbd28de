using System.Text;
using Tempo.PostRender.Reporting.Html;
using Tempo.PostRender.Reporting.Markdown;

namespace Tempo.PostRender.Reporting;

/// <summary>How a report for people is written.</summary>
/// <param name="Verbose">Whether to list the rules that hold.</param>
/// <param name="Terminal">The terminal that shows the report, or null for a file or a pipe.</param>
public sealed record ReportStyle(bool Verbose, TerminalSettings? Terminal = null);

/// <summary>Writes a report in any format.</summary>
public static class ReportWriter
{
    /// <summary>Writes reports.</summary>
    /// <param name="reports">The reports, one for each input.</param>
    /// <param name="style">How a report for people is written.</param>
    /// <param name="output">Receives the report; stays open.</param>
    public static void Write(IReadOnlyList<Report> reports, ReportFormat format, ReportStyle style, Stream output)
    {
        switch (format)
        {
            case ReportFormat.Json:
                JsonReporter.Write(reports, output);
                return;
            case ReportFormat.Sarif:
                SarifReporter.Write(reports, output);
                return;
        }

        using var writer = OpenText(output);
        switch (format)
        {
            case ReportFormat.Github:
                GitHubReporter.Write(reports, writer);
                break;
            case ReportFormat.Diff:
                UnifiedDiff.Write(reports, style.Terminal, writer);
                break;
            case ReportFormat.Mermaid:
                MermaidReporter.Write(reports, writer);
                break;
            case ReportFormat.Markdown:
                MarkdownReporter.Write(reports, writer);
                break;
            case ReportFormat.Html:
                HtmlReporter.Write(reports, writer);
                break;
            case ReportFormat.KustomizePatches:
                PatchReporter.Write(reports, writer);
                break;
            case ReportFormat.Grouped:
            case ReportFormat.Text when style.Terminal is { IsTerminal: true }:
                GroupedReporter.Write(reports, style.Verbose, style.Terminal, writer);
                break;
            default:
                WriteLines(reports, style, writer);
                break;
        }
    }

    /// <summary>A writer of text over a stream, which stays open.</summary>
    internal static StreamWriter OpenText(Stream output) =>
        new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };

    private static void WriteLines(IReadOnlyList<Report> reports, ReportStyle style, TextWriter writer)
    {
        var text = TerminalWriter.Over(writer, style.Terminal?.Unbroken());
        foreach (var report in reports)
        {
            TextReporter.Write(report, style.Verbose, text);
        }

        text.Flush();
    }
}
