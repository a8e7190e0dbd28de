namespace Tempo.PostRender.Rules;

/// <summary>The description of a rule, shown by <c>rules</c>, in the README and in reports.</summary>
public sealed record RuleDescription
{
    /// <summary>The id, for example <c>TPF001</c>; it is never reused.</summary>
    public required string Id { get; init; }

    /// <summary>A short name, for example <c>service-family</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When the rule holds, as a sentence.</summary>
    public required string Requirement { get; init; }

    /// <summary>What enforce mode fixes, and what only the user can fix, as a sentence.</summary>
    public required string Fix { get; init; }

    /// <summary>What is wrong if the rule does not hold, as a short sentence; the heading of its findings in reports.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The sentence that says the rule is satisfied, for <c>--verbose</c>.</summary>
    public required string Holds { get; init; }

    /// <summary>Why the rule matters: what happens if it does not hold.</summary>
    public required string Why { get; init; }

    /// <summary>The source of the facts behind the rule.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// Whether the rule also checks the settings that a running process reports (<c>/status/config</c>), which have no other objects.
    /// </summary>
    public bool ChecksRunningSettings { get; init; }

    /// <summary>A finding that only the user can repair.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    internal Finding Error(Place place, string found, string why, string remedy) => At(FindingLevel.Error, place, found, why, remedy);

    /// <summary>A finding that does not stop the release.</summary>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    internal Finding Warning(Place place, string found, string why, string remedy) => At(FindingLevel.Warning, place, found, why, remedy);

    /// <summary>A finding.</summary>
    /// <param name="level">What it means for the release.</param>
    /// <param name="place">Where.</param>
    /// <param name="found">What was found, as a predicate.</param>
    /// <param name="why">Why it matters.</param>
    /// <param name="remedy">What to do.</param>
    internal Finding At(FindingLevel level, Place place, string found, string why, string remedy) =>
        new()
        {
            Rule = this,
            Level = level,
            Place = place,
            Found = found,
            Why = why,
            Remedy = remedy,
        };
}
