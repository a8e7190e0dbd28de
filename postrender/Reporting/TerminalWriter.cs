using System.Text;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// Formats lines for a terminal: wraps long lines between words, and colours the first word of a finding. Without a terminal each
/// finding stays on one line, for grep.
/// </summary>
public sealed class TerminalWriter : TextWriter
{
    private const string Indent = "  ";

    private const string Reset = "\e[0m";

    private static readonly Dictionary<string, string> Colours = new(StringComparer.Ordinal)
    {
        ["error"] = "\e[1;31m",
        ["fixable"] = "\e[33m",
        ["warning"] = "\e[33m",
        ["fixed"] = "\e[32m",
        ["holds"] = "\e[32m",
        ["ignored"] = "\e[2m",
        ["disabled"] = "\e[2m",
        [$"{TextReporter.Program}:"] = "\e[1m",
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
        var colour = _terminal.Colours ? Colours.GetValueOrDefault(first) : null;
        foreach (var part in Broken(line))
        {
            _output.Write(colour is null ? part : $"{colour}{first}{Reset}{part[first.Length..]}");
            _output.Write('\n');
            colour = null;
        }
    }

    /// <summary>Splits a line to the terminal's width. A longer word is not split, so that it can be copied.</summary>
    private IEnumerable<string> Broken(string line)
    {
        var (indent, rest) = ("", line);
        while (_terminal.Width > 0 && indent.Length + rest.Length > _terminal.Width)
        {
            var room = _terminal.Width - indent.Length;
            var at = room > 0 ? rest.LastIndexOf(' ', room) : -1;
            at = at > 0 ? at : rest.IndexOf(' ', Math.Max(room, 0));
            if (at < 0)
            {
                break;
            }

            yield return indent + rest[..at];
            (indent, rest) = (Indent, rest[(at + 1)..]);
        }

        yield return indent + rest;
    }
}
