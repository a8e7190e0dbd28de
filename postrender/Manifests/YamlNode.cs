namespace Tempo.PostRender.Manifests;

/// <summary>
/// A node of a parsed document, with its position: <see cref="Start"/> and <see cref="End"/> are UTF-16 offsets in
/// <see cref="YamlDocument.Text"/>, the end exclusive. Nodes are read-only; changes are <see cref="Edit"/>s.
/// </summary>
/// <remarks>Each access creates a new object; objects for the same node are equal.</remarks>
public abstract class YamlNode : IEquatable<YamlNode>
{
    private protected YamlNode(YamlTree tree, int index)
    {
        Tree = tree;
        Index = index;
    }

    /// <summary>Offset of the first character, anchor and tag included.</summary>
    public int Start => Properties?.Start ?? Row.Start;

    /// <summary>
    /// Offset after the last character. A block scalar includes its trailing blank lines, and ends where the next line starts.
    /// </summary>
    public int End => Row.End;

    /// <summary>The anchor's name without <c>&amp;</c>, or null.</summary>
    public string? Anchor => Properties?.Anchor;

    /// <summary>The tag with its handle resolved, or null if the text has none.</summary>
    public string? Tag => Properties?.Tag;

    /// <summary>
    /// Offset of the first character after anchor and tag: of a block mapping its first key, of a block sequence its first dash.
    /// </summary>
    internal int ContentStart => Row.Start;

    internal YamlTree Tree { get; }

    /// <summary>The index of its row.</summary>
    internal int Index { get; }

    /// <inheritdoc/>
    public bool Equals(YamlNode? other) => other is not null && Tree == other.Tree && Index == other.Index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as YamlNode);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tree, Index);

    private protected ref readonly YamlRow Row => ref Tree[Index];

    private NodeProperties? Properties => Tree.Properties(Index);

    /// <summary>The number of characters before a key or a dash of a block collection.</summary>
    private protected int ReadIndent()
    {
        var lineStart = Tree.Text.AsSpan(0, ContentStart).LastIndexOfAny(TextLines.Breaks) + 1;
        return ContentStart - lineStart - (lineStart == 0 && Tree.Text[0] == '\uFEFF' ? 1 : 0);
    }
}

/// <summary>How a scalar is written.</summary>
public enum ScalarStyle
{
    /// <summary>Without quotes; the only style in which <c>true</c>, <c>1</c> or nothing at all are not strings.</summary>
    Plain = RowKind.Plain,

    /// <summary>In single quotes.</summary>
    SingleQuoted = RowKind.SingleQuoted,

    /// <summary>In double quotes.</summary>
    DoubleQuoted = RowKind.DoubleQuoted,

    /// <summary>A block scalar that starts with <c>|</c>.</summary>
    Literal = RowKind.Literal,

    /// <summary>A block scalar that starts with <c>&gt;</c>.</summary>
    Folded = RowKind.Folded,
}

/// <summary>A scalar: its value after unquoting, unescaping and dedenting, and the style it is written in.</summary>
public sealed class ScalarNode : YamlNode
{
    private string? _value;

    internal ScalarNode(YamlTree tree, int index)
        : base(tree, index) { }

    /// <summary>The value, line breaks as <c>\n</c>.</summary>
    public string Value => _value ??= Tree.Value(Index);

    /// <summary>How it is written.</summary>
    public ScalarStyle Style => (ScalarStyle)Row.Kind;

    /// <summary>True for <c>key:</c>, <c>~</c> and <c>null</c>: a plain scalar that Kubernetes and Tempo read as "not set".</summary>
    public bool IsNull =>
        Style == ScalarStyle.Plain && Row.End - Row.Start <= 4 && Tag is null && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>Whether no value is written; an anchor or a tag may be.</summary>
    internal bool IsMissing => Row.Start == Row.End;

    /// <summary>Of a block scalar, the column of its text.</summary>
    internal int ContentIndent => Row.Extra;
}

/// <summary>One <c>key: value</c> of a mapping. Keys that are not scalars are kept, but cannot be looked up.</summary>
public sealed record MappingEntry
{
    private readonly YamlTree _tree;
    private readonly int _key;

    internal MappingEntry(YamlTree tree, int key) => (_tree, _key) = (tree, key);

    /// <summary>The key.</summary>
    public YamlNode Key => _tree.Node(_key);

    /// <summary>The value.</summary>
    public YamlNode Value => _tree.Node(ValueIndex);

    /// <summary>The key's text, or null if the key is not a scalar.</summary>
    public string? Name => _tree[_key].IsScalar ? _tree.Value(_key) : null;

    /// <summary>Offset after the value, or after the key if there is no value.</summary>
    public int End => Math.Max(_tree[_key].End, _tree[ValueIndex].End);

    private int ValueIndex => _tree[_key].Next(_key);

    /// <summary>Whether the keys are equal, as <see cref="YamlComparison"/> compares them.</summary>
    internal bool HasKeyOf(MappingEntry other) => YamlComparison.AreEqual(_tree, _key, other._tree, other._key);

    internal bool HasValueOf(MappingEntry other) => YamlComparison.AreEqual(_tree, ValueIndex, other._tree, other.ValueIndex);
}

/// <summary>A mapping; <see cref="Entries"/> in the order of the text, duplicates included.</summary>
public sealed class MappingNode : YamlNode
{
    /// <summary>The limit for merged mappings, so that hostile input with merges of merges cannot take long.</summary>
    private const int MaxMerges = 1_000;

    private MappingEntry[]? _entries;

    internal MappingNode(YamlTree tree, int index)
        : base(tree, index) { }

    /// <summary>The entries in the order of the text.</summary>
    public IReadOnlyList<MappingEntry> Entries => _entries ??= ReadEntries();

    /// <summary>True for <c>{…}</c>, and for <c>a: b</c> in <c>[a: b]</c>.</summary>
    public bool IsFlow => Row.Kind != RowKind.BlockMapping;

    /// <summary>True for the mapping without braces in <c>[a: b]</c>.</summary>
    public bool IsSinglePair => Row.Kind == RowKind.SinglePair;

    /// <summary>The number of characters before a key of a block mapping.</summary>
    internal int Indent => ReadIndent();

    /// <summary>Whether one of its keys is not written at all, as in <c>? : value</c>.</summary>
    internal bool HasMissingKey => Tree.HasMissingKey(Index);

    /// <summary>
    /// The value of a key, or null. Of duplicate keys the last one wins, as in Helm and kubectl; merge keys are resolved.
    /// </summary>
    /// <param name="key">The key's text.</param>
    public YamlNode? Find(string key)
    {
        var index = Tree.FindKey(Index, key);
        return index < 0 ? FindMerged(key) : AliasNode.Resolve(Tree.Node(Tree[index].Next(index)));
    }

    /// <summary>The last entry of that name in the mapping itself, without merge keys, or null.</summary>
    internal MappingEntry? FindOwn(string key) => Tree.FindKey(Index, key) is >= 0 and var index ? new MappingEntry(Tree, index) : null;

    /// <summary>The value of a key from a merge key (<c>&lt;&lt;</c>), or null.</summary>
    internal YamlNode? FindMerged(string key) => Tree.FindKey(Index, "<<") < 0 ? null : FindMerged(key, []);

    /// <summary>Visits each mapping once, even if several merge keys refer to it.</summary>
    private YamlNode? FindMerged(string key, HashSet<MappingNode> seen)
    {
        if (seen.Count > MaxMerges || !seen.Add(this) || FindOwn("<<") is not { } merge)
        {
            return null;
        }

        IEnumerable<YamlNode?> sources = AliasNode.Resolve(merge.Value) is SequenceNode several
            ? several.Items.Select(AliasNode.Resolve)
            : [AliasNode.Resolve(merge.Value)];
        foreach (var source in sources.OfType<MappingNode>())
        {
            var found = source.FindOwn(key) is { } entry ? AliasNode.Resolve(entry.Value) : source.FindMerged(key, seen);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private MappingEntry[] ReadEntries()
    {
        var entries = new MappingEntry[Tree.CountChildren(Index) / 2];
        for (var (i, key) = (0, Index + 1); i < entries.Length; i++, key = Tree.AfterValue(key))
        {
            entries[i] = new MappingEntry(Tree, key);
        }

        return entries;
    }
}

/// <summary>A sequence, in block or flow form.</summary>
public sealed class SequenceNode : YamlNode
{
    private YamlNode[]? _items;

    internal SequenceNode(YamlTree tree, int index)
        : base(tree, index) { }

    /// <summary>The items in the order of the text.</summary>
    public IReadOnlyList<YamlNode> Items => Children;

    /// <summary>The items with aliases resolved.</summary>
    internal YamlNode[] ResolvedItems =>
        Array.Exists(Children, static item => item is AliasNode)
            ? Array.ConvertAll(Children, static item => AliasNode.Resolve(item)!)
            : Children;

    /// <summary>True for <c>[…]</c>.</summary>
    public bool IsFlow => Row.Kind == RowKind.FlowSequence;

    /// <summary>The number of characters before a <c>-</c> of a block sequence.</summary>
    internal int Indent => ReadIndent();

    /// <summary>Whether its last scalar is a block scalar.</summary>
    internal bool EndsWithBlockScalar => Tree[Row.Extra - 1].Kind is RowKind.Literal or RowKind.Folded;

    private YamlNode[] Children => _items ??= Tree.Items(Index);
}

/// <summary>An alias, <c>*name</c>. Its target is another node of the same document.</summary>
public sealed class AliasNode : YamlNode
{
    internal AliasNode(YamlTree tree, int index)
        : base(tree, index) { }

    /// <summary>The name after the <c>*</c>.</summary>
    public string Name => Target.Anchor!;

    /// <summary>The node that carries the anchor.</summary>
    public YamlNode Target => Tree.Node(Row.Extra);

    internal static YamlNode? Resolve(YamlNode? node) => node is AliasNode alias ? alias.Target : node;
}
