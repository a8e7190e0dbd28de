namespace Tempo.PostRender.Manifests;

/// <summary>The changes of a text that is no YAML, such as a gateway's nginx config: whole lines, which only <c>\n</c> ends.</summary>
internal static class TextLineSplices
{
    /// <summary>The changes of lines set and lines inserted, in the order of the text.</summary>
    public static List<Splice> Of(string text, EditTree change)
    {
        var (splices, line, newLine) = (new List<Splice>(), 0, "\n");
        for (var start = 0; start <= text.Length; line++)
        {
            var lineBreak = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            var end = lineBreak;
            if (lineBreak < text.Length)
            {
                end = lineBreak > start && text[lineBreak - 1] == '\r' ? lineBreak - 1 : lineBreak;
                newLine = end < lineBreak ? "\r\n" : "\n";
            }

            if (change.SetLines.TryGetValue(line, out var set))
            {
                splices.Add(new Splice(start, end - start, set));
            }

            if (change.InsertedLines.TryGetValue(line, out var inserted))
            {
                splices.Add(new Splice(end, 0, string.Concat(inserted.Select(added => newLine + added))));
            }

            start = lineBreak + 1;
        }

        return splices;
    }
}
