using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>What all reports say in the same words.</summary>
internal static class Wording
{
    /// <summary>What was found, why it matters, and what to do, or what was done.</summary>
    public static string Sentence(this Finding finding, ReportedLevel level) =>
        $"{finding.Found}; {finding.Why}. {finding.RemedyAt(level)}.";

    /// <summary>What to do about a finding; if it was fixed, what was done.</summary>
    public static string RemedyAt(this Finding finding, ReportedLevel level) =>
        level == ReportedLevel.Fixed ? finding.Done : finding.Remedy;

    /// <summary>A level as a word.</summary>
    /// <remarks>Every run needs it, and reading the names of an enum costs a hundredth of a run.</remarks>
    public static string Word(this ReportedLevel level) =>
        level switch
        {
            ReportedLevel.Fixed => "fixed",
            ReportedLevel.Fixable => "fixable",
            ReportedLevel.Error => "error",
            ReportedLevel.Warning => "warning",
            _ => "ignored",
        };

    /// <summary>A number with its noun: <c>1 error</c>, <c>2 errors</c>.</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string Names(IReadOnlyList<string> names, int max = 5) =>
        string.Join(", ", names.Take(max).Select(static name => Printable.OneLine(name)))
        + (names.Count > max ? $" and {names.Count - max} more" : "");

    /// <summary>A clause as a sentence.</summary>
    public static string Sentence(string clause) => $"{Capital(clause)}.";

    /// <summary>A release and its family, which must be decided.</summary>
    /// <param name="isContradicted">Whether a setting contradicts the family.</param>
    public static string FamilyOf(ReleaseAnalysis release, bool isContradicted) =>
        $"{Printable.OneLine(release.Release)} {(isContradicted ? "should be" : "is")} {release.Decision.Family}";

    /// <summary>A clause with a capital letter.</summary>
    public static string Capital(string clause) =>
        clause.Length > 0 && char.IsAsciiLetterLower(clause[0]) ? char.ToUpperInvariant(clause[0]) + clause[1..] : clause;
}
