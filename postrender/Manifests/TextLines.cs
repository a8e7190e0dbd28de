namespace Tempo.PostRender.Manifests;

/// <summary>Where the lines of a text start and end; offsets are those of the text.</summary>
internal readonly struct TextLines(string text)
{
    /// <summary>The kind of line break that ends the line at an offset, <c>\n</c> where there is none.</summary>
    public string BreakAt(int index)
    {
        var lineBreak = text.AsSpan(index).IndexOf('\n');
        return lineBreak > 0 && text[index + lineBreak - 1] == '\r' ? "\r\n" : "\n";
    }

    /// <summary>The start of the line an offset lies in.</summary>
    public int StartAt(int index) => text.AsSpan(0, index).LastIndexOfAny('\n', '\r') + 1;

    /// <summary>The end of the line an offset lies in, its line break not counted.</summary>
    public int EndAt(int index)
    {
        var length = text.AsSpan(index).IndexOfAny('\n', '\r');
        return length < 0 ? text.Length : index + length;
    }

    /// <summary>The start of the line behind the one that ends at or after an offset; a block scalar's end is one already.</summary>
    public int NextAt(int index)
    {
        if (index > 0 && text[index - 1] is '\n' or '\r')
        {
            return index;
        }

        var end = EndAt(index);
        return end >= text.Length ? end : BehindBreak(end);
    }

    private int BehindBreak(int index) => text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n' ? index + 2 : index + 1;
}
