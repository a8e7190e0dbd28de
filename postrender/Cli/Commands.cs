using System.CommandLine;

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

    /// <summary>Many values start with @, so response files are switched off.</summary>
    private static readonly ParserConfiguration WithoutResponseFiles = new() { ResponseFileTokenReplacer = null };

    /// <summary>The post-renderer and all commands.</summary>
    public static RootCommand Create(IoContext io) => Create(io, static _ => true);

    /// <summary>
    /// Parses the words of a command line. Options are expensive to create, so commands that no word names are created only for
    /// errors, help and completions.
    /// </summary>
    public static ParseResult Parse(IReadOnlyList<string> words, IoContext io)
    {
        var parsed = Parse(Create(io, words.Contains), words);
        return parsed.Errors.Count == 0 && parsed.Action == parsed.CommandResult.Command.Action ? parsed : Parse(Create(io), words);
    }

    /// <summary>Parses words with a command that exists already.</summary>
    public static ParseResult Parse(Command command, IReadOnlyList<string> words) => command.Parse(words, WithoutResponseFiles);

    private static RootCommand Create(IoContext io, Func<string, bool> isWanted)
    {
        var root = new RootCommand(
            "Makes a Grafana Tempo release use one IP address family. As a Helm post-renderer it reads manifests from standard "
                + "input, fixes settings that contradict the family, and writes the result to standard output. If it finds an error "
                + "that it cannot fix, Helm stops."
        );
        PostRenderCommand.Configure(root, io);
        foreach (var (name, create) in All)
        {
            if (isWanted(name))
            {
                root.Add(create(io));
            }
        }

        HelpText.AddTo(root, io);
        return root;
    }
}
