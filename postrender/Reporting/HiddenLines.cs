namespace Tempo.PostRender.Reporting;

/// <summary>
/// Decides which lines of a text are not shown, because they may hold a credential. The text is read line by line and not as YAML,
/// because a part of a document, or a file inside one, has to be checked too.
/// </summary>
public static class HiddenLines
{
    /// <summary>Keys whose value can name the credential that another key of the same mapping holds.</summary>
    private static readonly string[] NameKeys = ["name", "key", "header"];

    /// <summary>Keys whose value is the credential itself.</summary>
    private static readonly string[] ValueKeys = ["value", "values"];

    /// <summary>Whether each line is hidden.</summary>
    public static bool[] Of(IReadOnlyList<string> lines)
    {
        var hidden = new bool[lines.Count];
        var named = NamedValues(lines);
        // The indentation of the last line that may hold a credential; what is deeper belongs to it.
        var owner = int.MaxValue;
        var isKey = false;
        var isFlag = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var text = lines[i].Trim();
            if (text.Length == 0)
            {
                continue;
            }

            var indent = IndentOf(lines[i]);
            // The key of an explicit value is in a line above.
            var isOwn = named[i] || Redaction.MayHold(text) || IsEntry(text, ':');
            // The items of a list may have the indentation of its key.
            var isBelow = indent > owner || (indent == owner && isKey && IsEntry(text, '-'));
            hidden[i] = isOwn || isBelow || isFlag;
            if (!isBelow)
            {
                (owner, isKey) = isOwn ? (indent, !IsEntry(text, '-')) : (int.MaxValue, false);
            }

            // The value of a flag can be the next item of the list.
            isFlag = isOwn && text.StartsWith("- -", StringComparison.Ordinal) && !text.Contains('=', StringComparison.Ordinal);
        }

        HideFlows(lines, hidden);
        return hidden;
    }

    /// <summary>
    /// The lines with a value that another line of the same mapping names as a credential, in whatever order: <c>- value: x</c> above
    /// <c>name: DB_PASSWORD</c>.
    /// </summary>
    private static bool[] NamedValues(IReadOnlyList<string> lines)
    {
        var named = new bool[lines.Count];
        var open = new List<Mapping>();
        foreach (var (number, line) in lines.Index())
        {
            var text = line.Trim();
            if (text is [] or ['#', ..])
            {
                continue;
            }

            var entry = text.TrimStart('-', '{', '[', ' ', '\t');
            var column = IndentOf(line) + text.Length - entry.Length;
            var isFirst = entry.Length < text.Length;
            open.RemoveAll(mapping => mapping.Column > column || (isFirst && mapping.Column == column));
            if (open is [] || open[^1].Column < column)
            {
                open.Add(new Mapping { Column = column });
            }

            var mapping = open[^1];
            mapping.Key = KeyOf(entry) ?? mapping.Key;
            if (ValueKeys.Contains(mapping.Key, StringComparer.OrdinalIgnoreCase))
            {
                mapping.Values.Add(number);
            }

            // The name may stand in the line below its key.
            foreach (var owner in open.TakeLast(2))
            {
                owner.IsCredential |=
                    NameKeys.Contains(owner.Key, StringComparer.OrdinalIgnoreCase) && (Redaction.NamesCredential(entry) || IsAlias(entry));
                if (owner.IsCredential)
                {
                    owner.Values.ForEach(value => named[value] = true);
                    owner.Values.Clear();
                }
            }
        }

        return named;
    }

    /// <summary>Hides all lines of a flow mapping or list if one of them is hidden and it does not start behind the others.</summary>
    private static void HideFlows(IReadOnlyList<string> lines, bool[] hidden)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var depth = Depth(lines[i]);
            // With nothing behind the bracket, each entry has lines of its own, as in formatted JSON.
            if (depth <= 0 || lines[i].TrimEnd() is [.., '{' or '['])
            {
                continue;
            }

            var (first, indent) = (i, IndentOf(lines[i]));
            while (depth > 0 && i + 1 < lines.Count && (lines[i + 1].Trim().Length == 0 || IndentOf(lines[i + 1]) > indent))
            {
                depth += Depth(lines[++i]);
            }

            var flow = hidden.AsSpan(first..(i + 1));
            if (flow.Contains(true))
            {
                flow.Fill(true);
            }
        }
    }

    /// <summary>How many brackets a line opens and does not close; those between quotes count too, which hides more.</summary>
    private static int Depth(string line) =>
        line.Count(static letter => letter is '{' or '[') - line.Count(static letter => letter is '}' or ']');

    private static int IndentOf(string line) => line.Length - line.TrimStart().Length;

    /// <summary>The key of an entry of a mapping, or null; an explicit value (<c>: x</c>) has that of the line above.</summary>
    private static string? KeyOf(string entry)
    {
        var end = IsEntry(entry, '?') ? entry.Length : entry.IndexOf(':', StringComparison.Ordinal);
        return end > 0 ? entry[..end].TrimEnd().Split(' ')[^1].Trim('"', '\'') : null;
    }

    /// <summary>Whether the value is an alias (<c>name: *x</c>): what it stands for is elsewhere.</summary>
    private static bool IsAlias(string entry) => entry.Contains(": *", StringComparison.Ordinal);

    /// <summary>Whether a line is an item of a list (<c>-</c>), an explicit key (<c>?</c>) or an explicit value (<c>:</c>).</summary>
    private static bool IsEntry(string text, char indicator) =>
        text is [var only] ? only == indicator : text is [var first, ' ' or '\t', ..] && first == indicator;

    /// <summary>The entries of a mapping that were read so far.</summary>
    private sealed class Mapping
    {
        /// <summary>The column of its keys.</summary>
        public required int Column { get; init; }

        /// <summary>The key of the last entry, or null.</summary>
        public string? Key { get; set; }

        /// <summary>The lines with a value that a name may be for.</summary>
        public List<int> Values { get; } = [];

        /// <summary>Whether a name of it is that of a credential.</summary>
        public bool IsCredential { get; set; }
    }
}
