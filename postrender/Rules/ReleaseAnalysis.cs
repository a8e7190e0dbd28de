using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Rules;

/// <summary>The result of the rules for one release.</summary>
public sealed record ReleaseAnalysis
{
    /// <summary>Its name, as <see cref="Release.Name"/>.</summary>
    public required string Release { get; init; }

    /// <summary>Its family and what decided it.</summary>
    public required FamilyDecision Decision { get; init; }

    /// <summary>The findings.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>
    /// The rules that hold, found on first use. A rule about something that the release does not have is not listed.
    /// </summary>
    public required Lazy<IReadOnlyList<RuleDescription>> Satisfied { get; init; }

    /// <summary>The rules that the user disabled.</summary>
    public required IReadOnlyList<RuleDescription> Disabled { get; init; }

    /// <summary>The diagram of the release, created on first use.</summary>
    public required Lazy<ReleaseDiagram> Diagram { get; init; }

    /// <summary>This analysis after a further step.</summary>
    /// <param name="rule">What the step checks.</param>
    /// <param name="found">What it found.</param>
    internal ReleaseAnalysis With(RuleDescription rule, IReadOnlyList<Finding> found) =>
        found.Count == 0
            ? this with
            {
                Satisfied = new Lazy<IReadOnlyList<RuleDescription>>(() => [.. Satisfied.Value, rule]),
            }
            : this with
            {
                Findings = [.. Findings, .. found],
            };
}
