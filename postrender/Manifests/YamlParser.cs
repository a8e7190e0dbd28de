using System.Buffers;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// Builds the nodes of one document from its tokens. <see cref="YamlScanner.MaxDepth"/> limits the depth of the recursion.
/// </summary>
internal sealed partial class YamlParser(string text)
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n,]}");

    private readonly YamlScanner _scanner = new(text);
    private readonly YamlTags _tags = new(text);
    private Dictionary<int, NodeProperties>? _properties;
    private Dictionary<string, int>? _anchors;
    private YamlRow[] _rows = [];
    private int _count;
    private YamlToken _next;
    private bool _hasNext;

    /// <summary>Offset where the last token ended; also the position of a missing value.</summary>
    private int _end;

    /// <summary>Offset where the last node ended. A block collection ends where its last node ends.</summary>
    private int _lastEnd;

    /// <summary>The nodes of the first document, or null if it is empty.</summary>
    public YamlTree? ReadDocument(YamlDocument? document, ITextForm? form)
    {
        _rows = ArrayPool<YamlRow>.Shared.Rent(Math.Max(text.Length / 16, 16));
        try
        {
            var isExplicit = ReadProlog();
            if (
                Kind is YamlTokenKind.End
                || (isExplicit && Kind is YamlTokenKind.DocumentStart or YamlTokenKind.DocumentEnd or YamlTokenKind.Directive)
            )
            {
                return null;
            }

            ReadNode(isBlock: true, allowsIndentless: false);
            // Text after the root is another document, or text that Go's readers ignore.
            var isCutShort = Kind is not (YamlTokenKind.End or YamlTokenKind.DocumentStart or YamlTokenKind.DocumentEnd);
            if (Kind == YamlTokenKind.Directive)
            {
                _tags.ReadDirective(Take());
            }

            return new YamlTree(document, text, _rows.AsSpan(0, _count).ToArray(), _properties) { Form = form, IsCutShort = isCutShort };
        }
        finally
        {
            ArrayPool<YamlRow>.Shared.Return(_rows);
        }
    }

    private YamlTokenKind Kind => Next.Kind;

    /// <summary>The next token. It is scanned on first use, because text after the document need not be YAML.</summary>
    private ref readonly YamlToken Next
    {
        get
        {
            if (!_hasNext)
            {
                _next = _scanner.Take();
                _hasNext = true;
            }

            return ref _next;
        }
    }

    private YamlToken Take()
    {
        var token = Next;
        _hasNext = false;
        _end = token.End;
        return token;
    }

    /// <summary>Reads the directives and the document marker. Returns whether there is a <c>---</c>.</summary>
    private bool ReadProlog()
    {
        var hasDirectives = ReadDirectives();
        var isExplicit = Kind == YamlTokenKind.DocumentStart;
        if (isExplicit)
        {
            Take();
        }
        else if (hasDirectives)
        {
            throw Unexpected("--- must follow the directives (%) at the start of a document");
        }

        return isExplicit;
    }

    private bool ReadDirectives()
    {
        var hasDirectives = false;
        for (; Kind == YamlTokenKind.Directive; hasDirectives = true)
        {
            _tags.ReadDirective(Take());
        }

        return hasDirectives;
    }

    private void ReadNode(bool isBlock, bool allowsIndentless)
    {
        var properties = Kind is YamlTokenKind.Anchor or YamlTokenKind.Tag ? ReadProperties() : null;
        var next = Next;
        switch (next.Kind)
        {
            case YamlTokenKind.Alias when properties is null:
                ReadAlias(Take());
                break;
            case YamlTokenKind.Scalar:
                Take();
                Add(next.Scalar, next.Start, next.End, properties, next.Indent, next.IsVerbatim);
                break;
            case YamlTokenKind.BlockEntry when allowsIndentless:
                ReadItems(Add(RowKind.BlockSequence, next.Start, next.Start, properties), isIndentless: true);
                break;
            case YamlTokenKind.BlockSequenceStart when isBlock:
                Take();
                ReadItems(Add(RowKind.BlockSequence, next.Start, next.Start, properties), isIndentless: false);
                break;
            case YamlTokenKind.BlockMappingStart when isBlock:
                Take();
                ReadEntries(Add(RowKind.BlockMapping, next.Start, next.Start, properties));
                break;
            case YamlTokenKind.FlowSequenceStart:
                Take();
                ReadFlowItems(Add(RowKind.FlowSequence, next.Start, next.End, properties));
                break;
            case YamlTokenKind.FlowMappingStart:
                Take();
                ReadFlowEntries(Add(RowKind.FlowMapping, next.Start, next.End, properties));
                break;
            default:
                if (properties is null)
                {
                    throw Unexpected("expected a value here");
                }

                AddEmpty(properties);
                break;
        }
    }

    private NodeProperties ReadProperties()
    {
        var (start, anchor, tag) = (Next.Start, (string?)null, (string?)null);
        while (true)
        {
            switch (Kind)
            {
                case YamlTokenKind.Anchor when anchor is null:
                    var name = Take();
                    anchor = text[(name.Start + 1)..name.End];
                    break;
                case YamlTokenKind.Tag when tag is null:
                    tag = _tags.Read(Take());
                    break;
                default:
                    return new NodeProperties(start, anchor, tag);
            }
        }
    }

    private void ReadAlias(in YamlToken token)
    {
        var name = text[(token.Start + 1)..token.End];
        if (_anchors is null || !_anchors.TryGetValue(name, out var target))
        {
            throw new YamlSyntaxException($"the alias *{name} has no anchor before it in this document", token.Start);
        }

        if (_rows[target].Kind >= RowKind.BlockMapping && _rows[target].Extra == 0)
        {
            throw new YamlSyntaxException($"the alias *{name} is inside the value of its own anchor", token.Start);
        }

        Add(RowKind.Alias, token.Start, token.End, properties: null, target);
    }

    private void TakeEnd(YamlTokenKind kind, string reason)
    {
        if (Kind != kind)
        {
            throw Unexpected(reason);
        }

        var end = _end;
        Take();
        // A block collection ends before the token that ends it.
        _end = kind == YamlTokenKind.BlockEnd ? end : _end;
    }

    private int Add(RowKind kind, int start, int end, NodeProperties? properties, int extra = 0, bool isVerbatim = false)
    {
        if (_count == _rows.Length)
        {
            var larger = ArrayPool<YamlRow>.Shared.Rent(_count * 2);
            _rows.CopyTo(larger, 0);
            ArrayPool<YamlRow>.Shared.Return(_rows);
            _rows = larger;
        }

        _rows[_count] = new YamlRow
        {
            Start = start,
            End = end,
            Extra = extra,
            Kind = kind,
            IsVerbatim = isVerbatim,
            HasProperties = properties is not null,
        };
        if (properties is not null)
        {
            (_properties ??= []).Add(_count, properties);
            if (properties.Anchor is { } anchor)
            {
                (_anchors ??= new Dictionary<string, int>(StringComparer.Ordinal))[anchor] = _count;
            }
        }

        _lastEnd = end;
        return _count++;
    }

    private void AddEmpty(NodeProperties? properties = null) => Add(RowKind.Plain, _end, _end, properties, isVerbatim: true);

    private void Close(int row, int end)
    {
        _rows[row].End = _lastEnd = end;
        _rows[row].Extra = _count;
    }

    private YamlSyntaxException Unexpected(string reason)
    {
        var token = Next;
        if (token.Kind == YamlTokenKind.Value && token.End < text.Length && text[token.End] is not (' ' or '\t' or '\n' or '\r'))
        {
            var length = text.AsSpan(token.Start).IndexOfAny(WordEnds);
            var word = Printable.OneLine(length < 0 ? text[token.Start..] : text.Substring(token.Start, length));
            reason = $"{word} starts with a colon inside brackets and needs quotes: \"{word}\"";
        }

        return new YamlSyntaxException(token.Kind == YamlTokenKind.End ? $"the document ends too early; {reason}" : reason, token.Start);
    }
}
