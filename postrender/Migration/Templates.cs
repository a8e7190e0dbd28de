using System.Text.RegularExpressions;

namespace Tempo.PostRender.Migration;

/// <summary>Texts with templates in them: the old charts' helpers become those of this chart.</summary>
internal static partial class Templates
{
    /// <summary>Components of Tempo 2, by the names of those that do their work in Tempo 3.</summary>
    private static readonly Dictionary<string, string> Successors = new(StringComparer.Ordinal)
    {
        ["ingester"] = "live-store",
        ["compactor"] = "backend-worker",
    };

    /// <summary>Whether a text has templates.</summary>
    public static bool IsIn(string text) => text.Contains("{{", StringComparison.Ordinal);

    /// <summary>The text with the helpers of this chart; a helper that has no counterpart stays.</summary>
    public static string Convert(string text)
    {
        if (!IsIn(text))
        {
            return text;
        }

        text = OfComponent()
            .Replace(
                text,
                static match =>
                {
                    var helper = match.Groups["helper"].Value == "resourceName" ? "name" : "selectorLabels";
                    var component = match.Groups["component"].Value;
                    component = Successors.GetValueOrDefault(component, component);
                    return $"""include "tempo.{helper}" (list {match.Groups["context"].Value} "{component}")""";
                }
            );
        return FullName().Replace(text, """include "tempo.name" (list ${context} "")""");
    }

    /// <summary>What of a text only the old chart can render, or null: a helper of it, or a value that has another place here.</summary>
    /// <param name="text">A converted text.</param>
    /// <param name="moves">Whether a path of the old values is another one here.</param>
    public static string? Unknown(string text, Func<string, bool> moves)
    {
        if (!IsIn(text))
        {
            return null;
        }

        var helper = Helper().Matches(text).Select(static match => match.Groups["name"].Value).FirstOrDefault(IsUnknown);
        return helper
            ?? ValuesPath()
                .Matches(text)
                .Select(static match => match.Groups["path"].Value)
                .Where(moves)
                .Select(static path => $".Values.{path}")
                .FirstOrDefault();
    }

    private static bool IsUnknown(string helper) => helper is not ("tempo.name" or "tempo.selectorLabels" or "tempo.host");

    [GeneratedRegex(
        """(include|template)\s+"tempo\.(?<helper>selectorLabels|resourceName)"\s+\(dict\s+"ctx"\s+(?<context>[$.])"""
            + """\s+"component"\s+"(?<component>[a-z-]+)"(\s+"memberlist"\s+true)?\s*\)"""
    )]
    private static partial Regex OfComponent();

    [GeneratedRegex("""(include|template)\s+"tempo\.fullname"\s+(?<context>[$.])(?![\w.])""")]
    private static partial Regex FullName();

    [GeneratedRegex("""(include|template)\s+"(?<name>[\w.-]+)"(?!\s+\(list)""")]
    private static partial Regex Helper();

    [GeneratedRegex("""\.Values\.(?<path>[A-Za-z_][\w.]*)""")]
    private static partial Regex ValuesPath();
}
