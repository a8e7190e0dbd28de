namespace Tempo.PostRender.Graph;

/// <summary>
/// Lists of items by a key and a namespace. The namespace of an item is null if it is unknown; the item may then be in any namespace.
/// </summary>
internal sealed class ListsByNamespace<TKey, T>
    where TKey : notnull
{
    private readonly DictionaryOfLists<TKey, T> _all = new();
    private readonly DictionaryOfLists<(TKey Key, string? Namespace), T> _byNamespace = new();

    public void Add(TKey key, string? ns, T item)
    {
        _all.Add(key, item);
        _byNamespace.Add((key, ns), item);
    }

    /// <summary>The items that may be in a namespace: all of the key, if it is null.</summary>
    public List<T> In(TKey key, string? ns)
    {
        if (ns is null)
        {
            return _all[key];
        }

        var (known, unknown) = (_byNamespace[(key, ns)], _byNamespace[(key, null)]);
        return unknown.Count == 0 ? known
            : known.Count == 0 ? unknown
            : [.. known, .. unknown];
    }
}
