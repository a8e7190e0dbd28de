namespace Tempo.PostRender.Manifests;

/// <content>Keys without <c>?</c>: only a colon further on shows that something was one.</content>
internal sealed partial class YamlScanner
{
    /// <summary>
    /// A key without <c>?</c> stands in one line and is no longer. Go's readers stop at 1,024 characters, which may be 2,048 UTF-16
    /// units.
    /// </summary>
    private const int MaxKeyLength = 4_096;

    /// <summary>What may turn out to be keys, at most one for each flow level. The oldest come first.</summary>
    private readonly List<PossibleKey> _keys = [];
    private int _firstKey;

    /// <summary>What starts here may be a key. In a block mapping's column it must be one.</summary>
    private void SaveKey()
    {
        if (_allowsKey)
        {
            RemoveKey();
            _keys.Add(
                new PossibleKey(_flowLevel, _taken + _tokens.Count - _head, _position, _lineStart, _flowLevel == 0 && _indent == Column)
            );
        }
    }

    private void RemoveKey()
    {
        if (_keys.Count > _firstKey && _keys[^1].Level >= _flowLevel)
        {
            RequireNoKey(_keys[^1]);
            _keys.RemoveAt(_keys.Count - 1);
        }
    }

    /// <summary>A key ends in the line it starts in, and is not too long. The oldest are the first to fail.</summary>
    private void DropStaleKeys()
    {
        while (_firstKey < _keys.Count && IsStale(_keys[_firstKey]))
        {
            RequireNoKey(_keys[_firstKey++]);
        }

        if (_firstKey > 0 && _firstKey == _keys.Count)
        {
            _keys.Clear();
            _firstKey = 0;
        }
    }

    private bool IsStale(in PossibleKey key) => key.LineStart != _lineStart || _position - key.Start > MaxKeyLength;

    private static void RequireNoKey(in PossibleKey key)
    {
        if (key.IsRequired)
        {
            throw new YamlSyntaxException("there must be a key with a colon behind it", key.Start);
        }
    }

    /// <param name="Level">The number of flow collections around it.</param>
    /// <param name="Token">The number of its first token, counted from the start of the text.</param>
    /// <param name="Start">UTF-16 offset of its first token.</param>
    /// <param name="LineStart">UTF-16 offset of its line.</param>
    /// <param name="IsRequired">Whether nothing else than a key can stand there.</param>
    private readonly record struct PossibleKey(int Level, int Token, int Start, int LineStart, bool IsRequired);
}
