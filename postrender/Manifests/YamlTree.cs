namespace Tempo.PostRender.Manifests;

/// <summary>The nodes of a document, as a table, and the objects made of those that somebody asked for.</summary>
internal sealed class YamlTree
{
    private readonly YamlRow[] _rows;
    private readonly Dictionary<int, NodeProperties>? _properties;

    /// <summary>An alias leads to the same object as the way from the root.</summary>
    private Dictionary<int, YamlNode>? _anchored;
    private YamlNode? _root;

    internal YamlTree(string text, ITextForm? form, YamlRow[] rows, Dictionary<int, NodeProperties>? properties)
    {
        Text = text;
        Form = form;
        _rows = rows;
        _properties = properties;
    }

    /// <summary>The text as it was parsed; offsets of nodes count in it.</summary>
    public string Text { get; }

    /// <summary>How the text was read as YAML, or null where it is YAML as it stands.</summary>
    public ITextForm? Form { get; }

    /// <summary>The root node.</summary>
    public YamlNode Root => _root ??= Node(0);

    /// <summary>The rows, the root's first.</summary>
    public ReadOnlySpan<YamlRow> Rows => _rows;

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

    /// <summary>The object for a row.</summary>
    public YamlNode Node(int index)
    {
        if (!_rows[index].HasProperties)
        {
            return Create(index);
        }

        _anchored ??= [];
        if (!_anchored.TryGetValue(index, out var node))
        {
            _anchored.Add(index, node = Create(index));
        }

        return node;
    }

    private YamlNode Create(int index)
    {
        ref readonly var row = ref _rows[index];
        return row.IsScalar ? new ScalarNode(this, index)
            : row.IsMapping ? new MappingNode(this, index)
            : row.IsSequence ? new SequenceNode(this, index)
            : new AliasNode(this, index);
    }
}
