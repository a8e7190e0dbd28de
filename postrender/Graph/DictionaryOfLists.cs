namespace Tempo.PostRender.Graph;

/// <summary>A dictionary with several values per key, in the order in which they were added.</summary>
internal sealed class DictionaryOfLists<TKey, TValue>
    where TKey : notnull
{
    private static readonly List<TValue> None = [];

    private readonly Dictionary<TKey, List<TValue>> _lists = [];

    /// <summary>The keys, in the order in which they were first added.</summary>
    public IReadOnlyCollection<TKey> Keys => _lists.Keys;

    /// <summary>The values of a key; empty for an unknown key.</summary>
    public List<TValue> this[TKey key] => _lists.TryGetValue(key, out var list) ? list : None;

    public void Add(TKey key, TValue value)
    {
        if (!_lists.TryGetValue(key, out var list))
        {
            _lists[key] = list = new List<TValue>(1);
        }

        list.Add(value);
    }
}
