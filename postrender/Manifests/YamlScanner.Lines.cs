using System.Buffers;

namespace Tempo.PostRender.Manifests;

/// <content>
/// A fast path without tokens: nearly all lines of a manifest consist of a plain key, a plain value, or both, and start with a letter
/// or a digit. If a method returns false it has read nothing, and <see cref="Take"/> reads or refuses the text.
/// </content>
internal sealed partial class YamlScanner
{
    private const int MaxPlainKeyLength = 1_024;

    private static readonly SearchValues<char> PlainValueStops = SearchValues.Create("\t\n\r\u0085\u2028\u2029:#");

    /// <summary>Enters a block mapping, if its first key comes next.</summary>
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

    /// <summary>Takes the next key of the innermost block mapping, and its colon.</summary>
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

        // A deeper next line continues the value; the meaning of a blank line depends on the line after it.
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

    /// <summary>Whether no token is waiting and the next one starts with a letter or a digit.</summary>
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

    /// <summary>The length of the word here if a colon and a blank follow it, otherwise 0.</summary>
    private int PlainKeyLength()
    {
        var text = _text.AsSpan(_position);
        var length = text.IndexOfAny(WordStops);
        return length is > 0 and <= MaxPlainKeyLength && text[length] == ':' && IsBlankOrEnd(_position + length + 1) ? length : 0;
    }

    /// <summary>The offset where the plain value here ends if it ends with its line, otherwise -1.</summary>
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
