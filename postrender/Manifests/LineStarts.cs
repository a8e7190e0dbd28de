namespace Tempo.PostRender.Manifests;

/// <summary>
/// The offsets where the lines of a text start. Created once per text, because a document can have as many findings as lines.
/// </summary>
internal sealed class LineStarts
{
    private readonly List<int> _starts;

    /// <summary>Reads the lines of a text.</summary>
    /// <param name="text">The text; lines end with <c>\n</c>.</param>
    public LineStarts(string text)
    {
        _starts = new List<int>(text.AsSpan().Count('\n') + 1) { 0 };
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            _starts.Add(at + 1);
        }
    }

    /// <summary>The number of lines. The text after the last line break counts as a line, even if it is empty.</summary>
    public int Count => _starts.Count;

    /// <summary>The UTF-16 offset where a line starts.</summary>
    /// <param name="line">The line's index, from 0.</param>
    public int this[int line] => _starts[line];

    /// <summary>The index, from 0, of the line that an offset is in.</summary>
    /// <param name="index">UTF-16 offset.</param>
    public int LineOf(int index)
    {
        var found = _starts.BinarySearch(index);
        return found >= 0 ? found : ~found - 1;
    }
}
