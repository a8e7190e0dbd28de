using System.Globalization;
using System.Text;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>
/// A part of a page: a text, an element, or several parts. Every text and every value of an attribute is escaped here.
/// </summary>
/// <remarks>HtmlEncoder writes control characters as references, which browsers do not show; here they are visible.</remarks>
internal abstract class Markup
{
    private static readonly string[] Inline = ["a", "b", "span", "code", "text"];

    public static implicit operator Markup(string text) => new TextPart(text);

    /// <summary>An element with a class.</summary>
    /// <param name="class">Its class in the style sheet; empty or null for none.</param>
    /// <param name="children">What is in it; null is nothing.</param>
    public static Markup Tag(string name, string? @class, params IReadOnlyList<Markup?> children) =>
        Element(name, [("class", @class)], children);

    /// <summary>An element.</summary>
    /// <param name="attributes">Its attributes; those without a value, and blanks at the end of one, are left out.</param>
    /// <param name="children">What is in it; null is nothing.</param>
    public static Markup Element(
        string name,
        IReadOnlyList<(string Name, string? Value)> attributes,
        params IReadOnlyList<Markup?> children
    ) => new ElementPart(name, attributes, children);

    /// <summary>Several parts, made when they are written.</summary>
    /// <param name="parts">The parts; null is nothing.</param>
    public static Markup All(IEnumerable<Markup?> parts) => new Sequence(parts);

    public abstract void Write(TextWriter output);

    /// <summary>A text that is not legal in HTML as it stands, or that would turn or hide the text beside it, made visible.</summary>
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            safe.Append(
                rune.Value switch
                {
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '"' => "&quot;",
                    '\'' => "&#39;",
                    '\n' => "\n",
                    '\t' => "\t",
                    var value => IsVisible(rune) ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{{{value:X}}}"),
                }
            );
        }

        return safe.ToString();
    }

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );

    private sealed class TextPart(string text) : Markup
    {
        public override void Write(TextWriter output) => output.Write(Escape(text));
    }

    private sealed class Sequence(IEnumerable<Markup?> parts) : Markup
    {
        public override void Write(TextWriter output)
        {
            foreach (var part in parts)
            {
                part?.Write(output);
            }
        }
    }

    private sealed class ElementPart(string name, IReadOnlyList<(string Name, string? Value)> attributes, IReadOnlyList<Markup?> children)
        : Markup
    {
        public override void Write(TextWriter output)
        {
            output.Write($"<{name}");
            foreach (var (attribute, value) in attributes)
            {
                if (value?.TrimEnd() is { Length: > 0 } shown)
                {
                    output.Write($" {attribute}=\"{Escape(shown)}\"");
                }
            }

            output.Write('>');
            foreach (var child in children)
            {
                child?.Write(output);
            }

            output.Write(Inline.Contains(name) ? $"</{name}>" : $"</{name}>\n");
        }
    }
}
