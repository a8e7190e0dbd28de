namespace Tempo.PostRender.Words;

/// <summary>Breaks text into lines between words.</summary>
internal static class TextWrap
{
    /// <summary>The lines of a text. A word that is longer than a line is not split, so that it can be copied.</summary>
    /// <param name="width">The number of columns; 0 for no limit.</param>
    /// <param name="hanging">What all lines but the first start with.</param>
    public static IEnumerable<string> Lines(string text, int width, string hanging = "")
    {
        var (start, rest) = ("", text);
        while (width > 0 && start.Length + rest.Length > width)
        {
            var room = Math.Max(width - start.Length, 0);
            var at = rest.LastIndexOf(' ', room);
            at = at > 0 ? at : rest.IndexOf(' ', room);
            if (at < 0)
            {
                break;
            }

            yield return start + rest[..at];
            (start, rest) = (hanging, rest[(at + 1)..]);
        }

        yield return start + rest;
    }
}
