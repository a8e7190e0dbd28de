namespace Tempo.PostRender.Manifests;

/// <content>Keys without <c>?</c>, which are known to be keys only when the scanner finds the colon after them.</content>
internal sealed partial class YamlScanner
{
    /// <summary>
    /// The maximum length of a key without <c>?</c>, in UTF-16 units. Go's readers accept 1,024 characters, which can be 2,048 UTF-16
    /// units.
    /// </summary>
    private const int MaxKeyLength = 4_096;

    /// <summary>The positions where a key may have started, at most one per flow level, oldest first.</summary>
    private readonly List<PossibleKey> _keys = [];
    private int _firstKey;

    /// <summary>Notes that a key may start here. In the column of a block mapping it must be a key.</summary>
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

    /// <summary>
    /// Drops the possible keys that are too long or that do not end on the line where they start; the oldest are dropped first.
    /// </summary>
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
            throw new YamlSyntaxException("expected a key, followed by a colon", key.Start);
        }
    }

    /// <param name="Level">The number of flow collections that contain it.</param>
    /// <param name="Token">The number of its first token, counted from the start of the text.</param>
    /// <param name="Start">UTF-16 offset of its first token.</param>
    /// <param name="LineStart">UTF-16 offset of its line.</param>
    /// <param name="IsRequired">Whether only a key is allowed here.</param>
    private readonly record struct PossibleKey(int Level, int Token, int Start, int LineStart, bool IsRequired);
}
