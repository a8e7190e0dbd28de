using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>Findings in words.</summary>
internal static class FindingText
{
    /// <summary>What was found, why it matters, and what to do.</summary>
    public static string Sentence(this Finding finding) => $"{finding.Found}; {finding.Why}. {finding.Remedy}.";
}
