namespace Tempo.PostRender.Graph;

/// <summary>An index of labelled items, which finds those that match a selector without checking every item.</summary>
internal sealed class LabelIndex<T>
{
    private readonly DictionaryOfLists<string, Entry> _byNamespace = new();
    private readonly DictionaryOfLists<(string Namespace, string Key, string Value), Entry> _byLabel = new();

    /// <summary>Adds an item. Results have the order in which items were added.</summary>
    public void Add(T item, string itsNamespace, IReadOnlyDictionary<string, string> labels)
    {
        var entry = new Entry(item, labels);
        _byNamespace.Add(itsNamespace, entry);
        foreach (var (key, value) in labels)
        {
            _byLabel.Add((itsNamespace, key, value), entry);
        }
    }

    /// <summary>The items of a namespace that have all these labels; all items if there are no labels.</summary>
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
