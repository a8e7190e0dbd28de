using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// The text of a literal block scalar as a reader of the value sees it (without indentation, lines ended by <c>\n</c>), and
/// the way back: an offset into <see cref="Text"/> leads to an offset into the document around it.
/// </summary>
internal sealed class LiteralText
{
    private readonly YamlDocument _container;
    private readonly int _end;
    private readonly string _indentation;
    private readonly List<Line> _lines = [];

    private LiteralText(YamlDocument container, string outer, ScalarNode node, int contentStart)
    {
        (_container, _end, _indentation) = (container, node.End, new string(' ', node.ContentIndent));
        var text = new StringBuilder(_end - contentStart);
        for (var start = contentStart; start < _end; )
        {
            var length = outer.AsSpan(start, _end - start).IndexOfAny(TextLines.Breaks);
            var lineEnd = length < 0 ? _end : start + length;
            // A blank line may be shorter than the indentation.
            var content = Math.Min(start + node.ContentIndent, lineEnd);
            _lines.Add(new Line(text.Length, content, start));
            text.Append(outer, content, lineEnd - content);
            start = lineEnd;
            if (length >= 0)
            {
                // These two stay in the value, where they end a line of YAML too.
                text.Append(outer[lineEnd] is '\u2028' or '\u2029' ? outer[lineEnd] : '\n');
                start = TextLines.BehindBreak(outer, lineEnd);
            }
        }

        Text = text.ToString();
    }

    /// <summary>The dedented lines, trailing blank ones included.</summary>
    public string Text { get; }

    /// <summary>Reads a literal scalar from the document's text, or returns null where it has no lines.</summary>
    /// <param name="container">The document; its text is not kept, because a stream has thousands of such scalars.</param>
    /// <param name="node">A scalar of style <see cref="ScalarStyle.Literal"/>.</param>
    public static LiteralText? Read(YamlDocument container, ScalarNode node)
    {
        var text = container.Text;
        var header = text.AsSpan(node.ContentStart, node.End - node.ContentStart);
        var length = header.IndexOfAny(TextLines.Breaks);
        var contentStart = length < 0 ? node.End : TextLines.BehindBreak(text, node.ContentStart + length);
        return contentStart == node.End ? null : new LiteralText(container, text, node, contentStart);
    }

    /// <summary>The offset in the document of an offset in <see cref="Text"/>.</summary>
    public int ToOuter(int inner)
    {
        if (inner == Text.Length)
        {
            return _end;
        }

        var line = _lines[LineAt(inner)];
        return line.Outer + (inner - line.Inner);
    }

    /// <summary>The same change, made in the document: whole lines go with their indentation, new lines get one.</summary>
    public Splice ToOuter(Splice splice)
    {
        var end = splice.Start + splice.Length;
        var isLineStart = splice.Start == Text.Length ? EndsLine(splice.Start) : _lines[LineAt(splice.Start)].Inner == splice.Start;
        if (splice.Length > 0 && splice.Text.Length == 0 && isLineStart && EndsLine(end))
        {
            var from = _lines[LineAt(splice.Start)].Physical;
            return new Splice(from, EndToOuter(end) - from, "");
        }

        var start = ToOuter(splice.Start);
        var length = splice.Length == 0 ? 0 : EndToOuter(end) - start;
        var lineBreak = new TextLines(_container.Text).BreakAt(start);
        var text = splice.Text.Replace("\n", lineBreak + _indentation, StringComparison.Ordinal);
        if (isLineStart && splice.Start == Text.Length)
        {
            // Behind the last line nothing is indented yet, and nothing follows.
            text = _indentation + text[..^(text.EndsWith(lineBreak + _indentation, StringComparison.Ordinal) ? _indentation.Length : 0)];
        }

        return new Splice(start, length, text);
    }

    private bool EndsLine(int inner) => inner > 0 && TextLines.Breaks.Contains(Text[inner - 1]);

    /// <summary>The offset in the document behind the character that ends at an offset of <see cref="Text"/>.</summary>
    private int EndToOuter(int end)
    {
        var line = LineAt(end - 1);
        return !EndsLine(end) ? ToOuter(end - 1) + 1
            : line + 1 < _lines.Count ? _lines[line + 1].Physical
            : _end;
    }

    /// <summary>The index of the line that an offset lies in.</summary>
    private int LineAt(int inner)
    {
        var (low, high) = (0, _lines.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _lines[middle].Inner <= inner ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <param name="Inner">Where it starts in the value.</param>
    /// <param name="Outer">Where its content starts in the document.</param>
    /// <param name="Physical">Where it starts in the document.</param>
    private readonly record struct Line(int Inner, int Outer, int Physical);
}
