using System.Runtime.InteropServices;

namespace Tempo.PostRender.Manifests;

/// <summary>What a piece of YAML text is, before any nesting is known.</summary>
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

/// <summary>A piece of YAML text. Tokens that stand for indentation or for a key without <c>?</c> are empty.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">UTF-16 offset of its first character.</param>
/// <param name="End">UTF-16 offset behind its last character.</param>
/// <param name="Scalar">Of a scalar, how it is written.</param>
/// <param name="IsVerbatim">Of a scalar, whether its value is its text, quotes not counted.</param>
/// <param name="Indent">Of a block scalar, the column of its content.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct YamlToken(
    YamlTokenKind Kind,
    int Start,
    int End,
    RowKind Scalar = RowKind.Plain,
    bool IsVerbatim = false,
    int Indent = 0
);
