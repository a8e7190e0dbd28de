using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Creates findings about live objects.</summary>
internal static class LiveFinding
{
    private const int NamesShown = 5;

    /// <summary>A finding at a pod.</summary>
    public static Finding At(
        LivePod pod,
        RuleDescription check,
        FindingLevel level,
        string path,
        string found,
        string why,
        string remedy
    ) => At(pod.Reference, pod.IgnoredRules, check, level, path, found, why, remedy);

    /// <summary>A finding at an object.</summary>
    public static Finding At(
        string reference,
        IReadOnlyList<string> ignoredRules,
        RuleDescription check,
        FindingLevel level,
        string path,
        string found,
        string why,
        string remedy
    ) =>
        new()
        {
            Rule = check,
            Level = ignoredRules.Contains(check.Id) ? FindingLevel.Ignored : level,
            Place = new Place
            {
                Object = reference,
                Path = path,
                IgnoredRules = ignoredRules,
            },
            Found = found,
            Why = why,
            Remedy = remedy,
        };

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string Some(IReadOnlyList<string> names) =>
        names.Count <= NamesShown
            ? string.Join(", ", names.Select(static name => Printable.OneLine(name)))
            : $"{Some([.. names.Take(NamesShown)])} and {names.Count - NamesShown} more";
}
