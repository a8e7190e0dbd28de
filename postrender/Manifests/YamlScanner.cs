namespace Tempo.PostRender.Manifests;

/// <summary>
/// Splits YAML text into tokens, in one pass. It follows libyaml where libyaml differs from the YAML specification, as Go's readers do
/// (and with them Helm, kubectl and Tempo); docs/yaml-reader.md lists the differences.
/// </summary>
internal sealed partial class YamlScanner
{
    /// <summary>
    /// The limit for nested collections, so that recursion over a tree cannot overflow the stack; Go's readers allow 10,000.
    /// </summary>
    public const int MaxDepth = 1_000;

    private readonly string _text;
    private readonly List<YamlToken> _tokens = new(8);
    private readonly List<int> _indents = new(8);

    private int _head;
    private int _taken;
    private int _position;
    private int _lineStart;
    private int _indent = -1;
    private int _flowLevel;
    private bool _allowsKey = true;

    public YamlScanner(string text)
    {
        _text = text;
        if (text.StartsWith('\uFEFF'))
        {
            _position = _lineStart = 1;
        }
    }

    private int Column => _position - _lineStart;

    private bool IsAtEnd => _position >= _text.Length;

    /// <summary>Takes the next token.</summary>
    /// <exception cref="YamlSyntaxException">The text is not YAML.</exception>
    public YamlToken Take()
    {
        while (NeedsMore())
        {
            Fetch();
        }

        var token = _tokens[_head];
        _taken++;
        if (++_head == _tokens.Count)
        {
            _tokens.Clear();
            _head = 0;
        }

        return token;
    }

    /// <summary>Whether more text must be scanned: the first token is final only when it is known whether a key starts with it.</summary>
    private bool NeedsMore()
    {
        if (_head == _tokens.Count)
        {
            return true;
        }

        if (_firstKey == _keys.Count)
        {
            return false;
        }

        DropStaleKeys();
        return _firstKey < _keys.Count && _keys[_firstKey].Token == _taken;
    }

    private void Fetch()
    {
        SkipToToken();
        DropStaleKeys();
        Unroll(Column);
        if (IsAtEnd)
        {
            FetchEnd();
            return;
        }

        var c = _text[_position];
        if (_position == _lineStart)
        {
            if (c == '%')
            {
                FetchDirective();
                return;
            }

            if (IsMarker(_position))
            {
                LeaveBlocks();
                Add(c == '-' ? YamlTokenKind.DocumentStart : YamlTokenKind.DocumentEnd, length: 3);
                return;
            }
        }

        switch (c)
        {
            case '[' or '{':
                SaveKey();
                Descend(++_flowLevel);
                _allowsKey = true;
                Add(c == '[' ? YamlTokenKind.FlowSequenceStart : YamlTokenKind.FlowMappingStart, length: 1);
                break;
            case ']' or '}':
                RemoveKey();
                _flowLevel = Math.Max(_flowLevel - 1, 0);
                _allowsKey = false;
                Add(c == ']' ? YamlTokenKind.FlowSequenceEnd : YamlTokenKind.FlowMappingEnd, length: 1);
                break;
            case ',':
                RemoveKey();
                _allowsKey = true;
                Add(YamlTokenKind.FlowEntry, length: 1);
                break;
            case '-' when IsBlankOrEnd(_position + 1):
                FetchBlockEntry();
                break;
            case '?' when _flowLevel > 0 || IsBlankOrEnd(_position + 1):
                FetchKey();
                break;
            case ':' when _flowLevel > 0 || IsBlankOrEnd(_position + 1):
                FetchValue();
                break;
            case '*' or '&':
                SaveKey();
                _allowsKey = false;
                FetchAnchor(c == '*' ? YamlTokenKind.Alias : YamlTokenKind.Anchor);
                break;
            case '!':
                SaveKey();
                _allowsKey = false;
                FetchTag();
                break;
            case '|' or '>' when _flowLevel == 0:
                RemoveKey();
                _allowsKey = true;
                FetchBlockScalar();
                break;
            case '\'' or '"':
                SaveKey();
                _allowsKey = false;
                FetchQuoted(c);
                break;
            case '|' or '>' or '%' or '@' or '`' or '\t':
                throw new YamlSyntaxException(
                    c == '\t' ? "a tab cannot indent; use spaces" : $"a value cannot start with {c}; put it in quotes",
                    _position
                );
            default:
                SaveKey();
                _allowsKey = false;
                FetchPlain();
                break;
        }
    }

    private void SkipToToken()
    {
        while (!IsAtEnd)
        {
            switch (_text[_position])
            {
                case ' ':
                    do
                    {
                        _position++;
                    } while (!IsAtEnd && _text[_position] == ' ');
                    break;
                case '\t' when _flowLevel > 0 || !_allowsKey:
                    _position++;
                    break;
                case '#':
                    SkipToBreak();
                    break;
                case var c when IsBreak(c):
                    SkipBreak();
                    _allowsKey |= _flowLevel == 0;
                    break;
                default:
                    return;
            }
        }
    }

    private void FetchEnd()
    {
        LeaveBlocks();
        Add(YamlTokenKind.End, length: 0);
        // No colon can follow any more, so that all possible keys are stale.
        _lineStart = -1;
        DropStaleKeys();
    }

    private void FetchBlockEntry()
    {
        if (_flowLevel == 0)
        {
            Require(_allowsKey, "a list cannot start here; put its first dash on a line of its own");
            Roll(YamlTokenKind.BlockSequenceStart, Column, _position, _tokens.Count);
        }

        RemoveKey();
        _allowsKey = true;
        Add(YamlTokenKind.BlockEntry, length: 1);
    }

    private void FetchKey()
    {
        if (_flowLevel == 0)
        {
            Require(_allowsKey, "a key cannot start here");
            Roll(YamlTokenKind.BlockMappingStart, Column, _position, _tokens.Count);
        }

        RemoveKey();
        _allowsKey = _flowLevel == 0;
        Add(YamlTokenKind.Key, length: 1);
    }

    private void FetchValue()
    {
        if (_keys.Count > _firstKey && _keys[^1] is var key && key.Level == _flowLevel)
        {
            _keys.RemoveAt(_keys.Count - 1);
            var at = _head + key.Token - _taken;
            _tokens.Insert(at, new YamlToken(YamlTokenKind.Key, key.Start, key.Start));
            Roll(YamlTokenKind.BlockMappingStart, key.Start - key.LineStart, key.Start, at);
            _allowsKey = false;
        }
        else
        {
            if (_flowLevel == 0)
            {
                Require(_allowsKey, "a key with a value is not allowed here; a value that contains a colon and a space needs quotes");
                Roll(YamlTokenKind.BlockMappingStart, Column, _position, _tokens.Count);
            }

            _allowsKey = _flowLevel == 0;
        }

        Add(YamlTokenKind.Value, length: 1);
    }

    private void Add(YamlTokenKind kind, int length)
    {
        _tokens.Add(new YamlToken(kind, _position, _position + length));
        _position += length;
    }

    /// <summary>Starts a block collection if the column is deeper than the current one.</summary>
    private void Roll(YamlTokenKind kind, int column, int start, int at)
    {
        if (_flowLevel == 0 && _indent < column)
        {
            _indents.Add(_indent);
            _indent = column;
            Descend(_indents.Count);
            _tokens.Insert(at, new YamlToken(kind, start, start));
        }
    }

    /// <summary>Ends the block collections that are deeper than the column.</summary>
    private void Unroll(int column)
    {
        while (_flowLevel == 0 && _indent > column)
        {
            _tokens.Add(new YamlToken(YamlTokenKind.BlockEnd, _position, _position));
            _indent = _indents[^1];
            _indents.RemoveAt(_indents.Count - 1);
        }
    }

    private void LeaveBlocks()
    {
        Unroll(-1);
        RemoveKey();
        _allowsKey = false;
    }

    private void Descend(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlSyntaxException($"nested more than {MaxDepth} levels deep", _position);
        }
    }

    private void Require(bool condition, string reason)
    {
        if (!condition)
        {
            throw new YamlSyntaxException(reason, _position);
        }
    }
}
