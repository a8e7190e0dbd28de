using Tempo.PostRender.Addresses;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Reporting;

/// <summary>Values and lines of manifests as reports may show them. What may hold a credential is not shown.</summary>
public static class Redaction
{
    /// <summary>Stands for a value or a line of a Secret.</summary>
    public const string InSecret = "(not shown: it is in a Secret)";

    /// <summary>Stands for a value or a line that may hold a credential.</summary>
    public const string MayHoldCredential = "(not shown: it may hold a credential)";

    private const int MaxValue = 48;
    private const int MaxLine = 200;

    /// <summary>Parts of the names of settings that hold credentials. The list hides too much rather than too little.</summary>
    private static readonly string[] CredentialWords =
    [
        "pass",
        "secret",
        "token",
        "credential",
        "auth",
        "bearer",
        "key",
        "connection",
        "sasl",
    ];

    /// <summary>A value: of a Secret only booleans and addresses; of a URL neither its user nor its query.</summary>
    /// <param name="text">The value, or a list of values in brackets.</param>
    /// <param name="isSecret">Whether it is in a Secret.</param>
    public static string Value(string text, bool isSecret)
    {
        if (isSecret)
        {
            return text.Trim('[', ']').Split(',').All(static part => IsHarmless(part.Trim(' ', '"'))) ? text : InSecret;
        }

        if (NamesCredential(text))
        {
            return MayHoldCredential;
        }

        var isUrl = text.Contains("://", StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal);
        var shown = isUrl ? string.Join(',', text.Split(',').Select(static part => PeerAddress.Parse(part).Redacted)) : text;
        return Printable.OneLine(shown, MaxValue);
    }

    /// <summary>A line, without the blanks around it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isSecret">Whether it is in a Secret.</param>
    public static string Line(string line, bool isSecret)
    {
        var text = line.Trim();
        return isSecret ? InSecret
            : MayHold(text) ? MayHoldCredential
            : text.Length > MaxLine ? "(not shown: the line is too long)"
            : Printable.OneLine(text, MaxLine);
    }

    /// <summary>Which of the lines of a text may hold a credential, what is nested below such a line included.</summary>
    /// <param name="lines">The lines.</param>
    public static bool[] HiddenLines(IReadOnlyList<string> lines)
    {
        var hidden = new bool[lines.Count];
        // The indentation of the last line that may hold a credential; what is deeper belongs to it.
        var owner = int.MaxValue;
        var isFlag = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var text = lines[i].Trim();
            if (text.Length == 0)
            {
                continue;
            }

            var indent = lines[i].Length - lines[i].TrimStart().Length;
            var isOwn = MayHold(text);
            hidden[i] = isOwn || indent > owner || isFlag;
            owner =
                isOwn ? Math.Min(indent, indent > owner ? owner : int.MaxValue)
                : indent > owner ? owner
                : int.MaxValue;
            // The value of a flag can be the next item of the list.
            isFlag = isOwn && text.StartsWith("- -", StringComparison.Ordinal) && !text.Contains('=', StringComparison.Ordinal);
        }

        return hidden;
    }

    private static bool MayHold(string text) => NamesCredential(text) || text.Contains('@', StringComparison.Ordinal) || HasQuery(text);

    private static bool IsHarmless(string text) => text is "" or "true" or "false" or "null" || Endpoint.Parse(text).IsNumeric;

    private static bool NamesCredential(string text) =>
        CredentialWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool HasQuery(string text) =>
        text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var url && text.AsSpan(url).ContainsAny('?', '#');
}
