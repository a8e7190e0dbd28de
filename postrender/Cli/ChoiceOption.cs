using System.CommandLine;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>An option whose value is one of a few words. The first of them is the default, and means the default of its type.</summary>
internal sealed class ChoiceOption<T> : Option<T>
{
    /// <summary>A longer list of choices would be broken within words, so the description has it.</summary>
    private const int MaxHelpName = 30;

    /// <summary>Creates the option.</summary>
    /// <param name="description">What it does; the default is added.</param>
    /// <param name="choices">The words and what they mean, the default first.</param>
    public ChoiceOption(string name, string description, params (string Word, T Value)[] choices)
        : base(name)
    {
        var words = Array.ConvertAll(choices, static choice => choice.Word);
        var joined = string.Join('|', words);
        var isShort = joined.Length <= MaxHelpName;
        HelpName = isShort ? joined : name.TrimStart('-').ToUpperInvariant();
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

            return index < 0 ? default : choices[index].Value;
        };
    }
}
