using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>Reads the value of a scalar from its text, which the scanner has already checked.</summary>
internal static class ScalarValue
{
    private static readonly SearchValues<char> DoubleQuotedStops = SearchValues.Create("\\\n\r\u0085\u2028\u2029");
    private static readonly SearchValues<char> SingleQuotedStops = SearchValues.Create("'\n\r\u0085\u2028\u2029");

    private static readonly SearchValues<char> Indicators = SearchValues.Create("+-123456789");

    /// <summary>Reads a value.</summary>
    /// <param name="text">The document's text.</param>
    public static string Of(string text, in YamlRow row)
    {
        if (row.IsVerbatim)
        {
            return text[VerbatimRange(row)];
        }

        var value = new StringBuilder(row.End - row.Start);
        switch (row.Kind)
        {
            case RowKind.Plain:
                AppendFolded(value, text.AsSpan(row.Start, row.End - row.Start), quote: '\0');
                break;
            case RowKind.SingleQuoted or RowKind.DoubleQuoted:
                AppendFolded(value, text.AsSpan(row.Start + 1, row.End - row.Start - 2), text[row.Start]);
                break;
            default:
                AppendBlock(value, text, row);
                break;
        }

        return value.ToString();
    }

    /// <summary>The part of the text that is the value of a verbatim scalar; see <see cref="YamlRow.IsVerbatim"/>.</summary>
    public static Range VerbatimRange(in YamlRow row)
    {
        var quotes = row.Kind == RowKind.Plain ? 0 : 1;
        return (row.Start + quotes)..(row.End - quotes);
    }

    /// <summary>The length of the escape at the start of a text, or 0 if YAML has no such escape.</summary>
    /// <remarks>Unlike Go's readers, it accepts <c>\/</c> and surrogate pairs, because JSON has them.</remarks>
    public static int EscapeLength(ReadOnlySpan<char> text) =>
        text.Length < 2
            ? 0
            : text[1] switch
            {
                '0'
                or 'a'
                or 'b'
                or 't'
                or '\t'
                or 'n'
                or 'v'
                or 'f'
                or 'r'
                or 'e'
                or ' '
                or '"'
                or '\''
                or '/'
                or '\\'
                or 'N'
                or '_'
                or 'L'
                or 'P' => 2,
                'x' when Code(text, 2) is >= 0 => 4,
                'u' when Code(text, 4) is >= 0xd800 and < 0xdc00 => text.Length >= 12
                && text[6] == '\\'
                && text[7] == 'u'
                && Code(text[6..], 4) is >= 0xdc00 and < 0xe000
                    ? 12
                    : 0,
                'u' when Code(text, 4) is (>= 0 and < 0xd800) or >= 0xe000 => 6,
                'U' when Code(text, 8) is var code && code >= 0 && Rune.IsValid(code) => 10,
                _ => 0,
            };

    /// <summary>The number that follows the letter of an escape, with this number of hexadecimal digits, or -1.</summary>
    private static int Code(ReadOnlySpan<char> escape, int digits) =>
        escape.Length >= digits + 2
        && int.TryParse(escape.Slice(2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? code
            : -1;

    /// <summary>
    /// Folds lines: removes spaces and tabs around line breaks, replaces a single break by a space, and removes the first of several.
    /// </summary>
    private static void AppendFolded(StringBuilder value, ReadOnlySpan<char> text, char quote)
    {
        while (true)
        {
            var stop = quote switch
            {
                '"' => text.IndexOfAny(DoubleQuotedStops),
                '\'' => text.IndexOfAny(SingleQuotedStops),
                _ => text.IndexOfAny(TextLines.Breaks),
            };
            if (stop < 0)
            {
                value.Append(text);
                return;
            }

            var isBreak = TextLines.Breaks.Contains(text[stop]);
            value.Append(isBreak ? text[..stop].TrimEnd(" \t") : text[..stop]);
            text = text[stop..];
            if (isBreak)
            {
                AppendBreaks(value, ref text);
            }
            else if (quote == '\'')
            {
                value.Append('\'');
                text = text[2..];
            }
            else if (TextLines.Breaks.Contains(text[1]))
            {
                // An escaped line break is removed, with the indentation of the next line; blank lines are kept.
                text = text[(1 + TextLines.BreakLength(text[1..]))..].TrimStart(" \t");
                while (text.Length > 0 && TextLines.Breaks.Contains(text[0]))
                {
                    AppendBreak(value, ref text);
                    text = text.TrimStart(" \t");
                }
            }
            else
            {
                AppendEscape(value, ref text);
            }
        }
    }

    private static void AppendEscape(StringBuilder value, ref ReadOnlySpan<char> text)
    {
        var length = EscapeLength(text);
        _ = text[1] switch
        {
            '0' => value.Append('\0'),
            'a' => value.Append('\a'),
            'b' => value.Append('\b'),
            't' or '\t' => value.Append('\t'),
            'n' => value.Append('\n'),
            'v' => value.Append('\v'),
            'f' => value.Append('\f'),
            'r' => value.Append('\r'),
            'e' => value.Append('\e'),
            'N' => value.Append('\u0085'),
            '_' => value.Append('\u00a0'),
            'L' => value.Append('\u2028'),
            'P' => value.Append('\u2029'),
            'x' => value.Append((char)Code(text, 2)),
            'u' when length == 12 => value.Append((char)Code(text, 4)).Append((char)Code(text[6..], 4)),
            'u' => value.Append((char)Code(text, 4)),
            'U' => value.Append(new Rune(Code(text, 8)).ToString()),
            var itself => value.Append(itself),
        };
        text = text[length..];
    }

    private static void AppendBreaks(StringBuilder value, ref ReadOnlySpan<char> text)
    {
        var before = value.Length;
        AppendBreak(value, ref text);
        text = text.TrimStart(" \t");
        var isFolded = value[before] == '\n';
        if (isFolded)
        {
            value.Length = before;
        }

        while (text.Length > 0 && TextLines.Breaks.Contains(text[0]))
        {
            AppendBreak(value, ref text);
            text = text.TrimStart(" \t");
            isFolded = false;
        }

        if (isFolded)
        {
            value.Append(' ');
        }
    }

    /// <summary>Appends a line break: U+2028 and U+2029 as they are, any other as a line feed.</summary>
    private static void AppendBreak(StringBuilder value, ref ReadOnlySpan<char> text)
    {
        if (text.Length > 0)
        {
            value.Append(text[0] is '\u2028' or '\u2029' ? text[0] : '\n');
            text = text[TextLines.BreakLength(text)..];
        }
    }

    /// <summary>Removes the first line, with its line break, from the text and returns it.</summary>
    private static ReadOnlySpan<char> TakeLine(ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAny(TextLines.Breaks) is >= 0 and var end ? end + TextLines.BreakLength(text[end..]) : text.Length;
        var line = text[..length];
        text = text[length..];
        return line;
    }

    private static void AppendBlock(StringBuilder value, string text, in YamlRow row)
    {
        var rest = text.AsSpan(row.Start, row.End - row.Start);
        var header = TakeLine(ref rest)[1..];
        header = header.IndexOfAnyExcept(Indicators) is >= 0 and var indicators ? header[..indicators] : header;
        // The chomping indicator decides which of the line breaks at the end are kept: none (-), the first, or all (+).
        var (lastText, firstBreak, previousIsBlank, isFirst) = (0, 0, true, true);
        var foldAt = -1;
        while (rest.Length > 0)
        {
            var line = TakeLine(ref rest);
            var length = line.IndexOfAny(TextLines.Breaks) is >= 0 and var end ? end : line.Length;
            var content = line[Math.Min(length, row.Extra)..length];
            var lineBreak = line[length..];
            if (content.Length == 0)
            {
                AppendBreak(value, ref lineBreak);
                continue;
            }

            var isBlank = content[0] is ' ' or '\t';
            if (row.Kind == RowKind.Folded && !isFirst && !previousIsBlank && !isBlank && value[foldAt] == '\n')
            {
                // A single break between two lines becomes a space; the first of several breaks is removed.
                if (value.Length == foldAt + 1)
                {
                    value[foldAt] = ' ';
                }
                else
                {
                    value.Remove(foldAt, 1);
                }
            }

            (isFirst, previousIsBlank) = (false, isBlank);
            value.Append(content);
            lastText = foldAt = value.Length;
            AppendBreak(value, ref lineBreak);
            firstBreak = value.Length;
        }

        if (!header.Contains('+'))
        {
            value.Length = header.Contains('-') ? lastText : firstBreak;
        }
    }
}
