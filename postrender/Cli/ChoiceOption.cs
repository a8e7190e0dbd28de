using System.CommandLine;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cli;

/// <summary>An option whose value is the name of an enum member, written as <c>some-name</c>. The first member is the default.</summary>
internal sealed class ChoiceOption<T> : Option<T>
    where T : struct, Enum
{
    private static readonly string[] Words = [.. Enum.GetNames<T>().Select(ToWord)];

    public ChoiceOption(string name, string description)
        : base(name)
    {
        Description = $"{description} Default: {Words[0]}.";
        HelpName = string.Join('|', Words);
        this.Offer(Words);
        CustomParser = result =>
        {
            var word = result.Tokens[^1].Value;
            var index = Array.FindIndex(Words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                result.AddError($"{name} is {Printable.OneLine(word)}, but must be one of {string.Join(", ", Words)}");
            }

            return index < 0 ? default : Enum.GetValues<T>()[index];
        };
    }

    private static string ToWord(string name) =>
        string.Concat(
            name.Select(
                static (letter, index) =>
                    char.IsAsciiLetterUpper(letter) && index > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"
            )
        );
}
