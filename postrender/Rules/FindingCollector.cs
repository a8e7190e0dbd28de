using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>Collects what rules find, as it is reported.</summary>
internal sealed class FindingCollector
{
    private readonly StringPool _texts = new();

    /// <summary>The findings without repetitions, with the level of those that an annotation disables.</summary>
    /// <param name="check">What a rule finds.</param>
    public List<Finding> Collect(IEnumerable<Finding> check)
    {
        // The same problem at the same place is reported once, even if several configs or pods lead to it.
        var known = new HashSet<(string? File, string Object, string Path, Location Location, string Found, string Why)>();
        var found = new List<Finding>();
        foreach (var finding in check)
        {
            var place = finding.Place;
            if (known.Add((place.File, place.Object, place.FullPath, place.Location, finding.Found, finding.Why)))
            {
                found.Add(Pooled(MarkedIfIgnored(finding)));
            }
        }

        return found;
    }

    /// <summary>The finding, at the level Ignored if the annotation of its object disables the rule.</summary>
    public static Finding MarkedIfIgnored(Finding finding) =>
        finding.Place.IgnoredRules.Contains(finding.Rule.Id) ? finding with { Level = FindingLevel.Ignored, Edits = [] } : finding;

    /// <summary>
    /// Turns findings whose edits cannot be made in place into errors that the user must fix by hand. All edits are tried together, and
    /// one by one only if that fails, because a release can have thousands. Live objects are never edited.
    /// </summary>
    /// <param name="findings">The findings of a release.</param>
    public static List<Finding> WithoutImpossibleEdits(List<Finding> findings)
    {
        var edits = new List<Edit>();
        foreach (var finding in findings)
        {
            edits.AddRange(finding.Place.IsLive ? [] : finding.Edits);
        }

        return edits.Count == 0 || ManifestWriter.Refusal(edits) is null ? findings : findings.ConvertAll(WithoutImpossibleEdits);
    }

    private static Finding WithoutImpossibleEdits(Finding finding) =>
        finding.Edits.Count > 0 && !finding.Place.IsLive && ManifestWriter.Refusal(finding.Edits) is { } reason
            ? finding with
            {
                Level = FindingLevel.Error,
                Edits = [],
                Remedy = $"{finding.Remedy} by hand; it cannot be changed in place: {reason}",
            }
            : finding;

    /// <summary>The finding with pooled texts, because hundreds of releases can have findings with the same texts.</summary>
    private Finding Pooled(Finding finding) =>
        finding with
        {
            Found = _texts.Get(finding.Found),
            Why = _texts.Get(finding.Why),
            Remedy = _texts.Get(finding.Remedy),
            Done = _texts.Get(finding.Done),
            Place = finding.Place with
            {
                Path = _texts.Get(finding.Place.Path),
                ConfigPath = finding.Place.ConfigPath is { } path ? _texts.Get(path) : null,
            },
        };
}
