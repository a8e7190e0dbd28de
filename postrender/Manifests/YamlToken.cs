using System.Runtime.InteropServices;

namespace Tempo.PostRender.Manifests;

/// <summary>The type of a token.</summary>
internal enum YamlTokenKind : byte
{
    End,
    Directive,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

/// <summary>A token of YAML text. Tokens for indentation, and for a key without <c>?</c>, are empty.</summary>
/// <param name="Kind">The type.</param>
/// <param name="Start">UTF-16 offset of its first character.</param>
/// <param name="End">UTF-16 offset after its last character.</param>
/// <param name="Scalar">Of a scalar, its style.</param>
/// <param name="IsVerbatim">Of a scalar, whether its value is exactly its text without the quotes.</param>
/// <param name="Indent">Of a block scalar, the column of its content, from 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct YamlToken(
    YamlTokenKind Kind,
    int Start,
    int End,
    RowKind Scalar = RowKind.Plain,
    bool IsVerbatim = false,
    int Indent = 0
);
