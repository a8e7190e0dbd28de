namespace Tempo.PostRender.Manifests;

/// <summary>Lines of a document that its edits replace. Each line ends with <c>\n</c>, except the last line of a file.</summary>
/// <param name="Line">The index, from 0, of the first removed line, or of the line before which the new lines are inserted.</param>
public sealed record LineChange(int Line, IReadOnlyList<string> Removed, IReadOnlyList<string> Added);

/// <summary>The changed lines of one document.</summary>
/// <param name="Lines">The changed lines, in the order of the text.</param>
public sealed record DocumentChange(ManifestDocument Document, IReadOnlyList<LineChange> Lines)
{
    /// <summary>The lines that the splices change. They are computed from the splices, without comparing the two texts.</summary>
    internal static DocumentChange Of(ManifestDocument document, IReadOnlyList<Splice> splices)
    {
        var changes = new List<LineChange>();
        var block = new List<Splice>();
        var (first, last) = (0, -1);
        foreach (var splice in splices.OrderBy(static splice => splice.Start))
        {
            var start = document.Lines.LineOf(splice.Start);
            if (block.Count > 0 && start > last)
            {
                Add();
                block.Clear();
            }

            first = block.Count == 0 ? start : first;
            last = document.Lines.LineOf(splice.Start + splice.Length);
            block.Add(splice);
        }

        if (block.Count > 0)
        {
            Add();
        }

        return new DocumentChange(document, changes);

        void Add()
        {
            var from = document.Lines[first];
            var to = last + 1 < document.Lines.Count ? document.Lines[last + 1] : document.Text.Length;
            var before = document.Text[from..to];
            var after = Splice.Apply(before, block.Select(splice => splice with { Start = splice.Start - from }));
            var (removed, added) = (Split(before), Split(after));
            var head = removed.Zip(added).TakeWhile(static pair => pair.First == pair.Second).Count();
            var tail = removed
                .Skip(head)
                .Reverse()
                .Zip(added.Skip(head).Reverse())
                .TakeWhile(static pair => pair.First == pair.Second)
                .Count();
            changes.Add(new LineChange(first + head, removed[head..^tail], added[head..^tail]));
        }
    }

    /// <summary>The lines of a text with their line breaks. As in git, only <c>\n</c> ends a line.</summary>
    internal static List<string> Split(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
