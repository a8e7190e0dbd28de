namespace Tempo.PostRender.Manifests;

/// <summary>The edits of one document as a tree of their paths, so that a missing key which several edits need is added once.</summary>
internal sealed class EditTree
{
    /// <summary>Up to this number of keys, a linear search is fast enough; most trees have a single path.</summary>
    private const int Few = 8;

    private static readonly List<KeyValuePair<string, EditTree>> NoKeys = [];
    private static readonly SortedDictionary<int, EditTree> NoItems = [];

    private List<KeyValuePair<string, EditTree>>? _keys;
    private Dictionary<string, EditTree>? _index;
    private SortedDictionary<int, EditTree> _items = NoItems;
    private List<YamlValue>? _appended;
    private SortedDictionary<int, string>? _setLines;
    private SortedDictionary<int, List<string>>? _insertedLines;

    /// <summary>The children by key, in the order of the edits.</summary>
    public List<KeyValuePair<string, EditTree>> Keys => _keys ?? NoKeys;

    /// <summary>The children by index.</summary>
    public IReadOnlyDictionary<int, EditTree> Items => _items;

    /// <summary>The values to append to the list at this path.</summary>
    public IReadOnlyList<YamlValue> Appended => _appended ?? [];

    /// <summary>The value to set at this path, or null.</summary>
    public YamlValue? Value { get; private set; }

    /// <summary>Whether to remove the entry at this path.</summary>
    public bool Removes { get; private set; }

    /// <summary>Lines to replace in a text that is not YAML, by index.</summary>
    public SortedDictionary<int, string> SetLines => _setLines ??= [];

    /// <summary>Lines to insert into a text that is not YAML, by the index of the line before them.</summary>
    public SortedDictionary<int, List<string>> InsertedLines => _insertedLines ??= [];

    /// <summary>Whether the text is not YAML, so that its lines are changed.</summary>
    public bool IsText => _setLines is not null || _insertedLines is not null;

    /// <summary>The changes of the document embedded in the scalar at this path, or null.</summary>
    public EmbeddedChange? Embedded { get; private set; }

    /// <summary>Whether the changes can be made where no value exists yet: they only set and append values.</summary>
    public bool IsNew => !Removes && Embedded is null && _items.Count == 0 && Keys.TrueForAll(static child => child.Value.IsNew);

    /// <summary>Builds the tree for the edits of one document. Equal edits are applied once.</summary>
    /// <exception cref="EditRefusedException">Two edits contradict each other.</exception>
    public static EditTree Of(IEnumerable<Edit> edits)
    {
        var root = new EditTree();
        foreach (var edit in edits)
        {
            if (edit.Operation is EditOperation.SetLine or EditOperation.InsertLine)
            {
                root.TakeLine(edit.Path.Segments[0].Index, edit.Operation, ((YamlValue.Text)edit.Value!).Value);
            }
            else
            {
                root.At(edit.Path).Take(edit);
            }
        }

        return root;
    }

    /// <summary>Adds the changes of a document that is embedded in a scalar of this one.</summary>
    public void Embed(EmbeddedDocument document, EditTree changes)
    {
        var target = At(document.ContainerPath);
        if (target.Value is not null || target.Removes)
        {
            throw new EditRefusedException($"{document.ContainerPath} is both replaced as a whole and edited inside");
        }

        target.Embedded = new EmbeddedChange(document, changes);
    }

    public EditTree? Find(string key)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(key);
        }

        foreach (var (name, child) in Keys)
        {
            if (name == key)
            {
                return child;
            }
        }

        return null;
    }

    private EditTree At(NodePath path)
    {
        var tree = this;
        foreach (var (key, index) in path.Segments)
        {
            EditTree? next;
            if (key is not null)
            {
                next = tree.Find(key);
                if (next is null)
                {
                    tree.Add(key, next = new EditTree());
                }
            }
            else if (!tree._items.TryGetValue(index, out next))
            {
                tree._items = tree._items == NoItems ? [] : tree._items;
                tree._items.Add(index, next = new EditTree());
            }

            tree = next;
        }

        return tree;
    }

    private void Add(string key, EditTree child)
    {
        (_keys ??= new(1)).Add(new(key, child));
        if (_keys.Count > Few)
        {
            _index ??= new(_keys, StringComparer.Ordinal);
            _index[key] = child;
        }
    }

    private void TakeLine(int line, EditOperation operation, string text)
    {
        if (operation == EditOperation.SetLine)
        {
            if (!SetLines.TryAdd(line, text) && SetLines[line] != text)
            {
                throw new EditRefusedException($"two edits contradict each other in line {line + 1}");
            }
        }
        else if (!InsertedLines.TryGetValue(line, out var inserted))
        {
            InsertedLines.Add(line, [text]);
        }
        else if (!inserted.Contains(text))
        {
            inserted.Add(text);
        }
    }

    private void Take(Edit edit)
    {
        var contradicts = edit.Operation switch
        {
            EditOperation.Set => Removes
                || Embedded is not null
                || Keys.Count > 0
                || _items.Count > 0
                || (Value is not null && Value != edit.Value),
            EditOperation.Remove => Value is not null || Embedded is not null,
            _ => Removes || Value is not null,
        };
        if (contradicts)
        {
            throw new EditRefusedException($"two edits contradict each other at {edit.Path}");
        }

        switch (edit.Operation)
        {
            case EditOperation.Set:
                Value = edit.Value;
                break;
            case EditOperation.Remove:
                Removes = true;
                break;
            case EditOperation.Append when !Appended.Contains(edit.Value!):
                (_appended ??= []).Add(edit.Value!);
                break;
        }
    }
}

/// <summary>The changes of a document that is embedded in a scalar of another one.</summary>
internal sealed record EmbeddedChange(EmbeddedDocument Document, EditTree Changes);
