using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tempo.PostRender.Reporting;

/// <summary>How reports in JSON are written: for eyes too, and never into a web page, so that only what JSON itself needs is escaped.</summary>
internal static class ReportJson
{
    public static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
