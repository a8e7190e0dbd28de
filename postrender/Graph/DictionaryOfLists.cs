namespace Tempo.PostRender.Graph;

/// <summary>A dictionary with several values under a key, in the order in which they came.</summary>
internal sealed class DictionaryOfLists<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, List<TValue>> _lists = [];

    /// <summary>The values under a key; none for one that is not known.</summary>
    public IReadOnlyList<TValue> this[TKey key] => _lists.TryGetValue(key, out var list) ? list : [];

    public void Add(TKey key, TValue value)
    {
        if (!_lists.TryGetValue(key, out var list))
        {
            _lists[key] = list = [];
        }

        list.Add(value);
    }
}
