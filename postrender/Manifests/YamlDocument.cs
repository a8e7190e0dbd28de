namespace Tempo.PostRender.Manifests;

/// <summary>A place in the input: line and column, both from 1, columns in UTF-16 units.</summary>
public readonly record struct Location(int Line, int Column);

/// <summary>A YAML document: its original text, and its nodes, which are parsed on first use.</summary>
public abstract class YamlDocument
{
    private YamlTree? _tree;
    private bool _isRead;
    private HashSet<string>? _aliasedAnchors;
    private LineStarts? _lines;

    private protected YamlDocument() { }

    /// <summary>The text. All offsets of nodes are UTF-16 offsets in it.</summary>
    public abstract string Text { get; }

    /// <summary>
    /// The text as bytes if all of it is ASCII; otherwise empty. Values are then read without decoding the whole text.
    /// </summary>
    internal virtual ReadOnlySpan<byte> Ascii => [];

    /// <summary>The pool for values that are read from <see cref="Ascii"/>.</summary>
    internal virtual StringPool Strings => throw new NotSupportedException("the document has no ASCII bytes");

    /// <summary>How to read the text as YAML, or null if it is plain YAML.</summary>
    internal virtual ITextForm? Form => null;

    /// <summary>The root node, or null if the document has no content.</summary>
    /// <exception cref="InvalidInputException">The text is not YAML.</exception>
    public YamlNode? Root => Tree?.Root;

    /// <summary>The offsets where its lines start.</summary>
    internal LineStarts Lines => _lines ??= new LineStarts(Text);

    /// <summary>Releases the memory of <see cref="Lines"/>; the next use computes them again.</summary>
    private protected void ForgetLines() => _lines = null;

    /// <summary>The nodes, or null if the document has no content.</summary>
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

    /// <summary>The names of the anchors that an alias refers to. A change below such an anchor would change every use of it.</summary>
    internal IReadOnlySet<string> AliasedAnchors => _aliasedAnchors ??= Tree?.AliasedAnchors() ?? [];

    /// <summary>The location in the input of an offset in <see cref="Text"/>.</summary>
    /// <param name="index">UTF-16 offset.</param>
    public abstract Location Locate(int index);

    /// <summary>The node at a path, or null. Of duplicate keys the last one wins; aliases and merge keys are resolved.</summary>
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

    /// <summary>The index, from 0, of the line that contains an offset in <see cref="Text"/>.</summary>
    /// <param name="index">UTF-16 offset.</param>
    public int LineOf(int index) => Lines.LineOf(index);

    /// <summary>The offset in <see cref="Text"/> where a line starts; that of the last line if there are fewer lines.</summary>
    /// <param name="line">The line's index, from 0.</param>
    public int IndexOfLine(int line) => Lines[Math.Min(line, Lines.Count - 1)];

    /// <summary>The offset in <see cref="Text"/> of a path; if the document does not have it, that of its nearest ancestor.</summary>
    /// <param name="path">The path from the root.</param>
    public int IndexOf(NodePath path)
    {
        // The root is the start of the text, so that this also works for text that is not YAML.
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

    /// <summary>A line of the text, without its line break; the last line if there are fewer lines.</summary>
    /// <param name="line">The line's index, from 0.</param>
    internal string Line(int line)
    {
        line = Math.Clamp(line, 0, Lines.Count - 1);
        var end = line + 1 < Lines.Count ? Lines[line + 1] - 1 : Text.Length;
        return Text[Lines[line]..end].TrimEnd('\r');
    }

    private protected abstract InvalidInputException NotYaml(string reason, Location location);

    /// <summary>Parses a text with the <see cref="Form"/> of this document.</summary>
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
