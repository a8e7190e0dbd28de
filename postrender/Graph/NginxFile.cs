namespace Tempo.PostRender.Graph;

/// <summary>The config file of an nginx: its directives, and the lines that they stand in.</summary>
public sealed class NginxFile
{
    private readonly string[] _lines;
    private readonly Dictionary<int, int> _directivesIn = [];

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
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

    /// <summary>The file.</summary>
    public ConfigFile File { get; }

    /// <summary>The directives that end with <c>;</c>, in order.</summary>
    public IReadOnlyList<NginxDirective> Directives { get; }

    /// <summary>A line without its line break.</summary>
    /// <param name="line">The line's index, from 0.</param>
    public string LineAt(int line) => _lines[line].TrimEnd('\r');

    /// <summary>Whether a directive of one line stands there alone, but for a comment behind it.</summary>
    /// <param name="directive">The directive.</param>
    public bool IsAlone(NginxDirective directive)
    {
        var line = LineAt(directive.Line);
        return _directivesIn[directive.Line] == 1
            && line.TrimStart().StartsWith(directive.Name, StringComparison.Ordinal)
            && line[directive.End..].TrimStart() is "" or ['#', ..];
    }

    /// <summary>The blanks at the head of a line.</summary>
    /// <param name="line">The line.</param>
    public static string Indentation(string line) => line[..(line.Length - line.TrimStart().Length)];
}
