using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class UsageErrors
{
    /// <summary>System.CommandLine's message for a word that it has no place for.</summary>
    private const string Unmatched = "Unrecognized command or argument";

    /// <summary>System.CommandLine's message for an argument that a command needs.</summary>
    private const string Missing = "Required argument '";

    /// <summary>The errors of a command line, without the full stop; null if there are none.</summary>
    public static string? Find(ParseResult parsed)
    {
        if (EmptyValue(parsed) is { } name)
        {
            return $"{name} is empty. If a script passes a variable there, it may be empty or not set";
        }

        return parsed.Errors.Count == 0 && MistypedOptions(parsed).Count == 0 ? null : Describe(parsed);
    }

    private static string Describe(ParseResult parsed)
    {
        var words = MistypedOptions(parsed).Concat(parsed.UnmatchedTokens.Where(static word => word.StartsWith('-'))).ToList();
        // The word behind an unknown option is its value.
        var unknown =
            words.Count > 0
                ? words.Select(word => UnknownOption(word, parsed.CommandResult))
                : parsed.UnmatchedTokens.Take(1).Select(word => UnknownWord(word, parsed.CommandResult));
        var others = parsed
            .Errors.Select(static error => error.Message.TrimEnd('.'))
            .Where(static message => !message.StartsWith(Unmatched, StringComparison.Ordinal))
            .Select(message => message.StartsWith(Missing, StringComparison.Ordinal) ? MissingArgument(parsed.CommandResult) : message);
        return Printable.OneLine(string.Join("; ", unknown.Concat(others)), maxLength: 1000);
    }

    /// <summary>The message that an option does not exist, and which similar one does.</summary>
    private static string UnknownOption(string word, CommandResult command)
    {
        var name = word.Split('=', 2)[0];
        var known = command.Command.Options.Where(static option => !option.Hidden).Append(new HelpOption());
        return $"Unrecognized option '{Printable.OneLine(name)}'{NearestWord.Question(name, known.Select(static option => option.Name))}";
    }

    /// <summary>The option or the argument that has an empty value, or null. Helm's own arguments are not looked at.</summary>
    private static string? EmptyValue(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        var given = command.Children.FirstOrDefault(static child => child.Tokens.Any(static token => token.Value.Length == 0));
        return given switch
        {
            OptionResult option => option.Option.Name,
            ArgumentResult argument => argument.Argument.Name,
            _ => command.Command.TreatUnmatchedTokensAsErrors && parsed.UnmatchedTokens.Contains("") ? "an argument" : null,
        };
    }

    /// <summary>
    /// The arguments that start with a dash: they are mistyped options, unless they come after a double dash. System.CommandLine takes
    /// them for values.
    /// </summary>
    private static List<string> MistypedOptions(ParseResult parsed)
    {
        var words = new List<string>();
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
            {
                break;
            }

            if (token is { Type: TokenType.Argument, Value: ['-', _, ..] } && IsArgument(token))
            {
                words.Add(token.Value);
            }
        }

        return words;

        bool IsArgument(Token token) =>
            parsed.CommandResult.Children.OfType<ArgumentResult>().Any(argument => argument.Tokens.Any(one => ReferenceEquals(one, token)));
    }

    private static string MissingArgument(CommandResult result) =>
        $"{result.Command.Name} needs an argument: {result.Command.Arguments.Select(static known => known.HelpName ?? known.Name).First()}";

    private static string UnknownWord(string word, CommandResult command) =>
        $"Unrecognized command or argument '{Printable.OneLine(word)}'"
        + NearestWord.Question(word, command.Command.Subcommands.Where(static known => !known.Hidden).Select(static known => known.Name));
}
