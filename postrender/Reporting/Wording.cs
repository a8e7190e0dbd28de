using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>What all reports say in the same words.</summary>
internal static class Wording
{
    /// <summary>What was found, why it matters, and what to do.</summary>
    public static string Sentence(this Finding finding) => $"{finding.Found}; {finding.Why}. {finding.Remedy}.";

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

    /// <summary>A clause as a sentence.</summary>
    public static string Sentence(string clause) => $"{Capital(clause)}.";

    /// <summary>A clause with a capital letter.</summary>
    public static string Capital(string clause) =>
        clause.Length > 0 && char.IsAsciiLetterLower(clause[0]) ? char.ToUpperInvariant(clause[0]) + clause[1..] : clause;
}
