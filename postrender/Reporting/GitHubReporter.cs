using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The report as workflow commands, which a GitHub workflow shows at the file and line.</summary>
public static class GitHubReporter
{
    /// <summary>Writes reports, a line for every finding.</summary>
    /// <param name="reports">The reports, one for each input.</param>
    /// <param name="output">Receives the report.</param>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        foreach (var report in reports)
        {
            foreach (var finding in report.Findings)
            {
                output.WriteLine(Line(finding, report.LevelOf(finding)));
            }
        }
    }

    private static string Line(Finding finding, ReportedLevel level)
    {
        var command = level switch
        {
            ReportedLevel.Error or ReportedLevel.Fixable => "error",
            ReportedLevel.Warning => "warning",
            _ => "notice",
        };
        var place = finding.Place;
        var file = place.File is null ? "" : $"file={Property(place.File)},";
        var message = $"{place.Object} {place.FullPath}: {finding.Found}; {finding.Why}. {finding.Remedy}.";
        return $"::{command} {file}line={place.Location.Line},col={place.Location.Column},title={Property($"{finding.Rule.Id} {finding.Rule.Name}")}::{Data(message)}";
    }

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
