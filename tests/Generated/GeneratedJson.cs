using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tempo.Helm.Tests.Generated;

/// <summary>JSON for a file that people read too: an entry at the top begins a line, and long lines are broken.</summary>
internal static class GeneratedJson
{
    private const int Width = 130;

    /// <summary>Texts as they are, without escapes for HTML.</summary>
    public static JsonSerializerOptions Options { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a map; its names and values contain no commas.</summary>
    public static string Text(JsonObject map) =>
        $"{{\n{string.Join(",\n", map.Select(static entry => Entry(entry.Key, entry.Value)))}\n}}\n";

    private static string Entry(string name, JsonNode? value)
    {
        var text = new StringBuilder();
        var column = 0;
        foreach (var part in $"\"{name}\":{value!.ToJsonString(Options)}".Split(','))
        {
            var end = text.Length == 0 ? 0 : 2;
            if (end > 0 && column + part.Length + end > Width)
            {
                text.Append(",\n  ");
                column = 2;
            }
            else if (end > 0)
            {
                text.Append(", ");
                column += end;
            }

            text.Append(part);
            column += part.Length;
        }

        return text.ToString().Replace("\":", "\": ");
    }
}
