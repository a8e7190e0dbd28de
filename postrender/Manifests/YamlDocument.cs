namespace Tempo.PostRender.Manifests;

/// <summary>A place in the input: line and column, both from 1, columns in UTF-16 units.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
public readonly record struct Location(int Line, int Column);

/// <summary>One YAML document: its text as it came, and its nodes, read when they are first asked for.</summary>
public abstract class YamlDocument
{
    private YamlTree? _tree;
    private bool _isRead;
    private HashSet<string>? _aliasedAnchors;
    private LineStarts? _lines;

    private protected YamlDocument() { }

    /// <summary>The text; offsets of nodes count in it.</summary>
    public abstract string Text { get; }

    /// <summary>
    /// The text as bytes, where every character is one of them; else nothing. Values are read from these without decoding all of the
    /// text.
    /// </summary>
    internal virtual ReadOnlySpan<byte> Ascii => [];

    /// <summary>The strings of values that are read from <see cref="Ascii"/>.</summary>
    internal virtual StringPool Strings => throw new NotSupportedException("the document has no text as bytes");

    /// <summary>How the text is read as YAML, or null where it is YAML as it stands.</summary>
    internal virtual ITextForm? Form => null;

    /// <summary>The root node, or null where the document holds nothing but comments.</summary>
    /// <exception cref="InvalidInputException">The text is not YAML.</exception>
    public YamlNode? Root => Tree?.Root;

    /// <summary>Where its lines start.</summary>
    internal LineStarts Lines => _lines ??= new LineStarts(Text);

    /// <summary>Lets go of <see cref="Lines"/>, which are read again when somebody asks for them.</summary>
    private protected void ForgetLines() => _lines = null;

    /// <summary>The nodes, or null where the document holds nothing but comments.</summary>
    internal YamlTree? Tree
    {
        get
        {
            if (!_isRead)
            {
                _tree = ReadTree();
                _isRead = true;
            }

            return _tree;
        }
    }

    /// <summary>The names of anchors that an alias refers to: what stands below such an anchor is used more than once.</summary>
    internal IReadOnlySet<string> AliasedAnchors => _aliasedAnchors ??= Tree?.AliasedAnchors() ?? [];

    /// <summary>Where an offset of <see cref="Text"/> is in the input.</summary>
    /// <param name="index">UTF-16 offset.</param>
    public abstract Location Locate(int index);

    /// <summary>The node at a path, or null. Of duplicate keys the last counts; aliases and merge keys are looked through.</summary>
    /// <param name="path">The path from the root.</param>
    public YamlNode? Find(NodePath path)
    {
        var node = AliasNode.Resolve(Root);
        foreach (var (key, index) in path.Segments)
        {
            node = node switch
            {
                MappingNode mapping when key is not null => mapping.Find(key),
                SequenceNode sequence when key is null && index < sequence.Items.Count => AliasNode.Resolve(sequence.Items[index]),
                _ => null,
            };
        }

        return node;
    }

    /// <summary>The index, from 0, of the line that an offset of <see cref="Text"/> is in.</summary>
    /// <param name="index">UTF-16 offset.</param>
    public int LineOf(int index) => Lines.LineOf(index);

    /// <summary>The offset in <see cref="Text"/> where a line starts; of the last line if there are fewer.</summary>
    /// <param name="line">The line's index, from 0.</param>
    public int IndexOfLine(int line) => Lines[Math.Min(line, Lines.Count - 1)];

    /// <summary>Where a path is in the input; where nothing stands there, the nearest place on the way to it.</summary>
    /// <param name="path">The path from the root.</param>
    public Location Locate(NodePath path) => Locate(IndexOf(path));

    /// <summary>The offset in <see cref="Text"/> of a path; where nothing stands there, of the nearest place on the way to it.</summary>
    /// <param name="path">The path from the root.</param>
    public int IndexOf(NodePath path)
    {
        // The root itself is the start of the text: it need not even be YAML.
        var node = path.Segments.Count == 0 ? null : Root;
        var place = node?.Start ?? 0;
        foreach (var (key, index) in path.Segments)
        {
            switch (AliasNode.Resolve(node))
            {
                case MappingNode mapping when key is not null && mapping.FindOwn(key) is { } entry:
                    place = entry.Key.Start;
                    node = entry.Value;
                    break;
                case SequenceNode sequence when key is null && index < sequence.Items.Count:
                    node = sequence.Items[index];
                    place = node.Start;
                    break;
                default:
                    return place;
            }
        }

        return place;
    }

    /// <summary>A line of the text, without its line break; the last one if there are fewer.</summary>
    /// <param name="line">The line's index, from 0.</param>
    internal string Line(int line)
    {
        line = Math.Clamp(line, 0, Lines.Count - 1);
        var end = line + 1 < Lines.Count ? Lines[line + 1] - 1 : Text.Length;
        return Text[Lines[line]..end].TrimEnd('\r');
    }

    private protected abstract InvalidInputException NotYaml(string reason, Location location);

    /// <summary>Reads a text in this document's form.</summary>
    /// <exception cref="YamlSyntaxException">It is not YAML.</exception>
    internal YamlTree? Read(string text) => YamlReader.Read(text, document: null, Form);

    private protected virtual YamlTree? ReadTree()
    {
        try
        {
            return Form is null ? YamlReader.Read(Text, this) : Read(Text);
        }
        catch (YamlSyntaxException exception)
        {
            throw NotYaml(exception.Message, Locate(exception.Index));
        }
    }
}
