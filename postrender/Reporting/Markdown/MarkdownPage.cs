using System.Text;

namespace Tempo.PostRender.Reporting.Markdown;

/// <summary>A Markdown text that ends where GitHub would refuse it. What does not fit is left out, and the text says so.</summary>
internal sealed class MarkdownPage
{
    /// <summary>The longest comment that GitHub takes, in characters. A summary of a job may be sixteen times as long.</summary>
    public const int MaxLength = 65_536;

    private const string Rest = "left out. The formats `text` and `html` have everything.\n";
    private const int MaxListed = 10;

    private readonly StringBuilder _text = new();
    private readonly List<string> _omitted = [];

    /// <summary>The room that is left.</summary>
    public int Room => MaxLength - _text.Length - 1_000;

    /// <summary>Adds a part if it fits.</summary>
    /// <param name="part">The part, or null if it is too long for any page.</param>
    /// <param name="what">What it is, in the plural: <c>warnings</c>.</param>
    public void Add(string? part, string what)
    {
        if (part is not null && part.Length <= Room)
        {
            _text.Append(part);
        }
        else if (!_omitted.Contains(what))
        {
            _omitted.Add(what);
        }
    }

    /// <summary>Adds the lines of a block that fit, then how many do not.</summary>
    /// <param name="head">What comes before the lines.</param>
    /// <param name="lines">The lines, with line ends.</param>
    /// <param name="end">What comes after them.</param>
    /// <param name="what">What they are, in the plural.</param>
    public void AddLines(string head, IReadOnlyList<string> lines, string end, string what)
    {
        var room = Room - head.Length - end.Length;
        var fitting = 0;
        for (var length = 0; fitting < lines.Count && (length += lines[fitting].Length) <= room; )
        {
            fitting++;
        }

        if (fitting > 0)
        {
            _text.Append(head).AppendJoin("", lines.Take(fitting)).Append(end);
        }

        if (fitting < lines.Count)
        {
            _omitted.Add($"{lines.Count - fitting} {what}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        _omitted.Count == 0
            ? _text.ToString()
            : $"{_text}\n> The report is too long for GitHub: {string.Join(", ", _omitted.Take(MaxListed))}"
                + $"{(_omitted.Count > MaxListed ? ", and more" : "")} {Rest}";
}
