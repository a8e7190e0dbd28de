using System.CommandLine;
using System.Globalization;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>An option whose value is a whole number from 1 to a limit.</summary>
internal sealed class NumberOption : Option<int>
{
    private const int Lowest = 1;

    public NumberOption(string name, string helpName, string description, int byDefault, int highest)
        : base(name)
    {
        Description = description;
        HelpName = helpName;
        DefaultValueFactory = _ => byDefault;
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (
                !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                || number < Lowest
                || number > highest
            )
            {
                result.AddError(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} is {Printable.OneLine(text)}, but must be a number from {Lowest} to {highest}"
                    )
                );
            }

            return number;
        };
    }
}
