using System.CommandLine;

namespace Tempo.PostRender.Cli;

/// <summary>The command line: the post-renderer and the other commands.</summary>
internal static class Commands
{
    public static RootCommand Create(IoContext io)
    {
        var root = new RootCommand(
            "Makes a Grafana Tempo release use one IP address family. As a Helm post-renderer it reads manifests from standard "
                + "input, fixes settings that contradict the family, and writes the result to standard output. If it finds an error "
                + "that it cannot fix, Helm stops."
        );
        PostRenderCommand.Configure(root, io);
        root.Add(CheckCommand.Create(io));
        root.Add(TemplateCommand.Create(io));
        root.Add(PreflightCommand.Create(io));
        root.Add(VerifyCommand.Create(io));
        root.Add(MigrateCommand.Create(io));
        root.Add(RulesCommand.Create(io));
        root.Add(CompletionCommand.Create());
        HelpText.AddTo(root, io);
        return root;
    }
}
