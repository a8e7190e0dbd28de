namespace Tempo.PostRender.Manifests;

/// <summary>The type and the style of a node.</summary>
internal enum RowKind : byte
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    Alias,
    BlockMapping,
    FlowMapping,
    SinglePair,
    BlockSequence,
    FlowSequence,
}

/// <summary>
/// A node as a row of a table, in the order of the text; a collection comes before its children. A release has thousands of nodes
/// and the rules use few of them, so objects are created only for these.
/// </summary>
internal struct YamlRow
{
    /// <summary>UTF-16 offset of the first character after anchor and tag.</summary>
    public int Start;

    /// <summary>UTF-16 offset after the last character.</summary>
    public int End;

    /// <summary>
    /// Of a collection, the index of the first row after its children. Of a block scalar, the column of its content, from 0. Of an
    /// alias, the index of its target.
    /// </summary>
    public int Extra;

    public RowKind Kind;

    /// <summary>Of a scalar, whether its value is exactly its text without the quotes.</summary>
    public bool IsVerbatim;

    /// <summary>Whether the node has an anchor or a tag.</summary>
    public bool HasProperties;

    public readonly bool IsScalar => Kind <= RowKind.Folded;

    public readonly bool IsMapping => Kind is RowKind.BlockMapping or RowKind.FlowMapping or RowKind.SinglePair;

    public readonly bool IsSequence => Kind is RowKind.BlockSequence or RowKind.FlowSequence;

    /// <summary>The index of the next row that does not belong to this node.</summary>
    public readonly int Next(int index) => Kind >= RowKind.BlockMapping ? Extra : index + 1;
}

/// <summary>The anchor and the tag of a node.</summary>
/// <param name="Start">UTF-16 offset of the first of the two.</param>
/// <param name="Anchor">The anchor's name without <c>&amp;</c>, or null.</param>
/// <param name="Tag">The tag with its handle resolved, or null.</param>
internal sealed record NodeProperties(int Start, string? Anchor, string? Tag);
