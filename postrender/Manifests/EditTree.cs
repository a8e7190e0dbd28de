namespace Tempo.PostRender.Manifests;

/// <summary>The edits of one document, arranged along their paths, so that keys which several edits need are added once.</summary>
internal sealed class EditTree
{
    /// <summary>Most trees are a path with one change at its end; in so few keys a search needs no index.</summary>
    private const int Few = 8;

    private static readonly List<KeyValuePair<string, EditTree>> NoKeys = [];
    private static readonly SortedDictionary<int, EditTree> NoItems = [];

    private List<KeyValuePair<string, EditTree>>? _keys;
    private Dictionary<string, EditTree>? _index;
    private SortedDictionary<int, EditTree> _items = NoItems;
    private List<YamlValue>? _appended;
    private SortedDictionary<int, string>? _setLines;
    private SortedDictionary<int, List<string>>? _insertedLines;

    /// <summary>Children below keys, in the order the edits came.</summary>
    public List<KeyValuePair<string, EditTree>> Keys => _keys ?? NoKeys;

    /// <summary>Children below indexes.</summary>
    public IReadOnlyDictionary<int, EditTree> Items => _items;

    /// <summary>Values to append to the list here.</summary>
    public IReadOnlyList<YamlValue> Appended => _appended ?? [];

    /// <summary>The value to set here, or null.</summary>
    public YamlValue? Value { get; private set; }

    /// <summary>Whether the entry here goes.</summary>
    public bool Removes { get; private set; }

    /// <summary>Lines to set in a text that is no YAML, by index.</summary>
    public SortedDictionary<int, string> SetLines => _setLines ??= [];

    /// <summary>Lines to insert into a text that is no YAML, by the index of the line before.</summary>
    public SortedDictionary<int, List<string>> InsertedLines => _insertedLines ??= [];

    /// <summary>Whether the changes are those of a text that is no YAML.</summary>
    public bool IsText => _setLines is not null || _insertedLines is not null;

    /// <summary>The changes of a document inside the scalar here, or null.</summary>
    public EmbeddedChange? Embedded { get; private set; }

    /// <summary>Whether it can be made where there is nothing yet: it removes nothing, and changes nothing that had to be there.</summary>
    public bool IsNew => !Removes && Embedded is null && _items.Count == 0 && Keys.TrueForAll(static child => child.Value.IsNew);

    /// <summary>Arranges the edits of one document. Equal edits count once.</summary>
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

    /// <summary>Notes that the scalar at a path holds a document with changes of its own.</summary>
    public void Embed(EmbeddedDocument document, EditTree changes)
    {
        var target = At(document.ContainerPath);
        if (target.Value is not null || target.Removes)
        {
            throw new EditRefusedException($"{document.ContainerPath} is changed as a whole and inside");
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

/// <summary>Changes of a document that stands inside a scalar of another.</summary>
internal sealed record EmbeddedChange(EmbeddedDocument Document, EditTree Changes);
