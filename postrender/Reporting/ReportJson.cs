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
}
