using System.CommandLine;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The command line: the post-renderer and the other commands.</summary>
internal static class Commands
{
    private static readonly (string Name, Func<IoContext, Command> Create)[] All =
    [
        ("check", CheckCommand.Create),
        ("template", TemplateCommand.Create),
        ("preflight", PreflightCommand.Create),
        ("verify", VerifyCommand.Create),
        ("migrate", MigrateCommand.Create),
        ("rules", RulesCommand.Create),
        ("completion", static _ => CompletionCommand.Create()),
    ];

    /// <summary>The beginnings of words that are no values, but ask for help, for the version, or for completions.</summary>
    private static readonly string[] Questions = ["--help", "-h", "-?", "--version", "["];

    /// <summary>Many values start with @, so response files are switched off.</summary>
    private static readonly ParserConfiguration WithoutResponseFiles = new() { ResponseFileTokenReplacer = null };

    /// <summary>The post-renderer and all commands, with help and completions.</summary>
    public static RootCommand Create(IoContext io)
    {
        var root = new RootCommand(
            "Makes a Grafana Tempo release use one IP address family. As a Helm post-renderer it reads manifests from standard "
                + "input, fixes settings that contradict the family, and writes the result to standard output. If it finds an error "
                + "that it cannot fix, Helm stops."
        );
        PostRenderCommand.Configure(root, io);
        foreach (var (_, create) in All)
        {
            root.Add(create(io));
        }

        HelpText.AddTo(root, io);
        return root;
    }

    /// <summary>
    /// Parses a command line. Commands take time to create, so a run creates only those that its words name. What they do not
    /// understand is parsed with all of them, for the message or the help.
    /// </summary>
    public static ParseResult Parse(IReadOnlyList<string> words, IoContext io)
    {
        var root = new Command(ProgramInfo.Name);
        PostRenderCommand.Configure(root, io);
        foreach (var (name, create) in All)
        {
            if (words.Contains(name))
            {
                root.Add(create(io));
            }
        }

        var parsed = Parse(root, words);
        var isUnderstood =
            parsed.Errors.Count == 0
            && parsed.UnmatchedTokens.Count == 0
            && !words.Any(static word => Array.Exists(Questions, start => word.StartsWith(start, StringComparison.Ordinal)));
        return isUnderstood ? parsed : Parse(Create(io), words);
    }

    /// <summary>Parses words with a command.</summary>
    public static ParseResult Parse(Command command, IReadOnlyList<string> words) => command.Parse(words, WithoutResponseFiles);
}
