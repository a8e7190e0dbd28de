using System.Globalization;
using System.Text;

namespace Tempo.PostRender.Words;

/// <summary>Makes untrusted text safe to print on one line of a terminal.</summary>
internal static class Printable
{
    private const int MaxLength = 120;

    /// <summary>Escapes control characters, line separators and lone surrogates, and cuts the middle of a long text.</summary>
    public static string OneLine(string text) => OneLine(text, MaxLength);

    /// <summary>As <see cref="OneLine(string)"/>, with another maximum length in UTF-16 units.</summary>
    public static string OneLine(string text, int maxLength)
    {
        if (text.Length > maxLength)
        {
            text = string.Concat(text.AsSpan(0, maxLength / 2), "…", text.AsSpan(text.Length - (maxLength / 2) + 1));
        }

        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned:
                    safe.Append(
                        rune.Value switch
                        {
                            '\n' => "\\n",
                            '\r' => "\\r",
                            '\t' => "\\t",
                            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}"),
                        }
                    );
                    break;
                default:
                    safe.Append(rune.ToString());
                    break;
            }
        }

        return safe.ToString();
    }
}
