using System.CommandLine;

namespace Tempo.PostRender.Cli;

/// <summary>The command line: the post-renderer itself, and its commands.</summary>
internal static class Commands
{
    public static RootCommand Create(IoContext io)
    {
        var root = new RootCommand(
            "Holds a Grafana Tempo release to one IP address family. As a Helm post-renderer it reads manifests from standard input, repairs what contradicts the family, and writes them to standard output; what it cannot repair stops Helm.");
        PostRenderCommand.Configure(root, io);
        root.Add(CheckCommand.Create(io));
        root.Add(TemplateCommand.Create(io));
        root.Add(PreflightCommand.Create(io));
        root.Add(VerifyCommand.Create(io));
        root.Add(RulesCommand.Create());
        root.Add(CompletionCommand.Create());
        HelpText.AddTo(root, io);
        return root;
    }
}
