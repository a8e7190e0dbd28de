namespace Tempo.PostRender.Manifests;

/// <summary>The changes of a text that is not YAML, such as the nginx config of a gateway. Only <c>\n</c> ends a line.</summary>
internal static class TextLineSplices
{
    /// <summary>The changes for all replaced and inserted lines, in the order of the text.</summary>
    public static List<Splice> Of(YamlDocument document, EditTree change)
    {
        var (text, lines, splices) = (document.Text, document.Lines, new List<Splice>());
        foreach (var line in change.SetLines.Keys.Union(change.InsertedLines.Keys).Order())
        {
            var (start, isLast) = (lines[line], line + 1 == lines.Count);
            var end = isLast ? text.Length : EndBefore(text, lines[line + 1]);
            if (change.SetLines.TryGetValue(line, out var set))
            {
                splices.Add(new Splice(start, end - start, set));
            }

            if (change.InsertedLines.TryGetValue(line, out var inserted))
            {
                // The last line has no line break, so the line before it decides which kind to use.
                var next = isLast ? start : lines[line + 1];
                var newLine = next > 1 && EndBefore(text, next) < next - 1 ? "\r\n" : "\n";
                splices.Add(new Splice(end, 0, string.Concat(inserted.Select(added => newLine + added))));
            }
        }

        return splices;
    }

    /// <summary>The offset, without the line break, where the line before the line that starts at <paramref name="next"/> ends.</summary>
    private static int EndBefore(string text, int next) => next > 1 && text[next - 2] == '\r' ? next - 2 : next - 1;
}
