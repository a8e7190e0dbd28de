using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>The config file of an nginx: its directives, and the edits of their lines.</summary>
public sealed class NginxFile
{
    private readonly string[] _lines;
    private readonly Dictionary<int, int> _directivesIn = [];

    /// <summary>Reads a file.</summary>
    public NginxFile(ConfigFile file)
    {
        File = file;
        Directives = NginxConfig.Read(file.Document.Text);
        _lines = file.Document.Text.Split('\n');
        foreach (var directive in Directives)
        {
            for (var line = directive.Line; line <= directive.LastLine; line++)
            {
                _directivesIn[line] = _directivesIn.GetValueOrDefault(line) + 1;
            }
        }
    }

    /// <summary>The file in its ConfigMap or Secret.</summary>
    public ConfigFile File { get; }

    /// <summary>The directives that end with <c>;</c>, in order.</summary>
    public IReadOnlyList<NginxDirective> Directives { get; }

    /// <summary>
    /// Edits that add directives, each after another one: on a new line if that directive has its own line, else on the same line. The
    /// edit is null if that directive spans several lines, so that its layout is kept.
    /// </summary>
    /// <param name="additions">The existing directives, and the text to add after each, without its semicolon.</param>
    public IReadOnlyList<(NginxDirective After, string Added, Edit? Edit)> Add(
        IReadOnlyList<(NginxDirective After, string Added)> additions
    )
    {
        var byLine = additions.Where(static addition => addition.After.IsOneLine).ToLookup(static addition => addition.After.Line);
        return [.. additions.Select(addition => (addition.After, addition.Added, Add(addition.After, addition.Added, byLine)))];
    }

    /// <summary>An edit that replaces a directive, or null if the directive does not have its own line.</summary>
    /// <param name="text">The new text, without its semicolon.</param>
    public Edit? Replace(NginxDirective directive, string text)
    {
        var line = LineAt(directive.Line);
        return line.Trim() == $"{directive.Name} {string.Join(' ', directive.Arguments)};"
            ? Edit.SetLine(File.Document, directive.Line, $"{Indentation(line)}{text};")
            : null;
    }

    private Edit? Add(NginxDirective after, string added, ILookup<int, (NginxDirective After, string Added)> byLine)
    {
        if (!after.IsOneLine)
        {
            return null;
        }

        var line = LineAt(after.Line);
        if (IsAlone(after, line))
        {
            return Edit.InsertLine(File.Document, after.Line, $"{Indentation(line)}{added};");
        }

        // Starts at the end of the line, so that the columns before it stay valid.
        foreach (var (other, text) in byLine[after.Line].Reverse())
        {
            line = line.Insert(other.End, $" {text};");
        }

        return Edit.SetLine(File.Document, after.Line, line);
    }

    /// <summary>Whether the line contains nothing else but a comment.</summary>
    private bool IsAlone(NginxDirective directive, string line) =>
        _directivesIn[directive.Line] == 1
        && line.TrimStart().StartsWith(directive.Name, StringComparison.Ordinal)
        && line[directive.End..].TrimStart() is "" or ['#', ..];

    private string LineAt(int line) => _lines[line].TrimEnd('\r');

    private static string Indentation(string line) => line[..(line.Length - line.TrimStart().Length)];
}
