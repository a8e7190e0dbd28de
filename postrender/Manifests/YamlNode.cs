namespace Tempo.PostRender.Manifests;

/// <summary>
/// A node of a parsed document together with the place it has in the text: <see cref="Start"/> and <see cref="End"/> are
/// UTF-16 offsets into <see cref="YamlDocument.Text"/>, the end exclusive. Nodes are read-only; changes are <see cref="Edit"/>s.
/// </summary>
public abstract class YamlNode
{
    private protected YamlNode(int start, int end, string? anchor, string? tag)
    {
        Start = start;
        End = end;
        Anchor = anchor;
        Tag = tag;
    }

    /// <summary>Offset of the first character, anchor and tag included.</summary>
    public int Start { get; }

    /// <summary>Offset behind the last character. A block scalar ends where the line behind its trailing blank lines starts.</summary>
    public int End { get; private protected set; }

    /// <summary>The anchor's name without <c>&amp;</c>, or null.</summary>
    public string? Anchor { get; }

    /// <summary>The tag as resolved by the parser, or null where the text states none.</summary>
    public string? Tag { get; }
}

/// <summary>How a scalar is written.</summary>
public enum ScalarStyle
{
    /// <summary>Without quotes; the only style in which <c>true</c>, <c>1</c> or nothing at all are not strings.</summary>
    Plain,

    /// <summary>In <c>'</c>.</summary>
    SingleQuoted,

    /// <summary>In <c>"</c>.</summary>
    DoubleQuoted,

    /// <summary>A block scalar behind <c>|</c>.</summary>
    Literal,

    /// <summary>A block scalar behind <c>&gt;</c>.</summary>
    Folded,
}

/// <summary>A scalar: its value after unquoting, unescaping and dedenting, and the style it is written in.</summary>
public sealed class ScalarNode : YamlNode
{
    internal ScalarNode(int start, int end, string? anchor, string? tag, string value, ScalarStyle style)
        : base(start, end, anchor, tag)
    {
        Value = value;
        Style = style;
    }

    /// <summary>The value, line breaks as <c>\n</c>.</summary>
    public string Value { get; internal set; }

    /// <summary>How it is written.</summary>
    public ScalarStyle Style { get; }

    /// <summary>True for <c>key:</c>, <c>~</c> and <c>null</c>: a plain scalar that Kubernetes and Tempo read as "not set".</summary>
    public bool IsNull => Style == ScalarStyle.Plain && Tag is null && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>One <c>key: value</c> of a mapping. Keys that are no scalars are kept, but cannot be looked up.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record MappingEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>The key's text, or null where the key is no scalar.</summary>
    public string? Name => (Key as ScalarNode)?.Value;

    /// <summary>Offset behind the value, or behind the key where there is no value.</summary>
    public int End => Math.Max(Key.End, Value.End);
}

/// <summary>A mapping; <see cref="Entries"/> in the order of the text, duplicates included.</summary>
public sealed class MappingNode : YamlNode
{
    /// <summary>From here on, looking up is worth an index.</summary>
    private const int Many = 16;

    /// <summary>Merges of merges can be written without end; no config has as many.</summary>
    private const int MaxMerges = 1_000;

    private readonly List<MappingEntry> _entries = [];
    private Dictionary<string, MappingEntry>? _last;

    internal MappingNode(int start, int end, string? anchor, string? tag, int contentStart, int indent, bool isFlow, bool isSinglePair)
        : base(start, end, anchor, tag)
    {
        ContentStart = contentStart;
        Indent = indent;
        IsFlow = isFlow;
        IsSinglePair = isSinglePair;
    }

    /// <summary>The entries in the order of the text.</summary>
    public IReadOnlyList<MappingEntry> Entries => _entries;

    /// <summary>True for <c>{…}</c>.</summary>
    public bool IsFlow { get; }

    /// <summary>True for the mapping without braces in <c>[a: b]</c>, whose place in the text the parser does not tell.</summary>
    public bool IsSinglePair { get; }

    /// <summary>Offset of the first key (block) or of the brace (flow), behind anchor and tag.</summary>
    internal int ContentStart { get; }

    /// <summary>The number of characters before a key of a block mapping.</summary>
    internal int Indent { get; }

    /// <summary>The value of a key, or null. Of duplicate keys the last counts, as for Helm and kubectl; merge keys are looked through.</summary>
    /// <param name="key">The key's text.</param>
    public YamlNode? Find(string key)
    {
        var own = FindOwn(key)?.Value;
        return own is null ? FindMerged(key) : AliasNode.Resolve(own);
    }

    /// <summary>The last entry of that name that is written in this very mapping, or null.</summary>
    internal MappingEntry? FindOwn(string key)
    {
        if (_entries.Count > Many)
        {
            return (_last ??= IndexEntries()).GetValueOrDefault(key);
        }

        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Name == key)
            {
                return _entries[i];
            }
        }

        return null;
    }

    /// <summary>The value of a key that a merge (<c>&lt;&lt;</c>) brings, or null.</summary>
    internal YamlNode? FindMerged(string key) => FindOwn("<<") is null ? null : FindMerged(key, []);

    /// <summary>A mapping is looked through once, however many merges lead to it.</summary>
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

    internal void Add(MappingEntry entry)
    {
        _entries.Add(entry);
        _last = null;
    }

    private Dictionary<string, MappingEntry> IndexEntries()
    {
        var index = new Dictionary<string, MappingEntry>(_entries.Count, StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            if (entry.Name is { } name)
            {
                index[name] = entry;
            }
        }

        return index;
    }

    internal void EndAt(int end) => End = end;
}

/// <summary>A sequence.</summary>
public sealed class SequenceNode : YamlNode
{
    private readonly List<YamlNode> _items = [];

    internal SequenceNode(int start, int end, string? anchor, string? tag, int contentStart, int indent, bool isFlow)
        : base(start, end, anchor, tag)
    {
        ContentStart = contentStart;
        Indent = indent;
        IsFlow = isFlow;
    }

    /// <summary>The items in the order of the text.</summary>
    public IReadOnlyList<YamlNode> Items => _items;

    /// <summary>True for <c>[…]</c>.</summary>
    public bool IsFlow { get; }

    /// <summary>Offset of the first <c>-</c> (block) or of the bracket (flow), behind anchor and tag.</summary>
    internal int ContentStart { get; }

    /// <summary>The number of characters before a <c>-</c> of a block sequence.</summary>
    internal int Indent { get; }

    internal void Add(YamlNode item) => _items.Add(item);

    internal void EndAt(int end) => End = end;
}

/// <summary>An alias, <c>*name</c>. Its target is another node of the same document.</summary>
public sealed class AliasNode : YamlNode
{
    internal AliasNode(int start, int end, string name, YamlNode? target)
        : base(start, end, anchor: null, tag: null)
    {
        Name = name;
        Target = target;
    }

    /// <summary>The anchor's name.</summary>
    public string Name { get; }

    /// <summary>The node that carries the anchor, or null where no node before the alias does.</summary>
    public YamlNode? Target { get; }

    internal static YamlNode? Resolve(YamlNode? node) => node is AliasNode alias ? alias.Target : node;
}
