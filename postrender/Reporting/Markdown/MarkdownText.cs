using System.Text;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting.Markdown;

/// <summary>Text of any origin in GitHub's Markdown.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]()<>#+-.!|~&@:$=\"'";

    /// <summary>
    /// A text that is shown as it is: no markup, no HTML, no mention of a user, no link, no issue number. What Markdown could read is
    /// written as a character reference.
    /// </summary>
    public static string Plain(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var letter in Printable.OneLine(text, int.MaxValue))
        {
            // A word with a hyphen or a full stop in it stays readable in the source; only what can start markup is written out.
            if (Special.Contains(letter) && letter is not ('-' or '.' or '=' or '\'' or '(' or ')' or ':'))
            {
                safe.Append($"&#{(int)letter};");
            }
            else if (letter == ':' && safe.Length > 0)
            {
                // Escaped, so that GitHub makes neither a link nor an emoji.
                safe.Append("&#58;");
            }
            else
            {
                safe.Append(letter);
            }
        }

        return safe.ToString();
    }

    /// <summary>A text as code, in a table too.</summary>
    public static string Code(string text) => text.Length == 0 ? "" : $"<code>{Plain(text)}</code>";

    /// <summary>The fence of a code block that a text cannot end.</summary>
    public static string Fence(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new string('`', Math.Max(3, longest + 1));
    }
}
