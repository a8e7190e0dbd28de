using System.CommandLine;
using System.Globalization;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cli;

/// <summary>An option whose value is a whole number within bounds.</summary>
internal sealed class NumberOption : Option<int>
{
    public NumberOption(string name, string helpName, string description, int byDefault, int lowest, int highest)
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
                || number < lowest
                || number > highest
            )
            {
                result.AddError(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} is {Printable.OneLine(text)}, but must be a number from {lowest} to {highest}"
                    )
                );
            }

            return number;
        };
    }
}
