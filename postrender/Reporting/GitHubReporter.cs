using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// The report as workflow commands, which a GitHub workflow shows at the file and line. GitHub shows ten annotations of a level and
/// step (https://docs.github.com/en/rest/checks/runs); the last one says how many more there are, and they follow as lines of the log.
/// </summary>
public static class GitHubReporter
{
    private const int MaxAnnotations = 10;

    /// <summary>Writes reports: what only the user can resolve first.</summary>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        var findings = reports
            .SelectMany(static report => report.Findings.Select(finding => (Finding: finding, Level: report.LevelOf(finding))))
            .OrderBy(static found => found.Level == ReportedLevel.Error ? 0 : 1)
            .GroupBy(static found => CommandOf(found.Level))
            .OrderBy(static group => group.Key, StringComparer.Ordinal);
        foreach (var group in findings)
        {
            var all = group.ToList();
            var annotated = all.Count > MaxAnnotations ? MaxAnnotations - 1 : all.Count;
            foreach (var (finding, level) in all[..annotated])
            {
                output.WriteLine(Annotation(finding, level, group.Key));
            }

            if (annotated < all.Count)
            {
                output.WriteLine(
                    $"::{group.Key} title={Property(ProgramInfo.Name)}::{all.Count - annotated} more findings of "
                        + "this level are in the log."
                );
            }

            foreach (var (finding, level) in all[annotated..])
            {
                output.WriteLine(TextReporter.Line(finding, level));
            }
        }
    }

    private static string CommandOf(ReportedLevel level) =>
        level switch
        {
            ReportedLevel.Error or ReportedLevel.Fixable => "error",
            ReportedLevel.Warning => "warning",
            _ => "notice",
        };

    private static string Annotation(Finding finding, ReportedLevel level, string command)
    {
        var place = finding.Place;
        var file = place.File is null ? "" : $"file={Property(place.File)},";
        var message = $"{Printable.OneLine(place.Object)} {place.FullPath}: {finding.Sentence(level)}";
        var title = Property($"{finding.Rule.Id} {finding.Rule.Name}");
        return $"::{command} {file}line={place.Location.Line},col={place.Location.Column},title={title}::{Data(message)}";
    }

    private static string Data(string text) => Printable.OneLine(text, int.MaxValue).Replace("%", "%25", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
