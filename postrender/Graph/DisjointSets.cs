namespace Tempo.PostRender.Graph;

/// <summary>Things that belong together, directly or through others; sets in the order of their first member.</summary>
internal sealed class DisjointSets<T>
    where T : notnull
{
    private readonly Dictionary<T, T> _parents = [];
    private readonly List<T> _order = [];

    /// <summary>The sets.</summary>
    public IEnumerable<IReadOnlyList<T>> Sets => _order.GroupBy(Root).Select(static set => set.ToList());

    /// <summary>Makes a thing known, on its own.</summary>
    public void Add(T item)
    {
        if (_parents.TryAdd(item, item))
        {
            _order.Add(item);
        }
    }

    /// <summary>Notes that two things belong together.</summary>
    public void Join(T first, T second)
    {
        Add(first);
        Add(second);
        _parents[Root(second)] = Root(first);
    }

    private T Root(T item)
    {
        while (!_parents[item].Equals(item))
        {
            item = _parents[item] = _parents[_parents[item]];
        }

        return item;
    }
}
