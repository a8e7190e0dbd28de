using System.Buffers;

namespace Tempo.PostRender.Manifests;

/// <content>
/// Nearly all lines of a manifest are a plain key, a plain value, or both, that start with a letter or a digit. These need no tokens.
/// Each method takes nothing and returns false where a second look is needed; then <see cref="Take"/> reads the text, or refuses it.
/// </content>
internal sealed partial class YamlScanner
{
    private const int MaxPlainKeyLength = 1_024;

    private static readonly SearchValues<char> PlainValueStops = SearchValues.Create("\t\n\r\u0085\u2028\u2029:#");

    /// <summary>Enters a block mapping, if what comes next is the first key of one.</summary>
    /// <param name="start">UTF-16 offset of that key.</param>
    public bool TryEnterMapping(out int start)
    {
        start = 0;
        if (!SkipToPlain() || !_allowsKey || Column <= _indent || _indents.Count == MaxDepth || PlainKeyLength() == 0)
        {
            return false;
        }

        _indents.Add(_indent);
        _indent = Column;
        start = _position;
        return true;
    }

    /// <summary>Takes the next key of the innermost block mapping, and the colon behind it.</summary>
    public bool TryTakeKey(out Range key)
    {
        key = default;
        if (!SkipToPlain() || !_allowsKey || Column != _indent || PlainKeyLength() is not (> 0 and var length))
        {
            return false;
        }

        key = _position..(_position + length);
        _position += length + 1;
        _allowsKey = false;
        return true;
    }

    /// <summary>Takes a value that ends with its line.</summary>
    public bool TryTakeValue(out Range value)
    {
        value = default;
        if (!SkipToPlain() || Column <= _indent)
        {
            return false;
        }

        var lineEnd = PlainValueEnd();
        if (lineEnd < 0)
        {
            return false;
        }

        var next = Math.Min(lineEnd + 1, _text.Length);
        while (next < _text.Length && _text[next] == ' ')
        {
            next++;
        }

        // A deeper line continues the value; what a blank line means depends on the line behind it.
        if (next - lineEnd - 1 > _indent || (next < _text.Length && IsBlankOrEnd(next)))
        {
            return false;
        }

        value = _position..(_position + _text.AsSpan(_position, lineEnd - _position).TrimEnd(' ').Length);
        _allowsKey = lineEnd < _text.Length;
        _lineStart = _allowsKey ? lineEnd + 1 : _lineStart;
        _position = next;
        return true;
    }

    /// <summary>Whether no token waits and the next one starts with a letter or a digit.</summary>
    private bool SkipToPlain()
    {
        if (_head < _tokens.Count || _flowLevel > 0)
        {
            return false;
        }

        SkipToToken();
        if (IsAtEnd || !char.IsAsciiLetterOrDigit(_text[_position]))
        {
            return false;
        }

        DropStaleKeys();
        return _firstKey == _keys.Count;
    }

    /// <summary>The length of the word here that a colon and a blank follow, or 0.</summary>
    private int PlainKeyLength()
    {
        var text = _text.AsSpan(_position);
        var length = text.IndexOfAny(WordStops);
        return length is > 0 and <= MaxPlainKeyLength && text[length] == ':' && IsBlankOrEnd(_position + length + 1) ? length : 0;
    }

    /// <summary>Where the plain value here ends with its line, or -1.</summary>
    private int PlainValueEnd()
    {
        for (var end = _position; ; end++)
        {
            var length = _text.AsSpan(end).IndexOfAny(PlainValueStops);
            end = length < 0 ? _text.Length : end + length;
            if (end == _text.Length || _text[end] == '\n')
            {
                return end;
            }

            if (_text[end] != ':' || IsBlankOrEnd(end + 1))
            {
                return -1;
            }
        }
    }
}
