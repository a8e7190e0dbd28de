namespace Tempo.PostRender.Migration;

/// <summary>A map whose keys keep their order. Paths are keys with dots between them.</summary>
internal sealed class ValueMap : Value
{
    private readonly OrderedDictionary<string, Value> _entries = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Value> Entries => _entries;

    public override string Form => "a map";

    public override bool IsEmpty => _entries.Count == 0;

    /// <summary>A map with one entry.</summary>
    public static ValueMap Of(string key, Value value)
    {
        var map = new ValueMap();
        map[key] = value;
        return map;
    }

    /// <summary>The value of a key; setting replaces it.</summary>
    public Value? this[string key]
    {
        get => _entries.GetValueOrDefault(key);
        set
        {
            if (value is null)
            {
                _entries.Remove(key);
            }
            else
            {
                _entries[key] = value;
            }
        }
    }

    /// <summary>The value at a path, or null.</summary>
    public Value? At(string path)
    {
        Value? at = this;
        foreach (var key in path.Split('.'))
        {
            at = (at as ValueMap)?[key];
        }

        return at;
    }

    /// <summary>The text at a path, or null if there is no scalar.</summary>
    public string? Text(string path) => (At(path) as ValueScalar)?.Text;

    /// <summary>The map at a path; an empty one if there is none.</summary>
    public ValueMap Map(string path) => At(path) as ValueMap ?? new ValueMap();

    /// <summary>Whether the value at a path is true.</summary>
    public bool IsTrue(string path) => Text(path) == "true";

    /// <summary>Sets what is not set yet at a path; maps are merged key by key, and existing values win.</summary>
    public void Put(string path, Value value)
    {
        var keys = path.Split('.');
        var at = this;
        foreach (var key in keys[..^1])
        {
            if (at[key] is null)
            {
                at[key] = new ValueMap();
            }

            if (at[key] is not ValueMap next)
            {
                return;
            }

            at = next;
        }

        at[keys[^1]] = at[keys[^1]] is ValueMap first && value is ValueMap second ? Overlay(second, first) : at[keys[^1]] ?? value.Copy();
    }

    /// <summary>Removes what is at a path, and the maps above it that are empty then.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Remove(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return _entries.Remove(path);
        }

        var key = path[..dot];
        if (this[key] is not ValueMap below || !below.Remove(path[(dot + 1)..]))
        {
            return false;
        }

        this[key] = below.IsEmpty ? null : below;
        return true;
    }

    /// <summary>Two maps as Helm merges values files: maps key by key, everything else as a whole.</summary>
    /// <param name="below">The map whose values count where the other has none.</param>
    /// <param name="above">The map whose values count.</param>
    public static ValueMap Overlay(ValueMap below, ValueMap above) => Merge(below, above, keepsNull: true);

    /// <summary>Values over the defaults of a chart, as Helm takes them: null removes what stands in the defaults.</summary>
    public static ValueMap OverDefaults(ValueMap defaults, ValueMap values) => Merge(defaults, values, keepsNull: false);

    public override bool Is(Value? other) =>
        other is ValueMap map
        && _entries.Count == map._entries.Count
        && _entries.All(entry => map._entries.TryGetValue(entry.Key, out var value) && entry.Value.Is(value));

    public override Value Copy() => Overlay(this, new ValueMap());

    private static ValueMap Merge(ValueMap below, ValueMap above, bool keepsNull)
    {
        var merged = new ValueMap();
        foreach (var (key, value) in below._entries)
        {
            merged[key] = above[key] is { } over ? Above(value, over, keepsNull) : value.Copy();
        }

        foreach (var (key, value) in above._entries)
        {
            if (below[key] is null)
            {
                merged[key] = Above(null, value, keepsNull);
            }
        }

        return merged;
    }

    private static Value? Above(Value? below, Value above, bool keepsNull) =>
        above switch
        {
            ValueScalar { IsNull: true } when !keepsNull && below is not null => null,
            ValueMap map => Merge(below as ValueMap ?? new ValueMap(), map, keepsNull),
            _ => above.Copy(),
        };
}
