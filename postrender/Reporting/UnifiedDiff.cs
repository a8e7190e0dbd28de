using System.Globalization;
using System.Text;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>What the post-renderer changes, as a unified diff that <c>git apply</c> and <c>patch</c> accept.</summary>
/// <remarks>A diff library would search for the changes. Here the edits are known, and lines of Secrets are masked.</remarks>
public static class UnifiedDiff
{
    private const string StandardInput = "stdin";

    /// <summary>The changes, input by input.</summary>
    public static IReadOnlyList<FileDiff> Of(Report report) =>
        [
            .. ManifestWriter
                .Changes(report.Repairs)
                .GroupBy(static change => change.Document.Stream)
                .OrderBy(static changes => changes.Key.File, StringComparer.Ordinal)
                .Select(static changes => FileDiff.Of(changes.Key.File, [.. changes])),
        ];

    /// <summary>Writes the diff of some reports.</summary>
    /// <param name="reports">The reports, one for each input.</param>
    /// <param name="terminal">The terminal, or null for a file or a pipe, which gets every byte as it is.</param>
    /// <param name="output">Receives the diff.</param>
    public static void Write(IReadOnlyList<Report> reports, TerminalSettings? terminal, TextWriter output)
    {
        var paint = new Paint(terminal, output);
        // The same file may be given twice; its changes are shown once.
        foreach (
            var (name, file) in reports
                .SelectMany(Of)
                .Select(static file => (NameOf(file.File), file))
                .DistinctBy(static pair => pair.Item1)
        )
        {
            foreach (var note in file.Notes)
            {
                paint.WriteLine(TerminalStyle.Warning, $"# {Printable.OneLine(name)}: {note}");
            }

            if (file.Hunks.Count == 0)
            {
                continue;
            }

            paint.WriteLine(TerminalStyle.Bold, $"--- {Quote($"a/{name}")}");
            paint.WriteLine(TerminalStyle.Bold, $"+++ {Quote($"b/{name}")}");
            foreach (var hunk in file.Hunks)
            {
                paint.WriteLine(TerminalStyle.Position, hunk.Header);
                foreach (var line in hunk.Lines)
                {
                    paint.Write(line);
                }
            }
        }
    }

    /// <summary>The path from the current directory. git takes no path that leaves it, so a file elsewhere has its whole path.</summary>
    private static string NameOf(string? file)
    {
        if (file is null or "")
        {
            return StandardInput;
        }

        var full = Path.GetFullPath(file);
        var name = Path.GetRelativePath(Path.GetFullPath("."), full).Replace(Path.DirectorySeparatorChar, '/');
        return name.StartsWith("../", StringComparison.Ordinal) ? full.Replace(Path.DirectorySeparatorChar, '/').TrimStart('/') : name;
    }

    /// <summary>A name as git writes it: between quotes if it has characters that end one, and a tab behind a name with blanks.</summary>
    private static string Quote(string name)
    {
        if (!name.Any(static letter => char.IsControl(letter) || letter is '"' or '\\'))
        {
            return name.Contains(' ', StringComparison.Ordinal) ? name + '\t' : name;
        }

        var quoted = new StringBuilder("\"");
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            if (value is (byte)'"' or (byte)'\\')
            {
                quoted.Append('\\').Append((char)value);
            }
            else if (value is < 0x20 or >= 0x7F)
            {
                quoted.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0'));
            }
            else
            {
                quoted.Append((char)value);
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Writes lines as they are, or coloured and without control characters.</summary>
    private sealed class Paint(TerminalSettings? terminal, TextWriter output)
    {
        public void WriteLine(TerminalStyle style, string text) => Write(style, text, "\n");

        public void Write(DiffLine line)
        {
            var (sign, style) = line.Kind switch
            {
                DiffLineKind.Added => ('+', TerminalStyle.Good),
                DiffLineKind.Removed => ('-', TerminalStyle.Removed),
                _ => (' ', TerminalStyle.Plain),
            };
            Write(style, sign + line.Text, line.Ending.Length == 0 ? "\n" : line.Ending);
            if (line.Ending.Length == 0)
            {
                WriteLine(TerminalStyle.Plain, "\\ No newline at end of file");
            }
        }

        private void Write(TerminalStyle style, string text, string ending)
        {
            if (terminal is { IsTerminal: true })
            {
                (text, ending) = (string.Concat(text.Select(static letter => IsSafe(letter) ? letter : '\uFFFD')), "\n");
            }

            output.Write(terminal is { Colours: true } ? style.Paint(text) : text);
            output.Write(ending);
        }

        /// <summary>Control characters command the terminal, and format characters change the order of what it shows.</summary>
        private static bool IsSafe(char letter) =>
            letter == '\t' || char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format);
    }
}
