using System.Globalization;
using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>Writes values so that all common YAML readers (Go's parsers, YamlDotNet) read the same value.</summary>
internal static class ScalarText
{
    /// <summary>Words that some YAML readers parse as a boolean, a null or a number.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "null",
        "nan",
        "inf",
    };

    /// <summary>
    /// A value on one line, in the style <paramref name="like"/> of the scalar that it replaces, or as JSON.
    /// </summary>
    public static string Write(YamlValue value, ScalarStyle? like = null, bool json = false) =>
        value switch
        {
            YamlValue.Boolean or YamlValue.Integer => value.ToString()!,
            YamlValue.List list => $"[{string.Join(", ", list.Items.Select(item => Write(item, like: null, json)))}]",
            YamlValue.Entry entry => $"{{{Write(entry.Key, like: null, json)}: {Write(entry.Value, like: null, json)}}}",
            YamlValue.Text { Value: var text } => json ? DoubleQuoted(text) : Text(text, like),
            _ => throw new InvalidOperationException($"no way to write {value}"),
        };

    /// <summary>A double-quoted scalar, with only the escapes that every reader supports.</summary>
    public static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 16).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"':
                    quoted.Append("\\\"");
                    break;
                case '\\':
                    quoted.Append("\\\\");
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                case < ' ' or (>= 0x7f and <= 0x9f) or 0x2028 or 0x2029 or 0xfeff:
                    quoted.Append("\\u").Append(rune.Value.ToString("x4", CultureInfo.InvariantCulture));
                    break;
                case > 0xffff:
                    quoted.Append("\\U").Append(rune.Value.ToString("X8", CultureInfo.InvariantCulture));
                    break;
                default:
                    quoted.Append((char)rune.Value);
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    private static string Text(string text, ScalarStyle? like) =>
        like switch
        {
            null or ScalarStyle.Plain when IsPlainSafe(text) => text,
            ScalarStyle.SingleQuoted when text.All(static c => c is >= ' ' and <= '~' and not '\'') => $"'{text}'",
            _ => DoubleQuoted(text),
        };

    private static bool IsPlainSafe(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
        && !Reserved.Contains(text);
}
