using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// Arranges changes of documents into hunks. The lines around a change come from its own document: other documents were never read,
/// and one may be a Secret.
/// </summary>
internal sealed class DiffHunks
{
    /// <summary>How many lines around a change are shown, as in git.</summary>
    private const int ContextLines = 3;

    private readonly List<DiffHunk> _hunks = [];
    private readonly List<DiffLine> _lines = [];
    private (string Object, int Start) _hunk;
    private int _added;
    private int _end;

    private DiffHunks() { }

    /// <summary>The changes of one file.</summary>
    /// <param name="file">The file, or null for standard input.</param>
    /// <param name="changes">Its changed documents, in their order.</param>
    public static FileDiff Of(string? file, IReadOnlyList<DocumentChange> changes)
    {
        var hunks = new DiffHunks();
        var withheld = new List<string>();
        foreach (var change in changes)
        {
            var document = new DiffDocument(change);
            var shown = document.Changes.Where(line => !document.IsSecretAt(line)).ToList();
            withheld.AddRange(
                document
                    .Changes.Where(document.IsSecretAt)
                    .Select(line => Printable.OneLine(document.ObjectAt(line.Line).Reference))
                    .Distinct()
            );
            for (var i = 0; i < shown.Count; i++)
            {
                hunks.Add(document, shown[i], i + 1 < shown.Count ? shown[i + 1] : null);
            }
        }

        return new FileDiff(file, hunks._hunks, withheld);
    }

    /// <summary>Adds a change with the lines before it, and the lines up to the next change or the end of the hunk.</summary>
    private void Add(DiffDocument document, LineChange change, LineChange? next)
    {
        if (_lines.Count == 0)
        {
            // The last hunk may have shown the marker line of this document.
            var first = Math.Max(change.Line - LinesAround(document, change.Line - 1, step: -1), _end - document.FirstLine);
            _hunk = (Printable.OneLine(document.ObjectAt(change.Line).Reference), document.FirstLine + first);
            AddContext(document, first, change.Line);
        }

        _lines.AddRange(document.Removed(change));
        _lines.AddRange(document.Added(change));
        var end = change.Line + change.Removed.Count;
        var after = LinesAround(document, end, step: 1);
        if (next is not null && end + after >= next.Line - LinesAround(document, next.Line - 1, step: -1))
        {
            AddContext(document, end, next.Line);
            return;
        }

        AddContext(document, end, end + after);
        if (after == 0 && document.Behind is { } behind)
        {
            _lines.Add(behind);
        }

        var hunk = new DiffHunk(_hunk.Object, _hunk.Start, _hunk.Start + _added, [.. _lines]);
        _added += hunk.NewCount - hunk.OldCount;
        _end = hunk.OldStart + hunk.OldCount;
        _hunks.Add(hunk);
        _lines.Clear();
    }

    /// <summary>
    /// How many lines to show from a line on: up to the first that is hidden. If that is the next one it is shown as a note, because
    /// git takes a change without lines around it for one at the start or the end of the file.
    /// </summary>
    private static int LinesAround(DiffDocument document, int line, int step)
    {
        var count = 0;
        for (var at = line; count < ContextLines && at >= 0 && at < document.Count; at += step)
        {
            if (document.Context(at).IsHidden)
            {
                return Math.Max(count, 1);
            }

            count++;
        }

        return count;
    }

    private void AddContext(DiffDocument document, int from, int to)
    {
        for (var line = from; line < to; line++)
        {
            _lines.Add(document.Context(line));
        }
    }
}
