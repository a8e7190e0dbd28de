using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cli;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class UsageErrors
{
    /// <summary>System.CommandLine's message for a word that it has no place for.</summary>
    private const string Unmatched = "Unrecognized command or argument";

    /// <summary>The errors of a command line, without the full stop.</summary>
    public static string Describe(ParseResult parsed)
    {
        var words = parsed.UnmatchedTokens.Where(static word => word.StartsWith('-')).ToList();
        // The word behind an unknown option is its value.
        var unknown =
            words.Count > 0
                ? words.Select(word => UnknownOption(word, parsed.CommandResult))
                : parsed.UnmatchedTokens.Take(1).Select(word => UnknownWord(word, parsed.CommandResult));
        var others = parsed
            .Errors.Select(static error => error.Message.TrimEnd('.'))
            .Where(static message => !message.StartsWith(Unmatched, StringComparison.Ordinal));
        return Printable.OneLine(string.Join("; ", unknown.Concat(others)), maxLength: 1000);
    }

    /// <summary>The message that an option does not exist, and which similar one does.</summary>
    public static string UnknownOption(string word, CommandResult command)
    {
        var name = word.Split('=', 2)[0];
        var known = command.Command.Options.Where(static option => !option.Hidden).Append(new HelpOption());
        return $"Unrecognized option '{Printable.OneLine(name)}'{NearestWord.Question(name, known.Select(static option => option.Name))}";
    }

    private static string UnknownWord(string word, CommandResult command) =>
        $"Unrecognized command or argument '{Printable.OneLine(word)}'"
        + NearestWord.Question(word, command.Command.Subcommands.Where(static known => !known.Hidden).Select(static known => known.Name));
}
