using System.Text;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// A changed document as a diff may show it. The lines around a change come from its own document: other documents were never read,
/// and one may be a Secret.
/// </summary>
internal sealed class DiffDocument
{
    /// <summary>How many lines around a change are shown, as in git.</summary>
    private const int ContextLines = 3;

    private readonly ManifestDocument _document;
    private readonly List<(KubernetesObject Object, int First, int Last)> _objects;

    /// <summary>All lines of the document, before and after, each with its index in the old document.</summary>
    private readonly List<(DiffLine Line, int Index)> _lines = [];

    public DiffDocument(DocumentChange change)
    {
        _document = change.Document;
        _objects =
        [
            .. ObjectReader.Read(_document).Select(found => (found, _document.LineOf(found.Node.Start), _document.LineOf(found.Node.End))),
        ];
        var secrets = change.Lines.Select(line => ObjectAt(line.Line)).Where(IsSecret);
        Withheld = [.. secrets.Select(static found => Printable.OneLine(found.Reference)).Distinct()];
        AddLines(DocumentChange.Split(_document.Text), [.. change.Lines.Where(line => !IsSecret(ObjectAt(line.Line)))]);
    }

    /// <summary>The Secrets that change too, of which no line is shown.</summary>
    public IReadOnlyList<string> Withheld { get; }

    /// <summary>The changes with the lines around them.</summary>
    /// <param name="before">The last hunk of the documents before this one, or null.</param>
    public IEnumerable<DiffHunk> Hunks(DiffHunk? before)
    {
        var start = _document.Stream.FirstLineOf(_document.Index);
        // The last hunk may have shown the marker line of this document.
        var shown = before is null ? 0 : before.OldStart + before.OldCount - start;
        for (var first = NextChange(0); first < _lines.Count; )
        {
            var from = Math.Max(first - LinesAround(first - 1, step: -1), shown);
            var (to, next) = (first, first);
            while (next < _lines.Count && next - LinesAround(next - 1, step: -1) <= to)
            {
                var end = EndOfChange(next);
                to = end + LinesAround(end, step: 1);
                next = NextChange(end);
            }

            List<DiffLine> lines = [.. _lines[from..to].Select(static line => line.Line)];
            if (to == _lines.Count && lines[^1].Kind != DiffLineKind.Context && MarkerBehind() is { } marker)
            {
                lines.Add(marker);
            }

            var oldStart = start + _lines[from].Index;
            var moved = before is null ? 0 : before.NewStart + before.NewCount - before.OldStart - before.OldCount;
            before = new DiffHunk(Printable.OneLine(ObjectAt(_lines[first].Index).Reference), oldStart, oldStart + moved, lines);
            yield return before;
            first = next;
        }
    }

    /// <summary>Adds the lines. A line that comes is hidden by what the lines around it say in the new document.</summary>
    private void AddLines(List<string> old, List<LineChange> changes)
    {
        var isBehindMark = _document.Index == 0 && _document.Stream.HasByteOrderMark;
        if (isBehindMark && changes is [{ Line: 0 } first, ..])
        {
            changes[0] = BehindMark(first, old);
        }

        var lines = InOrder(old, changes).ToList();
        var after = HiddenLines.Of([.. lines.Where(static line => line.Kind != DiffLineKind.Removed).Select(static line => line.Text)]);
        var before = HiddenLines.Of(old);
        foreach (var (found, from, to) in _objects.Where(static entry => IsSecret(entry.Object)))
        {
            // A comment on the lines around belongs to it too.
            before.AsSpan(found.Path.Segments.Count == 0 ? 0..old.Count : from..Math.Min(to + 1, old.Count)).Fill(true);
        }

        var next = 0;
        foreach (var (kind, index, text) in lines)
        {
            var isHidden = kind == DiffLineKind.Added ? after[next] : before[index];
            _lines.Add((Shown(kind, isBehindMark && index == 0 ? '\uFEFF' + text : text, isHidden), index));
            next += kind == DiffLineKind.Removed ? 0 : 1;
        }
    }

    private static IEnumerable<(DiffLineKind Kind, int Index, string Text)> InOrder(List<string> old, List<LineChange> changes)
    {
        var position = 0;
        foreach (var change in changes.Append(new LineChange(old.Count, [], [])))
        {
            for (; position < change.Line; position++)
            {
                yield return (DiffLineKind.Context, position, old[position]);
            }

            foreach (var text in change.Removed)
            {
                yield return (DiffLineKind.Removed, position++, text);
            }

            foreach (var (offset, text) in change.Added.Index())
            {
                yield return (DiffLineKind.Added, change.Line + offset, text);
            }
        }
    }

    /// <summary>The byte order mark stays the start of the file, so the line that leaves it or comes to it changes too.</summary>
    private static LineChange BehindMark(LineChange change, List<string> old)
    {
        if (change.Removed.Count > 0 && change.Added.Count > 0)
        {
            return change;
        }

        var next = old.Skip(change.Removed.Count).Take(1).ToList();
        return change with { Removed = [.. change.Removed, .. next], Added = [.. change.Added, .. next] };
    }

    private int NextChange(int line) => Find(line, static kind => kind != DiffLineKind.Context);

    private int EndOfChange(int line) => Find(line, static kind => kind == DiffLineKind.Context);

    private int Find(int line, Predicate<DiffLineKind> match) =>
        _lines.FindIndex(line, found => match(found.Line.Kind)) is >= 0 and var index ? index : _lines.Count;

    /// <summary>
    /// How many lines to show from a line on: up to the first that is hidden. If that is the next one it is shown as a note, because
    /// git takes a change without lines around it for one at the start or the end of the file.
    /// </summary>
    private int LinesAround(int line, int step)
    {
        var count = 0;
        for (var at = line; count < ContextLines && at >= 0 && at < _lines.Count; at += step)
        {
            if (_lines[at].Line.IsHidden)
            {
                return Math.Max(count, 1);
            }

            count++;
        }

        return count;
    }

    /// <summary>The object that a line belongs to; of a list, the nearest item above.</summary>
    private KubernetesObject ObjectAt(int line)
    {
        // Binary search: a list can have as many objects as lines.
        var (low, high) = (0, _objects.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _objects[middle].First <= line ? (middle, high) : (low, middle - 1);
        }

        return _objects[low].Object;
    }

    /// <summary>The marker line of the next document; null at the end of the file, or if there is more in that line.</summary>
    private DiffLine? MarkerBehind()
    {
        if (_document.Index + 1 >= _document.Stream.Slices.Count)
        {
            return null;
        }

        var next = _document.Stream.BytesOf(_document.Index + 1);
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
