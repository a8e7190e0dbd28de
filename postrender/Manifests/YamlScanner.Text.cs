using System.Buffers;

namespace Tempo.PostRender.Manifests;

/// <content>Lines, scalars, anchors, tags and directives: where they end, and whether they are well-formed.</content>
internal sealed partial class YamlScanner
{
    private const string Blanks = " \t\n\r\u0085\u2028\u2029";

    private static readonly SearchValues<char> WordStops = SearchValues.Create(Blanks + ":");
    private static readonly SearchValues<char> FlowWordStops = SearchValues.Create(Blanks + ":,?[]{}");
    private static readonly SearchValues<char> DoubleQuotedStops = SearchValues.Create("\"\\\n\r\u0085\u2028\u2029");
    private static readonly SearchValues<char> SingleQuotedStops = SearchValues.Create("'\n\r\u0085\u2028\u2029");
    public static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );
    private static readonly SearchValues<char> TagCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-;/?:@&=+$,.!~*'()[]%"
    );

    /// <remarks>The two bounds come first, because nearly all characters are between them.</remarks>
    private static bool IsBreak(char c) => c is <= '\r' or >= '\u0085' && c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private bool IsBlankOrEnd(int index) =>
        index >= _text.Length || (_text[index] is <= ' ' or >= '\u0085' && (_text[index] is ' ' or '\t' || IsBreak(_text[index])));

    private bool IsMarker(int index) =>
        index + 3 <= _text.Length
        && _text[index] is '-' or '.'
        && _text[index + 1] == _text[index]
        && _text[index + 2] == _text[index]
        && IsBlankOrEnd(index + 3);

    private void SkipBreak()
    {
        _position = TextLines.AfterBreak(_text, _position);
        _lineStart = _position;
    }

    private void SkipToBreak()
    {
        var length = _text.AsSpan(_position).IndexOfAny(TextLines.Breaks);
        _position = length < 0 ? _text.Length : _position + length;
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd && _text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }

    private void FetchPlain()
    {
        var (start, end, indent) = (_position, _position, _indent + 1);
        var stops = _flowLevel > 0 ? FlowWordStops : WordStops;
        var (isVerbatim, startsLine) = (true, false);
        while (!(IsAtEnd || _text[_position] == '#' || (_position == _lineStart && IsMarker(_position))))
        {
            var word = _position;
            SkipWord(stops);
            if (_position > word)
            {
                isVerbatim &= !startsLine;
                startsLine = false;
                end = _position;
            }

            if (IsAtEnd || !IsBlankOrEnd(_position))
            {
                break;
            }

            startsLine |= SkipSpaceBetweenWords(startsLine, indent);
            if (_flowLevel == 0 && Column < indent)
            {
                break;
            }
        }

        _allowsKey |= startsLine;
        _tokens.Add(new YamlToken(YamlTokenKind.Scalar, start, end, RowKind.Plain, isVerbatim));
    }

    /// <summary>Skips a word. A colon is part of the word unless a blank follows it.</summary>
    private void SkipWord(SearchValues<char> stops)
    {
        while (true)
        {
            var length = _text.AsSpan(_position).IndexOfAny(stops);
            _position = length < 0 ? _text.Length : _position + length;
            if (IsAtEnd || _text[_position] != ':' || IsBlankOrEnd(_position + 1))
            {
                return;
            }

            _position++;
        }
    }

    private bool SkipSpaceBetweenWords(bool startsLine, int indent)
    {
        while (!IsAtEnd)
        {
            switch (_text[_position])
            {
                case ' ':
                    _position++;
                    break;
                case '\t':
                    Require(!startsLine || Column >= indent, "a tab cannot indent, use spaces");
                    _position++;
                    break;
                case var c when IsBreak(c):
                    SkipBreak();
                    startsLine = true;
                    break;
                default:
                    return startsLine;
            }
        }

        return startsLine;
    }

    private void FetchQuoted(char quote)
    {
        var start = _position++;
        var stops = quote == '"' ? DoubleQuotedStops : SingleQuotedStops;
        for (var isVerbatim = true; ; isVerbatim = false)
        {
            var length = _text.AsSpan(_position).IndexOfAny(stops);
            if (length < 0)
            {
                throw new YamlSyntaxException($"the {quote} that opens here is never closed", start);
            }

            _position += length;
            if (_text[_position] == '\\')
            {
                SkipEscape();
            }
            else if (_text[_position] != quote)
            {
                SkipBreak();
                Require(!IsMarker(_position), "a document cannot start or end within quotes");
            }
            else if (quote == '\'' && _position + 1 < _text.Length && _text[_position + 1] == quote)
            {
                _position += 2;
            }
            else
            {
                _position++;
                var kind = quote == '"' ? RowKind.DoubleQuoted : RowKind.SingleQuoted;
                _tokens.Add(new YamlToken(YamlTokenKind.Scalar, start, _position, kind, isVerbatim));
                return;
            }
        }
    }

    private void SkipEscape()
    {
        if (_position + 1 < _text.Length && IsBreak(_text[_position + 1]))
        {
            _position++;
            SkipBreak();
            Require(!IsMarker(_position), "a document cannot start or end within quotes");
            return;
        }

        var length = ScalarValue.EscapeLength(_text.AsSpan(_position));
        Require(length > 0, "YAML does not have this escape; write a backslash as \\\\");
        _position += length;
    }

    private void FetchBlockScalar()
    {
        var start = _position;
        var kind = _text[_position++] == '|' ? RowKind.Literal : RowKind.Folded;
        var indent = SkipHeader();
        var end = SkipBlankLines(ref indent);
        while (!IsAtEnd && Column == indent)
        {
            SkipToBreak();
            if (!IsAtEnd)
            {
                SkipBreak();
            }

            end = SkipBlankLines(ref indent);
        }

        _tokens.Add(new YamlToken(YamlTokenKind.Scalar, start, end, kind, IsVerbatim: false, indent));
    }

    /// <summary>
    /// Skips the rest of the header of a block scalar. Returns the column by its indentation indicator, or 0 if it has none.
    /// </summary>
    private int SkipHeader()
    {
        var digit = 0;
        for (var (chomps, digits) = (0, 0); !IsAtEnd && chomps + digits < 2; _position++)
        {
            if (_text[_position] is '+' or '-' && chomps == 0)
            {
                chomps++;
            }
            else if (char.IsAsciiDigit(_text[_position]) && digits == 0)
            {
                digits++;
                digit = _text[_position] - '0';
                Require(digit > 0, "a block scalar cannot be indented by 0");
            }
            else
            {
                break;
            }
        }

        SkipBlanks();
        if (!IsAtEnd && _text[_position] == '#')
        {
            SkipToBreak();
        }

        Require(IsBlankOrEnd(_position), "the text of a block scalar starts on the next line");
        if (!IsAtEnd)
        {
            SkipBreak();
        }

        return digit == 0 ? 0 : Math.Max(_indent, 0) + digit;
    }

    /// <summary>
    /// Skips blank lines, and the indentation of the next line. If the column of a block scalar is not known yet, the most indented of
    /// these lines sets it. Returns the offset where the blank lines end.
    /// </summary>
    private int SkipBlankLines(ref int indent)
    {
        for (var (end, widest) = (_position, 0); ; end = _position)
        {
            while (!IsAtEnd && _text[_position] == ' ' && (indent == 0 || Column < indent))
            {
                _position++;
            }

            widest = Math.Max(widest, Column);
            Require(IsAtEnd || _text[_position] != '\t' || (indent > 0 && Column >= indent), "a tab cannot indent, use spaces");
            if (IsAtEnd || !IsBreak(_text[_position]))
            {
                indent = indent > 0 ? indent : Math.Max(Math.Max(widest, _indent + 1), 1);
                return end;
            }

            SkipBreak();
        }
    }

    private void FetchAnchor(YamlTokenKind kind)
    {
        var start = _position++;
        _position += LengthOf(NameCharacters);
        Require(
            _position > start + 1 && (IsBlankOrEnd(_position) || "?:,]}%@`".Contains(_text[_position], StringComparison.Ordinal)),
            "the name of an anchor consists of letters, digits, - and _"
        );
        _tokens.Add(new YamlToken(kind, start, _position));
    }

    private void FetchTag()
    {
        var start = _position++;
        if (!IsAtEnd && _text[_position] == '<')
        {
            _position++;
            _position += LengthOf(TagCharacters);
            Require(!IsAtEnd && _text[_position] == '>', "a tag that starts with !< ends with >");
            _position++;
        }
        else
        {
            _position += LengthOf(TagCharacters);
        }

        Require(IsBlankOrEnd(_position), "a space must follow a tag");
        _tokens.Add(new YamlToken(YamlTokenKind.Tag, start, _position));
    }

    private int LengthOf(SearchValues<char> characters)
    {
        var length = _text.AsSpan(_position).IndexOfAnyExcept(characters);
        return length < 0 ? _text.Length - _position : length;
    }

    /// <summary>Reads the whole line; the parser reads the directive.</summary>
    private void FetchDirective()
    {
        LeaveBlocks();
        var start = _position;
        SkipToBreak();
        _tokens.Add(new YamlToken(YamlTokenKind.Directive, start, _position));
    }
}
