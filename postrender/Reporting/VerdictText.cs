using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>The verdict of a report in words, for pages.</summary>
internal static class VerdictText
{
    /// <summary>The heading: the releases and their families.</summary>
    public static string Heading(ReportGroups groups) =>
        groups.Releases switch
        {
            [] => "Nothing here belongs to Tempo",
            [var only] => only.Analysis.Decision.Family is not null
                ? groups.Report.FamilyOf(only.Analysis)
                : $"{Printable.OneLine(only.Analysis.Release)}: the family is undecided",
            var several => $"{several.Count} releases of Tempo",
        };

    /// <summary>The verdict in a few words.</summary>
    public static string Word(ReportGroups groups) =>
        groups.Verdict switch
        {
            Verdict.NothingToDo => "nothing to do",
            Verdict.Consistent => "consistent",
            Verdict.Fixed => "fixed",
            Verdict.Fixable => "fixable",
            Verdict.NeedsDecision => groups.Report is { Mode: RunMode.Enforce, IsRefused: true } ? "refused" : "failed",
            _ => "has warnings",
        };

    /// <summary>What the verdict means for the reader.</summary>
    public static string Sentence(ReportGroups groups)
    {
        var report = groups.Report;
        var (errors, fixable, done) = (
            report.Count(ReportedLevel.Error),
            report.Count(ReportedLevel.Fixable),
            report.Count(ReportedLevel.Fixed)
        );
        return groups.Verdict switch
        {
            Verdict.NothingToDo => Wording.Sentence(NoTempo(report.Documents)),
            Verdict.Consistent => "Every value fits the family of the release.",
            Verdict.Fixed =>
                $"{Wording.Count(done, "value")} did not fit the family of the release, and the post-renderer changed {Pronoun(done)}.",
            Verdict.Fixable => $"{Wording.Count(fixable, "value")} {(fixable == 1 ? "does" : "do")} not fit the family of the release. "
                + $"The post-renderer can fix {Pronoun(fixable)}; this run changed nothing.",
            Verdict.NeedsDecision => $"{Wording.Count(errors, "finding")} {(errors == 1 ? "needs" : "need")} your decision"
                + (fixable > 0 ? $"; the post-renderer can fix {fixable} more after that." : "."),
            _ => "Only warnings were found, and the run was asked to fail on them.",
        };
    }

    /// <summary>Manifests without Tempo, as a clause.</summary>
    public static string NoTempo(int documents) =>
        documents switch
        {
            0 => "no documents",
            1 => "1 document, which does not belong to Tempo",
            _ => $"{documents} documents, none of which belongs to Tempo",
        };

    private static string Pronoun(int number) => number == 1 ? "it" : "all of them";
}
