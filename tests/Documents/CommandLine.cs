using System.Text.RegularExpressions;

namespace Tempo.Helm.Tests.Documents;

/// <summary>A command line of a document, parsed far enough to check whether its flags exist.</summary>
internal static partial class CommandLine
{
    /// <summary>The simple commands of a shell line, as unquoted words, without variable assignments and redirections.</summary>
    public static IEnumerable<IReadOnlyList<string>> Commands(string line)
    {
        var words = new List<string>();
        foreach (var word in Words(line.Replace("\\\n", " ")))
        {
            if (word is "|" or "||" or "&&" or ";" or "\n")
            {
                yield return Plain(words);
                words = [];
            }
            else
            {
                words.Add(word);
            }
        }

        yield return Plain(words);
    }

    private static IEnumerable<string> Words(string line)
    {
        foreach (Match word in Word().Matches(line))
        {
            yield return word.Value is "\n" ? word.Value : Quote().Replace(word.Value, static quoted => quoted.Groups["text"].Value);
        }
    }

    private static List<string> Plain(List<string> words)
    {
        var plain = words.SkipWhile(static word => Assignment().IsMatch(word)).ToList();
        for (var i = plain.Count - 1; i >= 0; i--)
        {
            if (Redirection().Match(plain[i]) is { Success: true } redirection)
            {
                plain.RemoveRange(i, redirection.Groups["target"].Value.Length == 0 && i + 1 < plain.Count ? 2 : 1);
            }
        }

        return plain;
    }

    [GeneratedRegex("""\n|\|\|?|&&|;|(?:"[^"]*"|'[^']*'|[^\s"'|;&]|(?<=>)&)+""")]
    private static partial Regex Word();

    [GeneratedRegex("""(?<quote>["'])(?<text>.*?)\k<quote>""", RegexOptions.Singleline)]
    private static partial Regex Quote();

    [GeneratedRegex("^[A-Z_0-9]+=")]
    private static partial Regex Assignment();

    [GeneratedRegex("^[0-9]?[<>]{1,2}(?<target>.*)$")]
    private static partial Regex Redirection();
}
