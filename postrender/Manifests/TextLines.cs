using System.Buffers;

namespace Tempo.PostRender.Manifests;

/// <summary>Where the lines of a text start and end, as YAML breaks them; offsets are those of the text.</summary>
internal readonly struct TextLines(string text)
{
    /// <summary>What ends a line: YAML 1.1, YamlDotNet and Go's parsers count three more characters than most texts have.</summary>
    public static readonly SearchValues<char> Breaks = SearchValues.Create("\n\r\u0085\u2028\u2029");

    /// <summary>What a line without text consists of: spaces, and its end.</summary>
    public static readonly SearchValues<char> Blanks = SearchValues.Create(" \n\r\u0085\u2028\u2029");

    /// <summary>The kind of line break that ends the line at an offset, <c>\n</c> where there is none.</summary>
    public string BreakAt(int index)
    {
        var lineBreak = text.AsSpan(index).IndexOf('\n');
        return lineBreak > 0 && text[index + lineBreak - 1] == '\r' ? "\r\n" : "\n";
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
        return end >= text.Length ? end : BehindBreak(end);
    }

    private int BehindBreak(int index) => text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n' ? index + 2 : index + 1;
}
