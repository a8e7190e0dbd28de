using System.Text;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>
/// A page in one file that loads nothing: its style and its script are in the file, and a policy allows these two by their hashes and
/// nothing else.
/// </summary>
internal static class HtmlPage
{
    private const string BodyMark = "{{body}}";

    /// <summary>Writes a page.</summary>
    /// <param name="title">The title.</param>
    /// <param name="output">Receives the page.</param>
    /// <param name="body">Writes the content.</param>
    public static void Write(string title, TextWriter output, Action<HtmlWriter> body)
    {
        var (style, script) = (Asset("report.css"), Asset("report.js"));
        var page = Asset("page.html")
            .Replace("{{style-hash}}", Hash(style), StringComparison.Ordinal)
            .Replace("{{script-hash}}", Hash(script), StringComparison.Ordinal)
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal);
        var titleMark = page.IndexOf("{{title}}", StringComparison.Ordinal);
        var bodyMark = page.IndexOf(BodyMark, StringComparison.Ordinal);
        var html = new HtmlWriter(output);
        output.Write(page.AsSpan(0, titleMark));
        html.Text(title);
        output.Write(page.AsSpan((titleMark + "{{title}}".Length)..bodyMark));
        body(html);
        output.Write(page.AsSpan(bodyMark + BodyMark.Length));
    }

    private static string Asset(string name)
    {
        using var stream =
            typeof(HtmlPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the program was built without its file {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => Convert.ToBase64String(Convert.FromHexString(Sha256.Hex(Encoding.UTF8.GetBytes(text))));
}
