using System.Text;

namespace Tempo.Helm.Tests.Properties;

/// <summary>Writes data as YAML in one of the many ways in which charts and people write it.</summary>
/// <param name="random">Decides the layout; the data decides only the values.</param>
internal sealed class YamlText(Random random)
{
    /// <summary>A mapping, its keys in this order.</summary>
    public sealed class Map : List<(string Key, object? Value)>
    {
        /// <summary>A mapping with one key.</summary>
        public static Map Of(string key, object? value) => new() { { key, value } };

        public void Add(string key, object? value) => Add((key, value));
    }

    /// <summary>A scalar that is written unchanged: a number, a boolean, or text that is already quoted.</summary>
    public sealed record Raw(string Text);

    /// <summary>A text of several lines, written as a literal block that is indented to its depth.</summary>
    public sealed record Block(string Text, bool StartsWithBlanks);

    private static readonly string[] Comments = ["# a comment", "# which tempo: this?", "#", "# ünïcödé 🎉: [not, yaml"];

    public string Document(Map map)
    {
        var text = new StringBuilder();
        WriteMap(text, map, indent: 0);
        return text.ToString();
    }

    private void WriteMap(StringBuilder text, Map map, int indent, bool isFirstInline = false)
    {
        for (var i = 0; i < map.Count; i++)
        {
            var inline = i == 0 && isFirstInline;
            if (!inline)
            {
                Noise(text, indent);
                text.Append(' ', indent);
            }

            text.Append(Key(map[i].Key)).Append(':');
            WriteValue(text, map[i].Value, indent);
        }
    }

    private void WriteValue(StringBuilder text, object? value, int indent)
    {
        var step = random.Next(4) == 0 ? 4 : 2;
        switch (value)
        {
            case null:
                text.Append(Pick("", " null", " ~", "")).Append(TrailingComment()).Append('\n');
                break;
            case Map { Count: > 0 } map when random.Next(6) > 0 || Contains<Block>(map):
                text.Append(TrailingComment()).Append('\n');
                WriteMap(text, map, indent + step);
                break;
            case List<object?> { Count: > 0 } list when random.Next(3) > 0 || list.Exists(static item => item is Map):
                text.Append(TrailingComment()).Append('\n');
                WriteList(text, list, random.Next(2) == 0 ? indent : indent + step);
                break;
            case Block block:
                WriteBlock(text, block, indent + step);
                break;
            default:
                text.Append(' ').Append(Flow(value)).Append(TrailingComment()).Append('\n');
                break;
        }
    }

    private void WriteList(StringBuilder text, List<object?> list, int indent)
    {
        foreach (var item in list)
        {
            text.Append(' ', indent).Append('-');
            if (item is Map { Count: > 0 } map)
            {
                text.Append(' ');
                WriteMap(text, map, indent + 2, isFirstInline: true);
            }
            else
            {
                WriteValue(text, item, indent);
            }
        }
    }

    private static void WriteBlock(StringBuilder text, Block block, int indent)
    {
        text.Append(" |\n");
        if (block.StartsWithBlanks)
        {
            text.Append(' ', indent).Append('\n');
        }

        foreach (var line in block.Text.TrimEnd('\n').Split('\n'))
        {
            text.Append(line.Length == 0 ? "" : new string(' ', indent)).Append(line).Append('\n');
        }
    }

    private string Flow(object? value) =>
        value switch
        {
            null => "null",
            Map map => $"{{{string.Join(", ", map.Select(entry => $"{Key(entry.Key)}: {Flow(entry.Value)}"))}}}",
            List<object?> list => $"[{string.Join(random.Next(2) == 0 ? ", " : ",", list.Select(Flow))}]",
            Raw raw => raw.Text,
            Block block => DoubleQuoted(block.Text),
            string text => Scalar(text),
            _ => throw new InvalidOperationException(),
        };

    private string Key(string key) => random.Next(12) == 0 ? $"\"{key}\"" : key;

    private string Scalar(string text)
    {
        var mayBePlain =
            text.Length > 0
            && text.All(static c => char.IsAsciiLetterOrDigit(c) || "./-_=".Contains(c))
            && char.IsAsciiLetter(text[0])
            && text is not ("true" or "false" or "null" or "yes" or "no");
        return random.Next(3) switch
        {
            0 when mayBePlain => text,
            1 when !text.Contains('\'') && !text.Contains('\n') => $"'{text}'",
            _ => DoubleQuoted(text),
        };
    }

    private static string DoubleQuoted(string text)
    {
        var escaped = text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
        return $"\"{escaped}\"";
    }

    private void Noise(StringBuilder text, int indent)
    {
        switch (random.Next(20))
        {
            case 0:
                text.Append('\n');
                break;
            case 1:
                text.Append(' ', indent).Append(Pick(Comments)).Append('\n');
                break;
        }
    }

    private string TrailingComment() => random.Next(15) == 0 ? "  " + Pick(Comments) : "";

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private static bool Contains<T>(object? value) =>
        value switch
        {
            T => true,
            Map map => map.Exists(static entry => Contains<T>(entry.Value)),
            List<object?> list => list.Exists(Contains<T>),
            _ => false,
        };
}
