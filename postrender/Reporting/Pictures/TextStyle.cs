using System.Text;

namespace Tempo.PostRender.Reporting.Pictures;

/// <summary>How a text of a picture is set. Its width is computed, because no browser has drawn it yet; it is never too small.</summary>
/// <param name="Class">The class in the style sheet, which sets the same size.</param>
/// <param name="Size">The size in pixels.</param>
/// <param name="IsMono">Whether all characters have the same width.</param>
internal sealed record TextStyle(string Class, int Size, bool IsMono)
{
    /// <summary>Characters outside ASCII that every font has, no wider than a capital letter.</summary>
    private const string Known = "→…·×";

    /// <summary>The title of a node: the targets that it runs.</summary>
    public static TextStyle Title { get; } = new("t", 14, IsMono: false);

    /// <summary>The name of an object.</summary>
    public static TextStyle Name { get; } = new("n", 11, IsMono: true);

    public static TextStyle Families { get; } = new("f", 12, IsMono: false);

    public static TextStyle Ports { get; } = new("p", 11, IsMono: true);

    /// <summary>How many findings there are.</summary>
    public static TextStyle State { get; } = new("s", 12, IsMono: false);

    /// <summary>The name of a lane.</summary>
    public static TextStyle Lane { get; } = new("l", 11, IsMono: false);

    /// <summary>A user of something that is shared.</summary>
    public static TextStyle User { get; } = new("u", 12, IsMono: false);

    /// <summary>The width of a text in pixels, or a little more.</summary>
    public int WidthOf(string text) => (text.Sum(Advance) * Size / 100) + 1;

    /// <summary>
    /// The text with its middle cut out if it is too wide, and without characters whose width depends on the font. Names of Kubernetes
    /// have no such characters.
    /// </summary>
    /// <param name="width">The room in pixels.</param>
    public string Cut(string text, int width)
    {
        var known = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            known.Append(rune.Value is >= ' ' and <= '~' || (rune.IsBmp && Known.Contains((char)rune.Value)) ? (char)rune.Value : '?');
        }

        var whole = known.ToString();
        if (WidthOf(whole) <= width)
        {
            return whole;
        }

        var (head, tail) = (0, whole.Length);
        var room = (width - 1) * 100 / Size - Advance('…');
        while (head < tail)
        {
            // The start identifies a name better than the end, so it gets one character more.
            var next = head <= whole.Length - tail ? whole[head] : whole[tail - 1];
            room -= Advance(next);
            if (room < 0)
            {
                break;
            }

            (head, tail) = head <= whole.Length - tail ? (head + 1, tail) : (head, tail - 1);
        }

        return string.Concat(whole.AsSpan(0, head), "…", whole.AsSpan(tail));
    }

    /// <summary>In hundredths of the size: the widest that the usual fonts have, in bold.</summary>
    private int Advance(char letter) =>
        IsMono ? 61
        : letter is 'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ' ' or '-' or '·' ? 45
        : letter is 'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' ? 112
        : char.IsAsciiLetterUpper(letter) ? 88
        : 76;
}
