using System.Text;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Migration;

/// <summary>Writes values as YAML in block style, with comments above some of them.</summary>
/// <param name="comments">Comments by the path of what they stand above.</param>
internal sealed class ValueWriter(IReadOnlyDictionary<string, string> comments)
{
    private const int Width = 120;

    private readonly StringBuilder _text = new();

    /// <summary>The values as a file; read again, it has the same values.</summary>
    /// <param name="comments">Comments by the path of what they stand above.</param>
    public static string Write(ValueMap values, IReadOnlyDictionary<string, string> comments)
    {
        var writer = new ValueWriter(comments);
        writer.WriteEntries(values, "", 0);
        var text = writer._text.ToString();
        var read = ValueReader.Read(ManifestStream.Open(Encoding.UTF8.GetBytes(text)));
        return values.Is(read) ? text : throw new InvalidOperationException("the written values do not read as the same values");
    }

    private void WriteEntries(ValueMap map, string path, int indent)
    {
        foreach (var (key, value) in map.Entries)
        {
            var at = path.Length == 0 ? key : $"{path}.{key}";
            WriteComment(at, indent);
            _text.Append(' ', indent).Append(ScalarText.Write(key)).Append(':');
            WriteValue(value, at, indent);
        }
    }

    private void WriteComment(string path, int indent)
    {
        if (!comments.TryGetValue(path, out var comment))
        {
            return;
        }

        var line = new StringBuilder().Append(' ', indent).Append('#');
        foreach (var word in comment.Split(' '))
        {
            if (line.Length + word.Length >= Width)
            {
                _text.Append(line).Append('\n');
                line.Clear().Append(' ', indent).Append('#');
            }

            line.Append(' ').Append(word);
        }

        _text.Append(line).Append('\n');
    }

    private void WriteValue(Value value, string path, int indent)
    {
        switch (value)
        {
            case ValueMap { IsEmpty: false } map:
                _text.Append('\n');
                WriteEntries(map, path, indent + 2);
                break;
            case ValueList { IsEmpty: false } list:
                _text.Append('\n');
                WriteItems(list, path, indent + 2);
                break;
            case ValueScalar scalar:
                WriteScalar(scalar, indent + 2);
                break;
            default:
                _text.Append(value is ValueMap ? " {}\n" : " []\n");
                break;
        }
    }

    private void WriteItems(ValueList list, string path, int indent)
    {
        foreach (var item in list.Items)
        {
            _text.Append(' ', indent).Append('-');
            if (item is ValueMap { IsEmpty: false } map)
            {
                // The first key stands behind the dash.
                var start = _text.Length;
                WriteEntries(map, path + "[]", indent + 2);
                _text.Remove(start, indent + 1);
            }
            else
            {
                WriteValue(item, path + "[]", indent);
            }
        }
    }

    private void WriteScalar(ValueScalar scalar, int indent)
    {
        var text = scalar.Text;
        if (scalar.IsPlain && text.All(static c => c is >= ' ' and <= '~'))
        {
            _text.Append(' ').Append(text).Append('\n');
            return;
        }

        if (!IsBlock(text))
        {
            _text.Append(' ').Append(ScalarText.Write(text)).Append('\n');
            return;
        }

        var chomping = !text.EndsWith('\n') ? "-" : "";
        _text.Append(" |").Append(chomping).Append('\n');
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            _text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
        }
    }

    /// <summary>Whether a text reads the same as a block scalar: printable lines without blanks at their ends.</summary>
    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\n')
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !text.EndsWith(' ')
        && !text.Contains(" \n", StringComparison.Ordinal)
        && text.All(static c => c is (>= ' ' and <= '~') or '\n');
}
