using System.Text.RegularExpressions;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>Values and lines of manifests as reports may show them. What may hold a credential is not shown.</summary>
public static partial class Redaction
{
    /// <summary>Replaces a value or a line of a Secret.</summary>
    public const string InSecret = "(not shown: it is in a Secret)";

    /// <summary>Replaces a value or a line that may hold a credential.</summary>
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
        "pwd",
        "cookie",
    ];

    /// <summary>What credentials start with, and addresses that are credentials.</summary>
    private static readonly string[] CredentialForms =
    [
        "eyJ", // A JSON Web Token.
        "AKIA",
        "ASIA",
        "ghp_",
        "gho_",
        "ghs_",
        "github_pat_",
        "glpat-",
        "glsa_",
        "glc_",
        "xoxb-",
        "xoxp-",
        "hooks.slack.com",
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
    /// <param name="isSecret">Whether it is in a Secret.</param>
    public static string Line(string line, bool isSecret)
    {
        var text = line.Trim();
        return isSecret ? InSecret
            : MayHold(text) ? MayHoldCredential
            : text.Length > MaxLine ? "(not shown: the line is too long)"
            : Printable.OneLine(text, MaxLine);
    }

    /// <summary>Whether a line may hold a credential, by its own words.</summary>
    /// <param name="text">The line, without the blanks around it.</param>
    internal static bool MayHold(string text) => NamesCredential(text) || text.Contains('@', StringComparison.Ordinal) || HasQuery(text);

    /// <summary>Whether a text has the name or the form of a credential.</summary>
    internal static bool NamesCredential(string text) =>
        HasCredentialWord(text) && HasCredentialWord(Harmless().Replace(text, ""))
        || CredentialForms.Any(form => text.Contains(form, StringComparison.Ordinal));

    private static bool IsHarmless(string text) => text is "" or "true" or "false" or "null" || Endpoint.Parse(text).IsNumeric;

    private static bool HasCredentialWord(string text) =>
        CredentialWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) || ShortPassword().IsMatch(text);

    /// <summary>PW, as a name or the end of a word of a name: <c>DB_PW</c>, <c>dbPw</c>, <c>pwFile</c>.</summary>
    [GeneratedRegex("[pP][wW](?![a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex ShortPassword();

    /// <summary>
    /// Settings with the name of a credential and a value that is none: labels (<c>topologyKey: kubernetes.io/hostname</c>), files of a
    /// ConfigMap (<c>key: tempo.yaml</c>), and the addresses that nginx passes requests to.
    /// </summary>
    [GeneratedRegex(
        """
            (?<![\w.-])(topologyKey|key):[ ]["']?
            ([a-z0-9.-]{1,60}\.[a-z]{1,20}/[a-z-]{1,60}|[a-z-]{1,60}\.(yaml|yml|conf))
            ["']?(?=\s*[,}]|\s*$)
            |\b(proxy|grpc)_pass(?=[ \t]+(https?|grpcs?)://)
            """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Harmless();

    private static bool HasQuery(string text) =>
        text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var url && text.AsSpan(url).ContainsAny('?', '#');
}
