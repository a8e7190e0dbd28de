namespace Tempo.PostRender.Graph;

/// <summary>Groups of items that belong together, directly or through other items; ordered by their first item.</summary>
internal sealed class DisjointSets<T>
    where T : notnull
{
    private readonly Dictionary<T, T> _parents = [];
    private readonly List<T> _order = [];

    public List<List<T>> Sets
    {
        get
        {
            var sets = new Dictionary<T, List<T>>();
            foreach (var item in _order)
            {
                var root = Root(item);
                if (!sets.TryGetValue(root, out var set))
                {
                    sets.Add(root, set = []);
                }

                set.Add(item);
            }

            return [.. sets.Values];
        }
    }

    /// <summary>Adds an item as a set of its own.</summary>
    public void Add(T item)
    {
        if (_parents.TryAdd(item, item))
        {
            _order.Add(item);
        }
    }

    /// <summary>Joins the sets of two items.</summary>
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
