using System.CommandLine;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cli;

/// <summary>An option whose value is the name of an enum member, written as <c>some-name</c>. The first member is the default.</summary>
internal sealed class ChoiceOption<T> : Option<T>
    where T : struct, Enum
{
    /// <summary>A longer list of choices would be broken within words, so the description has it.</summary>
    private const int MaxHelpName = 30;

    /// <summary>Creates the option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does; the default is added.</param>
    /// <param name="offered">The members that may be chosen, the default first; none means all.</param>
    public ChoiceOption(string name, string description, params T[] offered)
        : base(name)
    {
        offered = offered.Length == 0 ? Enum.GetValues<T>() : offered;
        string[] words = [.. offered.Select(ChoiceWords.Of)];
        var choices = string.Join('|', words);
        var isShort = choices.Length <= MaxHelpName;
        HelpName = isShort ? choices : name.TrimStart('-').ToUpperInvariant();
        Description = $"{description}{(isShort ? "" : $" One of {string.Join(", ", words)}.")} Default: {words[0]}.";
        this.Offer(words);
        CustomParser = result =>
        {
            var word = result.Tokens[^1].Value;
            var index = Array.FindIndex(words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                result.AddError(
                    $"{name} is {Printable.OneLine(word)}, but must be one of {string.Join(", ", words)}{NearestWord.Question(word, words)}"
                );
            }

            return index < 0 ? default : offered[index];
        };
    }
}

/// <summary>The members of an enum as words of the command line.</summary>
internal static class ChoiceWords
{
    /// <summary><c>SomeName</c> as <c>some-name</c>.</summary>
    public static string Of<T>(T member)
        where T : struct, Enum =>
        string.Concat(
            member
                .ToString()
                .Select(
                    static (letter, index) =>
                        char.IsAsciiLetterUpper(letter) && index > 0
                            ? $"-{char.ToLowerInvariant(letter)}"
                            : $"{char.ToLowerInvariant(letter)}"
                )
        );
}
