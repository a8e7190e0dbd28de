using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>Creates the findings of preflight.</summary>
internal static class PreflightFindings
{
    /// <summary>A finding; the object's annotation may switch its check off.</summary>
    /// <param name="check">The check.</param>
    /// <param name="level">The level.</param>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    public static Finding Create(RuleDescription check, FindingLevel level, Place place, string found, string why, string remedy) =>
        new()
        {
            Rule = check,
            Level = place.IgnoredRules.Contains(check.Id) ? FindingLevel.Ignored : level,
            Place = place,
            Found = found,
            Why = why,
            Remedy = remedy,
        };
}
