using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>The nodes of a document as a table of rows; objects for nodes are created when they are used.</summary>
internal sealed class YamlTree
{
    /// <summary>Collections with more nodes than this are indexed when they are first used.</summary>
    private const int Many = 32;

    private readonly YamlRow[] _rows;
    private readonly Dictionary<int, NodeProperties>? _properties;

    private Dictionary<int, YamlNode[]>? _items;
    private Dictionary<int, Dictionary<string, int>>? _keys;

    private readonly YamlDocument? _document;
    private readonly string? _text;

    internal YamlTree(YamlDocument? document, string text, YamlRow[] rows, Dictionary<int, NodeProperties>? properties)
    {
        _document = document;
        _text = document is null ? text : null;
        _rows = rows;
        _properties = properties;
    }

    /// <summary>The text. All offsets of nodes are UTF-16 offsets in it.</summary>
    public string Text => _text ?? _document!.Text;

    /// <summary>
    /// Whether the root is followed by text that Go's readers and this one ignore, such as lines to the left of an indented root.
    /// </summary>
    public bool IsCutShort { get; init; }

    /// <summary>The text as bytes if all of it is ASCII; otherwise empty.</summary>
    private ReadOnlySpan<byte> Ascii => _document is null ? [] : _document.Ascii;

    /// <summary>
    /// The values of the scalars, by row, whose JSON value differs from the YAML value of the same text; null if there are none.
    /// </summary>
    public IReadOnlyDictionary<int, string>? Values { get; init; }

    /// <summary>How the text was read as YAML, or null if it is plain YAML.</summary>
    public ITextForm? Form { get; init; }

    public YamlNode Root => Node(0);

    /// <summary>A row by its index.</summary>
    public ref readonly YamlRow this[int index] => ref _rows[index];

    /// <summary>The names of the anchors that an alias refers to.</summary>
    public HashSet<string> AliasedAnchors()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (_properties is not null)
        {
            foreach (ref readonly var row in _rows.AsSpan())
            {
                if (row.Kind == RowKind.Alias)
                {
                    names.Add(_properties[row.Extra].Anchor!);
                }
            }
        }

        return names;
    }

    /// <summary>The anchor and tag of a row, or null.</summary>
    public NodeProperties? Properties(int index) => _rows[index].HasProperties ? _properties![index] : null;

    /// <summary>An object for a row.</summary>
    public YamlNode Node(int index)
    {
        ref readonly var row = ref _rows[index];
        return row.IsScalar ? new ScalarNode(this, index)
            : row.IsMapping ? new MappingNode(this, index)
            : row.IsSequence ? new SequenceNode(this, index)
            : new AliasNode(this, index);
    }

    /// <summary>The value of a scalar.</summary>
    public string Value(int index)
    {
        if (Values?.TryGetValue(index, out var value) == true)
        {
            return value;
        }

        var row = _rows[index];
        var ascii = Ascii;
        if (ascii.IsEmpty)
        {
            return Form?.FromYaml(ScalarValue.Of(Text, row)) ?? ScalarValue.Of(Text, row);
        }

        if (row.IsVerbatim)
        {
            return _document!.Strings.Get(ascii[ScalarValue.VerbatimRange(row)]);
        }

        var text = Encoding.ASCII.GetString(ascii[row.Start..row.End]);
        (row.Start, row.End) = (0, text.Length);
        return ScalarValue.Of(text, row);
    }

    /// <summary>Whether two scalars have the same text. The second tree must have been read without a document.</summary>
    public bool IsWrittenLike(int index, YamlTree other, int otherIndex)
    {
        ref readonly var row = ref _rows[index];
        ref readonly var otherRow = ref other._rows[otherIndex];
        var text = other.Text.AsSpan(otherRow.Start, otherRow.End - otherRow.Start);
        return row.Extra == otherRow.Extra
            && (
                Ascii is { IsEmpty: false } ascii
                    ? System.Text.Ascii.Equals(ascii[row.Start..row.End], text)
                    : Text.AsSpan(row.Start, row.End - row.Start).SequenceEqual(text)
            );
    }

    private bool IsValue(int index, string value, ReadOnlySpan<byte> ascii)
    {
        ref readonly var row = ref _rows[index];
        if (!row.IsVerbatim || Form is not null)
        {
            return row.IsScalar && Value(index) == value;
        }

        var start = row.Start + (row.Kind == RowKind.Plain ? 0 : 1);
        return row.End - row.Start == value.Length + (2 * (start - row.Start))
            && (
                ascii.IsEmpty
                    ? Text.AsSpan(start, value.Length).SequenceEqual(value)
                    : value.Length == 0 || (ascii[start] == value[0] && System.Text.Ascii.Equals(ascii.Slice(start, value.Length), value))
            );
    }

    /// <summary>The number of nodes directly below a row, keys included.</summary>
    public int CountChildren(int index)
    {
        var count = 0;
        var end = _rows[index].Next(index);
        for (var i = index + 1; i < end; i = _rows[i].Next(i))
        {
            count++;
        }

        return count;
    }

    /// <summary>The items of a sequence.</summary>
    public YamlNode[] Items(int index)
    {
        if (_items?.TryGetValue(index, out var known) == true)
        {
            return known;
        }

        var count = CountChildren(index);
        var children = new YamlNode[count];
        for (var (i, child) = (index + 1, 0); child < count; i = _rows[i].Next(i), child++)
        {
            children[child] = Node(i);
        }

        if (count > Many)
        {
            (_items ??= []).Add(index, children);
        }

        return children;
    }

    /// <summary>The row of the last key of that name in a mapping, or -1.</summary>
    public int FindKey(int mapping, string key)
    {
        if (_keys?.TryGetValue(mapping, out var known) == true)
        {
            return known.GetValueOrDefault(key, -1);
        }

        ReadOnlySpan<YamlRow> rows = _rows;
        var ascii = Ascii;
        var (found, count, end) = (-1, 0, rows[mapping].Next(mapping));
        for (var i = mapping + 1; i < end; count += 2)
        {
            ref readonly var row = ref rows[i];
            // Compare lengths first, because nearly all keys differ in length.
            if ((!row.IsVerbatim || row.End - row.Start - key.Length is 0 or 2) && IsValue(i, key, ascii))
            {
                found = i;
            }

            i = AfterValue(i);
        }

        if (count > Many)
        {
            (_keys ??= []).Add(mapping, IndexKeys(mapping, count / 2));
        }

        return found;
    }

    /// <summary>Whether a mapping has a key that is not written at all.</summary>
    public bool HasMissingKey(int mapping)
    {
        // A missing key is found as an empty key; in a large mapping this look-up is faster than the loop.
        if (FindKey(mapping, "") < 0)
        {
            return false;
        }

        for (var i = mapping + 1; i < _rows[mapping].Extra; i = AfterValue(i))
        {
            if (_rows[i].IsScalar && _rows[i].Start == _rows[i].End)
            {
                return true;
            }
        }

        return false;
    }

    private Dictionary<string, int> IndexKeys(int mapping, int count)
    {
        var keys = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (var i = mapping + 1; i < _rows[mapping].Extra; i = AfterValue(i))
        {
            if (_rows[i].IsScalar)
            {
                keys[Value(i)] = i;
            }
        }

        return keys;
    }

    /// <summary>The row after the value of a key.</summary>
    public int AfterValue(int key)
    {
        var value = _rows[key].Next(key);
        return _rows[value].Next(value);
    }
}
