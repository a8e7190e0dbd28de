using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// The lines of a literal block scalar without their indentation, and the way back: an offset into <see cref="Text"/>
/// leads to an offset into the document around it. Line breaks stay as they are written (CRLF too).
/// </summary>
internal sealed class LiteralText
{
    private readonly List<(int Inner, int Outer, int Physical)> _lines;

    private LiteralText(string text, string value, string indentation, List<(int Inner, int Outer, int Physical)> lines)
    {
        Text = text;
        Value = value;
        Indentation = indentation;
        _lines = lines;
    }

    /// <summary>The dedented lines, trailing blank ones included.</summary>
    public string Text { get; }

    /// <summary>The scalar's value: line breaks as <c>\n</c>, the end chomped as the header asks.</summary>
    public string Value { get; }

    /// <summary>What every line is indented with.</summary>
    public string Indentation { get; }

    /// <summary>Reads a literal scalar from the document's text, or null where its lines cannot be told (no content at all).</summary>
    /// <param name="text">The document's text.</param>
    /// <param name="node">A scalar of style <see cref="ScalarStyle.Literal"/>.</param>
    public static LiteralText? Read(string text, ScalarNode node)
    {
        var headerStart = ScalarText.ContentStart(text, node);
        var headerLength = text.AsSpan(headerStart, node.End - headerStart).IndexOfAny(TextLines.Breaks);
        if (headerLength < 0)
        {
            return null;
        }

        var contentStart = SkipBreak(text, headerStart + headerLength);
        if (IndentationOf(text, contentStart, node) is not { } indent)
        {
            return null;
        }

        var inner = new StringBuilder(node.End - contentStart);
        var value = new StringBuilder(node.End - contentStart);
        var lines = new List<(int, int, int)>();
        for (var start = contentStart; start < node.End;)
        {
            var length = text.AsSpan(start, node.End - start).IndexOfAny(TextLines.Breaks);
            var lineEnd = length < 0 ? node.End : start + length;
            var next = length < 0 ? node.End : SkipBreak(text, lineEnd);
            // A blank line may be shorter than the indentation.
            var content = Math.Min(start + indent, lineEnd);
            lines.Add((inner.Length, content, start));
            inner.Append(text, content, next - content);
            value.Append(text, content, lineEnd - content);
            if (next > lineEnd)
            {
                // The parsers keep these two, and read every other break as one line feed.
                value.Append(text[lineEnd] is '\u2028' or '\u2029' ? text[lineEnd] : '\n');
            }

            start = next;
        }

        return new LiteralText(inner.ToString(), Chomp(value.ToString(), text.AsSpan(headerStart, headerLength)), new string(' ', indent), lines);
    }

    /// <summary>The offset in the document of an offset in <see cref="Text"/>.</summary>
    public int ToOuter(int inner)
    {
        var line = LineAt(inner);
        return line.Outer + (inner - line.Inner);
    }

    /// <summary>The same change, made in the document: whole lines go with their indentation, new lines get one.</summary>
    public Splice ToOuter(Splice splice)
    {
        var end = splice.Start + splice.Length;
        var removesLines = splice.Length > 0 && splice.Text.Length == 0 && LineAt(splice.Start).Inner == splice.Start && TextLines.Breaks.Contains(Text[end - 1]);
        if (removesLines)
        {
            var from = LineAt(splice.Start).Physical;
            return new Splice(from, ToOuter(end - 1) + 1 - from, "");
        }

        var start = ToOuter(splice.Start);
        var length = splice.Length == 0 ? 0 : ToOuter(end - 1) + 1 - start;
        return new Splice(start, length, splice.Text.Replace("\n", "\n" + Indentation, StringComparison.Ordinal));
    }

    private (int Inner, int Outer, int Physical) LineAt(int inner)
    {
        var (low, high) = (0, _lines.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_lines[middle].Inner <= inner)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return _lines[low];
    }

    /// <summary>How much deeper the first line of text stands in the document than in the value the parser read.</summary>
    private static int? IndentationOf(string text, int contentStart, ScalarNode node)
    {
        var written = FirstTextColumn(text.AsSpan(contentStart, node.End - contentStart));
        var read = FirstTextColumn(node.Value);
        return written is { } w && read is { } r && w >= r ? w - r : null;
    }

    private static int? FirstTextColumn(ReadOnlySpan<char> lines)
    {
        var first = lines.IndexOfAnyExcept(TextLines.Blanks);
        return first < 0 ? null : first - (lines[..first].LastIndexOfAny(TextLines.Breaks) + 1);
    }

    private static string Chomp(string value, ReadOnlySpan<char> header)
    {
        var indicators = header[..Math.Min(header.Length, 3)];
        if (indicators.Contains('+'))
        {
            return value;
        }

        var trimmed = value.TrimEnd('\n');
        return indicators.Contains('-') || trimmed.Length == 0 || trimmed.Length == value.Length ? trimmed : trimmed + "\n";
    }

    private static int SkipBreak(string text, int index) =>
        index + 1 < text.Length && text[index] == '\r' && text[index + 1] == '\n' ? index + 2 : index + 1;
}
