using System.Buffers;

namespace Tempo.PostRender.Manifests;

/// <summary>The lines of a text by YAML's line breaks. Offsets are UTF-16 offsets in the text.</summary>
internal readonly struct TextLines(string text)
{
    /// <summary>The line breaks of YAML 1.1 and of Go's readers: three more than the usual line feed and carriage return.</summary>
    public static readonly SearchValues<char> Breaks = SearchValues.Create("\n\r\u0085\u2028\u2029");

    /// <summary>The length of the line break at the start of a text.</summary>
    public static int BreakLength(ReadOnlySpan<char> text) => text.Length > 1 && text[0] == '\r' && text[1] == '\n' ? 2 : 1;

    /// <summary>The offset after the line break at an offset.</summary>
    public static int AfterBreak(string text, int index) => index + BreakLength(text.AsSpan(index));

    /// <summary>
    /// The line break for a new line near an offset: that of the line at the offset, otherwise that of the line before, otherwise a
    /// line feed.
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

        // A tool that converts line breaks twice writes CR CR LF; the line break is then CR LF.
        var run = text.AsSpan(at).IndexOfAnyExcept('\r');
        return text[at] == '\n'
            ? at > 0 && text[at - 1] == '\r'
                ? "\r\n"
                : "\n"
            : run > 0 && text[at + run] == '\n'
                ? "\r\n"
                : "\r";
    }

    /// <summary>The offset where the line that contains an offset starts.</summary>
    public int StartAt(int index) => text.AsSpan(0, index).LastIndexOfAny(Breaks) + 1;

    /// <summary>The offset where the line that contains an offset ends, before its line break.</summary>
    public int EndAt(int index)
    {
        var length = text.AsSpan(index).IndexOfAny(Breaks);
        return length < 0 ? text.Length : index + length;
    }

    /// <summary>
    /// The offset where the next line starts; the offset itself if it follows a line break, as the end of a block scalar does.
    /// </summary>
    public int NextAt(int index)
    {
        if (index > 0 && Breaks.Contains(text[index - 1]))
        {
            return index;
        }

        var end = EndAt(index);
        return end >= text.Length ? end : AfterBreak(text, end);
    }
}
