using System.Globalization;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>Compares a manifest with an existing object by meaning: 1024Mi equals 1Gi, and {} equals a missing value.</summary>
internal static class ObjectComparison
{
    /// <summary>Whether two nodes have the same meaning.</summary>
    public static bool AreEqual(YamlNode? first, YamlNode? second) => Compare(first, second, isSubset: false);

    /// <summary>Whether the existing object has everything that the manifest sets; what the manifest does not set may differ.</summary>
    public static bool IsContained(YamlNode? stated, YamlNode? live) => Compare(stated, live, isSubset: true);

    private static bool Compare(YamlNode? first, YamlNode? second, bool isSubset)
    {
        first = AliasNode.Resolve(first);
        second = AliasNode.Resolve(second);
        if (IsNothing(first))
        {
            return isSubset || IsNothing(second);
        }

        return (first, second) switch
        {
            (MappingNode a, MappingNode b) => Keys(a)
                .Concat(isSubset ? [] : Keys(b))
                .Distinct()
                .All(key => Compare(a.Find(key), b.Find(key), isSubset)),
            (SequenceNode a, SequenceNode b) => a.Items.Count == b.Items.Count
                && a.Items.Zip(b.Items).All(pair => Compare(pair.First, pair.Second, isSubset)),
            (ScalarNode a, ScalarNode b) => a.Value == b.Value || (Quantity(a.Value) is { } number && number == Quantity(b.Value)),
            _ => false,
        };
    }

    /// <summary>A Kubernetes quantity: <c>0.5</c>, <c>500m</c>, <c>1Gi</c>, <c>1e3</c>. Null for anything else.</summary>
    public static decimal? Quantity(string text)
    {
        var end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1]))
        {
            end--;
        }

        decimal? factor = text[end..] switch
        {
            "" => 1,
            "n" => 0.000_000_001m,
            "u" => 0.000_001m,
            "m" => 0.001m,
            "k" => 1_000m,
            "M" => 1_000_000m,
            "G" => 1_000_000_000m,
            "T" => 1_000_000_000_000m,
            "P" => 1_000_000_000_000_000m,
            "E" => 1_000_000_000_000_000_000m,
            "Ki" => 1L << 10,
            "Mi" => 1L << 20,
            "Gi" => 1L << 30,
            "Ti" => 1L << 40,
            "Pi" => 1L << 50,
            "Ei" => 1L << 60,
            _ => null,
        };
        return decimal.TryParse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is > -1_000_000_000m and < 1_000_000_000m
                ? number * factor
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var whole) ? whole
            : null;
    }

    private static IEnumerable<string> Keys(MappingNode mapping) => mapping.Entries.Select(static entry => entry.Name).OfType<string>();

    /// <summary>The API server omits empty mappings and lists.</summary>
    private static bool IsNothing(YamlNode? node) =>
        node switch
        {
            null or ScalarNode { IsNull: true } => true,
            MappingNode mapping => Keys(mapping).All(key => IsNothing(mapping.Find(key))),
            SequenceNode sequence => sequence.Items.Count == 0,
            _ => false,
        };
}
