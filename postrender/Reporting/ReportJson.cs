using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tempo.PostRender.Reporting;

/// <summary>JSON as this program writes it.</summary>
internal static class ReportJson
{
    /// <summary>The version of the schemas in docs. Fields may be added, but never changed or removed.</summary>
    private const int SchemaVersion = 1;

    /// <summary>Without HTML escapes, because no web page contains the reports.</summary>
    private static readonly JsonWriterOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Indented = OnOneLine with { Indented = true, NewLine = "\n" };

    /// <summary>A document of this program, to which its members are to be added.</summary>
    public static JsonObject Document() =>
        new()
        {
            ["schemaVersion"] = SchemaVersion,
            ["tool"] = ProgramInfo.Name,
            ["version"] = ProgramInfo.Version,
        };

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    public static JsonArray Texts(IEnumerable<string> texts) => Array(texts.Select(static text => (JsonNode?)text));

    /// <summary>Writes a document as a file.</summary>
    public static void Write(JsonNode document, Stream output)
    {
        Write(document, output, Indented);
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a part of a document in one line.</summary>
    public static string OneLine(JsonNode part)
    {
        using var buffer = new MemoryStream();
        Write(part, buffer, OnOneLine);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(JsonNode node, Stream output, JsonWriterOptions options)
    {
        using var json = new Utf8JsonWriter(output, options);
        node.WriteTo(json);
    }
}
