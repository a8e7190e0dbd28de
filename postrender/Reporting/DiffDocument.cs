using System.Text;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Reporting;

/// <summary>A changed document as a diff may show it: which of its lines are hidden, and which object a line belongs to.</summary>
internal sealed class DiffDocument
{
    private const int LinesAround = 20;

    private readonly List<string> _lines;
    private readonly bool[] _hidden;
    private readonly bool _isBehindMark;
    private readonly List<(KubernetesObject Object, int First, int Last)> _objects = [];

    public DiffDocument(DocumentChange change)
    {
        var document = change.Document;
        _isBehindMark = document.Index == 0 && document.Stream.HasByteOrderMark;
        _lines = DocumentChange.Split(document.Text);
        _hidden = HiddenLines.Of(_lines);
        FirstLine = document.Stream.FirstLineOf(document.Index);
        foreach (var found in ObjectReader.Read(document))
        {
            var (first, last) = (document.Lines.LineOf(found.Node.Start), document.Lines.LineOf(found.Node.End));
            _objects.Add((found, first, last));
            if (IsSecret(found))
            {
                // A comment on the lines around belongs to it too.
                var (from, to) = found.Path.Segments.Count == 0 ? (0, _lines.Count - 1) : (first, Math.Min(last, _lines.Count - 1));
                _hidden.AsSpan(from..(to + 1)).Fill(true);
            }
        }

        Changes = [.. change.Lines.Select(line => _isBehindMark && line.Line == 0 ? BehindMark(line) : line)];
        Behind = LineBehind(document);
    }

    /// <summary>The line of the stream, from 1, that the document starts in.</summary>
    public int FirstLine { get; }

    /// <summary>The number of lines.</summary>
    public int Count => _lines.Count;

    /// <summary>The marker line of the next document; null at the end of the file, or if there is more in that line.</summary>
    public DiffLine? Behind { get; }

    /// <summary>The changed lines.</summary>
    public IReadOnlyList<LineChange> Changes { get; }

    /// <summary>The object that a line belongs to; of a list, the nearest item above.</summary>
    /// <param name="line">The line's index in the document, from 0.</param>
    public KubernetesObject ObjectAt(int line)
    {
        // By halves: a list can have as many objects as lines.
        var (low, high) = (0, _objects.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _objects[middle].First <= line ? (middle, high) : (low, middle - 1);
        }

        return _objects[low].Object;
    }

    /// <summary>A line of the document.</summary>
    /// <param name="line">The line's index, from 0.</param>
    public DiffLine Context(int line) => Shown(DiffLineKind.Context, Marked(line, _lines[line]), _hidden[line]);

    /// <summary>Lines that go.</summary>
    public IEnumerable<DiffLine> Removed(LineChange change) =>
        change.Removed.Select(
            (_, offset) =>
                Shown(DiffLineKind.Removed, Marked(change.Line + offset, _lines[change.Line + offset]), _hidden[change.Line + offset])
        );

    /// <summary>Lines that come. What is hidden among them follows from the lines around, too.</summary>
    public IEnumerable<DiffLine> Added(LineChange change)
    {
        var from = Math.Max(0, change.Line - LinesAround);
        var behind = change.Line + change.Removed.Count;
        var to = Math.Min(_lines.Count, behind + LinesAround);
        var hidden = HiddenLines.Of([.. _lines[from..change.Line], .. change.Added, .. _lines[behind..to]]);
        return change.Added.Select(
            (text, offset) => Shown(DiffLineKind.Added, Marked(change.Line + offset, text), hidden[change.Line - from + offset])
        );
    }

    /// <summary>Whether a change is in a Secret, of which no line is shown.</summary>
    public bool IsSecretAt(LineChange change) => IsSecret(ObjectAt(change.Line));

    /// <summary>The byte order mark stays the start of the file, so the line that leaves it or comes to it changes too.</summary>
    private LineChange BehindMark(LineChange change)
    {
        if (change.Removed.Count > 0 && change.Added.Count > 0)
        {
            return change;
        }

        var next = _lines.Skip(change.Removed.Count).Take(1).ToList();
        return change with { Removed = [.. change.Removed, .. next], Added = [.. change.Added, .. next] };
    }

    private string Marked(int line, string text) => _isBehindMark && line == 0 ? '\uFEFF' + text : text;

    private static DiffLine? LineBehind(ManifestDocument document)
    {
        if (document.Index + 1 >= document.Stream.Slices.Count)
        {
            return null;
        }

        var next = document.Stream.BytesOf(document.Index + 1);
        var length = next.IndexOf((byte)'\n') + 1;
        var line = Encoding.UTF8.GetString(length == 0 ? next : next[..length]);
        return line.AsSpan(3).Trim() is [] or ['#', ..] ? Shown(DiffLineKind.Context, line, isHidden: false) : null;
    }

    private static bool IsSecret(KubernetesObject found) => found.Kind == "Secret";

    private static DiffLine Shown(DiffLineKind kind, string line, bool isHidden)
    {
        var ending =
            line.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n"
            : line.EndsWith('\n') ? "\n"
            : "";
        var text = line[..^ending.Length];
        return new DiffLine(kind, isHidden ? Mask(text) : text, ending, isHidden);
    }

    private static string Mask(string text) => text[..^text.TrimStart().Length] + Redaction.MayHoldCredential;
}
