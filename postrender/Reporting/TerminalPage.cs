using Spectre.Console;

namespace Tempo.PostRender.Reporting;

/// <summary>The style of a piece of text on a terminal with colours.</summary>
internal enum TerminalStyle
{
    Plain,
    Bold,
    Dim,
    Good,
    Warning,
    Error,
    Removed,
    Position,
}

/// <summary>The styles as a terminal switches to them.</summary>
internal static class TerminalStyles
{
    /// <summary>Switches back to plain text.</summary>
    public const string Reset = "\e[0m";

    /// <summary>The escape sequence that switches to a style from plain text.</summary>
    public static string Code(this TerminalStyle style) =>
        style switch
        {
            TerminalStyle.Bold => "\e[1m",
            TerminalStyle.Dim => "\e[2m",
            TerminalStyle.Good => "\e[32m",
            TerminalStyle.Warning => "\e[33m",
            TerminalStyle.Error => "\e[1;31m",
            TerminalStyle.Removed => "\e[31m",
            TerminalStyle.Position => "\e[36m",
            _ => "",
        };

    /// <summary>A text in a style.</summary>
    public static string Paint(this TerminalStyle style, string text) =>
        style == TerminalStyle.Plain ? text : $"{style.Code()}{text}{Reset}";
}

/// <summary>A piece of text with its style.</summary>
/// <param name="Style">How it looks.</param>
/// <param name="Link">The address that a terminal opens for it, or null.</param>
internal readonly record struct StyledText(string Text, TerminalStyle Style = TerminalStyle.Plain, string? Link = null)
{
    public static implicit operator StyledText(string text) => new(text);
}

/// <summary>Writes paragraphs for a terminal: broken between words at its width, indented, and coloured if it has colours.</summary>
/// <param name="output">Receives the text.</param>
internal sealed class TerminalPage(TextWriter output, TerminalSettings terminal)
{
    /// <summary>The style that the terminal has now.</summary>
    private TerminalStyle _style;

    public void Space() => output.Write('\n');

    /// <summary>Writes a heading below an empty line.</summary>
    public void Heading(string text, TerminalStyle style)
    {
        Space();
        Write(0, 2, new StyledText(text, style));
    }

    /// <summary>Writes a paragraph. A word that is wider than the terminal is not broken, so that it can be copied.</summary>
    /// <param name="indent">The number of blanks before the first line.</param>
    /// <param name="hanging">The number of blanks before the other lines.</param>
    public void Write(int indent, int hanging, params ReadOnlySpan<StyledText> spans)
    {
        var (column, isFirst) = (indent, true);
        output.Write(new string(' ', indent));
        foreach (var word in Words(spans))
        {
            var width = word.Sum(static part => WidthOf(part.Text));
            if (!isFirst && terminal.Width > 0 && column + 1 + width > terminal.Width)
            {
                EndLine();
                output.Write(new string(' ', hanging));
                column = hanging;
            }
            else if (!isFirst)
            {
                // A blank between two words of the same style needs no change of style.
                Write(new StyledText(" ", word[0].Style == _style ? _style : TerminalStyle.Plain));
                column++;
            }

            word.ForEach(Write);
            (column, isFirst) = (column + width, false);
        }

        EndLine();
    }

    /// <summary>Whether two texts fit in one line, with a blank between them.</summary>
    /// <param name="indent">The number of blanks before them.</param>
    /// <param name="first">The first text.</param>
    /// <param name="second">The second text.</param>
    public bool Fits(int indent, string first, string second) =>
        terminal.Width <= 0 || indent + WidthOf(first) + 1 + WidthOf(second) <= terminal.Width;

    /// <summary>Writes text in one line. What does not fit is cut off.</summary>
    public void WriteCut(params ReadOnlySpan<StyledText> spans)
    {
        var room = terminal.Width > 0 ? terminal.Width : int.MaxValue;
        foreach (var span in spans)
        {
            var text = span.Text;
            while (WidthOf(text) > room)
            {
                text = text[..^1];
            }

            Write(span with { Text = text });
            room -= WidthOf(text);
        }

        EndLine();
    }

    /// <summary>The number of columns that a text takes: wide characters take two, combining ones none.</summary>
    public static int WidthOf(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? text.GetCellWidth() : text.Length;

    /// <summary>The words of a text. A word can consist of parts with different styles.</summary>
    private static List<List<StyledText>> Words(ReadOnlySpan<StyledText> spans)
    {
        var words = new List<List<StyledText>>();
        var isOpen = false;
        foreach (var span in spans)
        {
            foreach (var (part, index) in span.Text.Split(' ').Select(static (part, index) => (part, index)))
            {
                isOpen &= index == 0;
                if (part.Length == 0)
                {
                    continue;
                }

                if (!isOpen)
                {
                    words.Add([]);
                }

                words[^1].Add(span with { Text = part });
                isOpen = true;
            }
        }

        return words;
    }

    private void EndLine()
    {
        Switch(TerminalStyle.Plain);
        output.Write('\n');
    }

    private void Write(StyledText span)
    {
        Switch(span.Style);
        output.Write(terminal.Colours && span.Link is { } link ? $"\e]8;;{link}\e\\{span.Text}\e]8;;\e\\" : span.Text);
    }

    private void Switch(TerminalStyle style)
    {
        if (!terminal.Colours || style == _style)
        {
            return;
        }

        output.Write(_style == TerminalStyle.Plain ? "" : TerminalStyles.Reset);
        output.Write(style.Code());
        _style = style;
    }
}
