using System.Text;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Html.Markup;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>
/// A page in one file that loads nothing: its style and its script are in the file, and a policy allows these two by their hashes and
/// nothing else.
/// </summary>
internal static class HtmlPage
{
    /// <summary>Writes a page. Its last line says what wrote it.</summary>
    public static void Write(string title, TextWriter output, params IReadOnlyList<Markup?> content)
    {
        var (style, script) = (EmbeddedFile.Text("report.css"), EmbeddedFile.Text("report.js"));
        var page = EmbeddedFile
            .Text("page.html")
            .Replace("{{style-hash}}", Hash(style), StringComparison.Ordinal)
            .Replace("{{script-hash}}", Hash(script), StringComparison.Ordinal)
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal);
        var foot = $"{ProgramInfo.Name} {ProgramInfo.Version.Split('+')[0]}. The page loads nothing and sends nothing.";
        var (head, rest) = Around(page, "{{title}}");
        var (middle, end) = Around(rest, "{{body}}");
        output.Write(head);
        ((Markup)title).Write(output);
        output.Write(middle);
        Tag("main", null, [.. content, Tag("footer", null, foot)]).Write(output);
        output.Write(end);
    }

    private static (string Before, string Behind) Around(string page, string mark)
    {
        var start = page.IndexOf(mark, StringComparison.Ordinal);
        return (page[..start], page[(start + mark.Length)..]);
    }

    private static string Hash(string text) => Convert.ToBase64String(Convert.FromHexString(Sha256.Hex(Encoding.UTF8.GetBytes(text))));
}
