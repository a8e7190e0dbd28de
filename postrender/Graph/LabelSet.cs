namespace Tempo.PostRender.Graph;

/// <summary>A namespace and a set of labels, as the key of a dictionary.</summary>
/// <param name="ns">The namespace.</param>
/// <param name="labels">The labels of pods, or those that a selector requires.</param>
/// <param name="conditions">The further conditions of a selector, as <see cref="LabelSelector.Conditions"/>.</param>
internal readonly struct LabelSet(string ns, IReadOnlyDictionary<string, string> labels, string conditions = "") : IEquatable<LabelSet>
{
    private readonly string _namespace = ns;
    private readonly IReadOnlyDictionary<string, string> _labels = labels;
    private readonly string _conditions = conditions;

    /// <summary>Whether all labels of one set are in another.</summary>
    public static bool IsIn(IReadOnlyDictionary<string, string> labels, IReadOnlyDictionary<string, string> others)
    {
        foreach (var (key, value) in labels)
        {
            if (!others.TryGetValue(key, out var other) || other != value)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(LabelSet other) =>
        _namespace == other._namespace
        && _conditions == other._conditions
        && _labels.Count == other._labels.Count
        && IsIn(_labels, other._labels);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LabelSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = HashCode.Combine(_namespace, _conditions);
        foreach (var (key, value) in _labels)
        {
            hash ^= HashCode.Combine(key, value);
        }

        return hash;
    }
}
