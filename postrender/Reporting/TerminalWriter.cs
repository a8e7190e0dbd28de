using System.Text;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// Formats lines for a terminal: wraps long lines between words, and colours the first word of a finding. Without a terminal each
/// finding stays on one line, for grep.
/// </summary>
public sealed class TerminalWriter : TextWriter
{
    private const string Indent = "  ";

    private static readonly Dictionary<string, TerminalStyle> Styles = new(StringComparer.Ordinal)
    {
        ["error"] = TerminalStyle.Error,
        ["fixable"] = TerminalStyle.Warning,
        ["warning"] = TerminalStyle.Warning,
        ["fixed"] = TerminalStyle.Good,
        ["holds"] = TerminalStyle.Good,
        ["ignored"] = TerminalStyle.Dim,
        ["disabled"] = TerminalStyle.Dim,
        [$"{ProgramInfo.Name}:"] = TerminalStyle.Bold,
    };

    private readonly TextWriter _output;
    private readonly TerminalSettings _terminal;
    private readonly StringBuilder _line = new();

    private TerminalWriter(TextWriter output, TerminalSettings terminal)
    {
        (_output, _terminal) = (output, terminal);
        CoreNewLine = ['\n'];
    }

    /// <inheritdoc/>
    public override Encoding Encoding => _output.Encoding;

    /// <summary>A writer for a terminal, or the writer itself if there is no terminal.</summary>
    /// <param name="output">The writer; it is not closed with the terminal's writer.</param>
    /// <param name="terminal">The terminal, if there is one.</param>
    public static TextWriter Over(TextWriter output, TerminalSettings? terminal) =>
        terminal is null ? output : new TerminalWriter(output, terminal);

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }

        WriteLaidOut(_line.ToString());
        _line.Clear();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        _output.Write(_line.ToString());
        _line.Clear();
        _output.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
        }

        base.Dispose(disposing);
    }

    private void WriteLaidOut(string line)
    {
        var first = line.Split(' ', 2)[0];
        var style = _terminal.Colours ? Styles.GetValueOrDefault(first) : TerminalStyle.Plain;
        foreach (var part in TextWrap.Lines(line, _terminal.Width, Indent))
        {
            _output.Write(style == TerminalStyle.Plain ? part : $"{style.Paint(first)}{part[first.Length..]}");
            _output.Write('\n');
            style = TerminalStyle.Plain;
        }
    }
}
