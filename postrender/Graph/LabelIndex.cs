namespace Tempo.PostRender.Graph;

/// <summary>Things with labels, found by a selector without a look at every one of them.</summary>
internal sealed class LabelIndex<T>
{
    private readonly DictionaryOfLists<string, Entry> _byNamespace = new();
    private readonly DictionaryOfLists<(string Namespace, string Key, string Value), Entry> _byLabel = new();

    /// <summary>Adds a thing; what is found comes in the order in which it was added.</summary>
    public void Add(T item, string itsNamespace, IReadOnlyDictionary<string, string> labels)
    {
        var entry = new Entry(item, labels);
        _byNamespace.Add(itsNamespace, entry);
        foreach (var (key, value) in labels)
        {
            _byLabel.Add((itsNamespace, key, value), entry);
        }
    }

    /// <summary>The things of a namespace with all these labels; without labels all of them.</summary>
    public IEnumerable<T> With(string itsNamespace, IReadOnlyDictionary<string, string> labels)
    {
        var fewest = _byNamespace[itsNamespace];
        foreach (var (key, value) in labels)
        {
            var found = _byLabel[(itsNamespace, key, value)];
            fewest = found.Count < fewest.Count ? found : fewest;
        }

        return fewest.Where(entry => entry.Has(labels)).Select(static entry => entry.Item);
    }

    private sealed record Entry(T Item, IReadOnlyDictionary<string, string> Labels)
    {
        public bool Has(IReadOnlyDictionary<string, string> labels) =>
            labels.All(label => Labels.TryGetValue(label.Key, out var value) && value == label.Value);
    }
}
