using System.Globalization;
using System.Text;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>Writes HTML and SVG. Every text and every value of an attribute is escaped here.</summary>
internal sealed class HtmlWriter(TextWriter output)
{
    /// <summary>Starts an element; attributes without a value are left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Its attributes.</param>
    public void Start(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        output.Write('<');
        output.Write(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                output.Write($" {attribute}=\"{Escape(value)}\"");
            }
        }

        output.Write('>');
    }

    /// <summary>Ends elements, the innermost first.</summary>
    /// <param name="names">Their names.</param>
    public void End(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            output.Write($"</{name}>");
        }

        if (names[^1] is not ("a" or "b" or "span" or "code" or "text"))
        {
            output.Write('\n');
        }
    }

    /// <summary>An element with a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    /// <param name="attributes">Its attributes.</param>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        Text(text);
        End(name);
    }

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    public void Text(string text) => output.Write(Escape(text));

    /// <summary>A text that is not legal in HTML as it stands, or that would turn or hide the text beside it, made visible.</summary>
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    safe.Append("&amp;");
                    break;
                case '<':
                    safe.Append("&lt;");
                    break;
                case '>':
                    safe.Append("&gt;");
                    break;
                case '"':
                    safe.Append("&quot;");
                    break;
                case '\'':
                    safe.Append("&#39;");
                    break;
                case '\n':
                case '\t':
                    safe.Append((char)rune.Value);
                    break;
                default:
                    if (
                        Rune.GetUnicodeCategory(rune)
                        is UnicodeCategory.Control
                            or UnicodeCategory.Format
                            or UnicodeCategory.Surrogate
                            or UnicodeCategory.LineSeparator
                            or UnicodeCategory.ParagraphSeparator
                            or UnicodeCategory.PrivateUse
                            or UnicodeCategory.OtherNotAssigned
                    )
                    {
                        safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
                    }
                    else
                    {
                        safe.Append(rune.ToString());
                    }

                    break;
            }
        }

        return safe.ToString();
    }
}
