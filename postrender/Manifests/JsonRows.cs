using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Tempo.PostRender.Manifests;

/// <summary>The nodes of a JSON text, read with a JSON reader. Every JSON value corresponds to a YAML node.</summary>
internal sealed class JsonRows
{
    private readonly List<YamlRow> _rows = [];
    private readonly Dictionary<int, string> _values = [];

    private JsonRows() { }

    /// <summary>Reads a JSON text.</summary>
    /// <param name="json">The text in UTF-8.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonRows Read(ReadOnlySpan<byte> json)
    {
        var read = new JsonRows();
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(json);
        // The reader has offsets in bytes; nodes have offsets in UTF-16 units.
        var (bytes, units) = (0, 0);
        while (reader.Read())
        {
            var tokenStart = (int)reader.TokenStartIndex;
            units += Encoding.UTF8.GetCharCount(json[bytes..tokenStart]);
            var start = units;
            bytes = (int)reader.BytesConsumed;
            units += Encoding.UTF8.GetCharCount(json[tokenStart..bytes]);
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(read._rows.Count);
                    var kind = reader.TokenType == JsonTokenType.StartObject ? RowKind.FlowMapping : RowKind.FlowSequence;
                    read._rows.Add(new YamlRow { Start = start, Kind = kind });
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    ref var collection = ref CollectionsMarshal.AsSpan(read._rows)[open.Pop()];
                    (collection.End, collection.Extra) = (units, read._rows.Count);
                    break;
                default:
                    read.AddScalar(ref reader, start);
                    break;
            }
        }

        return read;
    }

    /// <summary>The nodes as the tree of a document.</summary>
    public YamlTree ToTree(YamlDocument document) => new(document, document.Text, [.. _rows], properties: null) { Values = _values };

    private void AddScalar(ref Utf8JsonReader reader, int start)
    {
        var isString = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        if (reader.ValueIsEscaped)
        {
            _values.Add(_rows.Count, Unescape(ref reader));
        }

        _rows.Add(
            new YamlRow
            {
                Start = start,
                // The reader counts the text between a key and its colon as part of the key.
                End = start + Encoding.UTF8.GetCharCount(reader.ValueSpan) + (isString ? 2 : 0),
                Kind = isString ? RowKind.DoubleQuoted : RowKind.Plain,
                IsVerbatim = !reader.ValueIsEscaped,
            }
        );
    }

    private static string Unescape(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("an escape is half of a character", exception);
        }
    }
}
