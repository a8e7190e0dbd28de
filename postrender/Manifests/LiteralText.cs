using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// The value of a literal block scalar (without indentation, with <c>\n</c> as line break), and a mapping of offsets in this value
/// to offsets in the document that contains the scalar.
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
                // As in Go's readers, these two line breaks are kept in the value.
                text.Append(outer[lineEnd] is '\u2028' or '\u2029' ? outer[lineEnd] : '\n');
                start = TextLines.AfterBreak(outer, lineEnd);
            }
        }

        Text = text.ToString();
    }

    /// <summary>The lines without their indentation, including trailing blank lines.</summary>
    public string Text { get; }

    /// <summary>Reads a literal block scalar, or returns null if it has no lines.</summary>
    /// <param name="container">The document that contains it. Its text is not kept, because a stream can have thousands of these.</param>
    /// <param name="node">A scalar of style <see cref="ScalarStyle.Literal"/>.</param>
    public static LiteralText? Read(YamlDocument container, ScalarNode node)
    {
        var text = container.Text;
        var header = text.AsSpan(node.ContentStart, node.End - node.ContentStart);
        var length = header.IndexOfAny(TextLines.Breaks);
        var contentStart = length < 0 ? node.End : TextLines.AfterBreak(text, node.ContentStart + length);
        return contentStart == node.End ? null : new LiteralText(container, text, node, contentStart);
    }

    /// <summary>Maps an offset in <see cref="Text"/> to an offset in the document.</summary>
    public int ToOuter(int inner)
    {
        if (inner == Text.Length)
        {
            return _end;
        }

        var line = _lines[LineAt(inner)];
        return line.Outer + (inner - line.Inner);
    }

    /// <summary>
    /// Maps a change of <see cref="Text"/> to a change of the document: removes the indentation of removed lines, and indents new ones.
    /// </summary>
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
            // After the last line, the first new line needs its own indentation, and no line follows the last new one.
            text = _indentation + text[..^(text.EndsWith(lineBreak + _indentation, StringComparison.Ordinal) ? _indentation.Length : 0)];
        }

        return new Splice(start, length, text);
    }

    private bool EndsLine(int inner) => inner > 0 && TextLines.Breaks.Contains(Text[inner - 1]);

    /// <summary>Maps the end, exclusive, of a part of <see cref="Text"/> to an offset in the document.</summary>
    private int EndToOuter(int end)
    {
        var line = LineAt(end - 1);
        return !EndsLine(end) ? ToOuter(end - 1) + 1
            : line + 1 < _lines.Count ? _lines[line + 1].Physical
            : _end;
    }

    /// <summary>The index of the line that contains an offset.</summary>
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

    /// <param name="Inner">Offset in the value where the line starts.</param>
    /// <param name="Outer">Offset in the document where its content starts, after the indentation.</param>
    /// <param name="Physical">Offset in the document where the line starts.</param>
    private readonly record struct Line(int Inner, int Outer, int Physical);
}
