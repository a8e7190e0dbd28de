using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tempo.PostRender.Reporting;

/// <summary>The options for JSON reports: indented, and without HTML escapes, because no web page contains the reports.</summary>
internal static class ReportJson
{
    public static JsonWriterOptions Options { get; } =
        new()
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>Whether a file starts as the JSON and SARIF reports of this program do. No manifest starts so.</summary>
    /// <param name="file">The file.</param>
    public static bool IsReport(string file)
    {
        var start = new byte[64];
        using var content = File.OpenRead(file);
        var read = start.AsSpan(0, content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return read.StartsWith("{\n  \"schemaVersion\": 1,\n  \"tool\": \"tempo-postrender\","u8)
            || read.StartsWith("{\n  \"$schema\": \"https://json.schemastore.org/sarif-"u8);
    }
}
