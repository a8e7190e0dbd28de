using System.Buffers;

namespace Tempo.PostRender.Manifests;

/// <summary>Where the lines of a text start and end, as YAML breaks them; offsets are those of the text.</summary>
internal readonly struct TextLines(string text)
{
    /// <summary>What ends a line: YAML 1.1 and Go's readers count three more characters than most texts have.</summary>
    public static readonly SearchValues<char> Breaks = SearchValues.Create("\n\r\u0085\u2028\u2029");

    /// <summary>The length of the line break that a text starts with.</summary>
    public static int BreakLength(ReadOnlySpan<char> text) => text.Length > 1 && text[0] == '\r' && text[1] == '\n' ? 2 : 1;

    /// <summary>The offset behind the line break at an offset.</summary>
    public static int BehindBreak(string text, int index) => index + BreakLength(text.AsSpan(index));

    /// <summary>
    /// The kind of line break that a new line beside an offset gets: that of the line itself, else of the line before. Where
    /// the text has none, a line feed.
    /// </summary>
    public string BreakAt(int index)
    {
        var at = text.AsSpan(index).IndexOfAny('\n', '\r') is >= 0 and var behind
            ? index + behind
            : text.AsSpan(0, index).LastIndexOfAny('\n', '\r');
        if (at < 0)
        {
            return "\n";
        }

        // CR CR LF is what a text becomes that was taken for one with bare line feeds.
        var run = text.AsSpan(at).IndexOfAnyExcept('\r');
        return text[at] == '\n'
            ? at > 0 && text[at - 1] == '\r'
                ? "\r\n"
                : "\n"
            : run > 0 && text[at + run] == '\n'
                ? "\r\n"
                : "\r";
    }

    /// <summary>The start of the line an offset lies in.</summary>
    public int StartAt(int index) => text.AsSpan(0, index).LastIndexOfAny(Breaks) + 1;

    /// <summary>The end of the line an offset lies in, its line break not counted.</summary>
    public int EndAt(int index)
    {
        var length = text.AsSpan(index).IndexOfAny(Breaks);
        return length < 0 ? text.Length : index + length;
    }

    /// <summary>The start of the line behind the one that ends at or after an offset; a block scalar's end is one already.</summary>
    public int NextAt(int index)
    {
        if (index > 0 && Breaks.Contains(text[index - 1]))
        {
            return index;
        }

        var end = EndAt(index);
        return end >= text.Length ? end : BehindBreak(text, end);
    }
}
