using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Documents;

/// <summary>Asks the programs named in documents whether the commands and flags exist.</summary>
internal static partial class Programs
{
    private const string Own = "tempo-postrender";

    /// <summary>The CLI plugin by which Helm runs the program.</summary>
    private const string PluginCommand = "tempo-family";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Helps = new();

    /// <summary>Without it, its flags are not checked.</summary>
    private static string? Kubectl => Kustomize.Kubectl;

    /// <summary>The reason why this command line cannot work with these versions of Helm, or null.</summary>
    public static async Task<string?> FaultAsync(string line, IEnumerable<int> helms)
    {
        foreach (var command in CommandLine.Commands(line).Where(static command => command.Count > 0))
        {
            var fault = Path.GetFileName(command[0]) switch
            {
                Own => await OwnFaultAsync([.. command.Skip(1)], helms),
                "helm" when command.ElementAtOrDefault(1) == PluginCommand => await OwnFaultAsync([.. command.Skip(2)], helms),
                "helm" => await HelmFaultAsync([.. command.Skip(1)], helms),
                "kubectl" when Kubectl is not null => await FaultAsync(
                    Kubectl,
                    "kubectl",
                    [.. command.Skip(1)],
                    await HelpAsync(Kubectl, "options")
                ),
                _ => null,
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static async Task<string?> OwnFaultAsync(IReadOnlyList<string> arguments, IEnumerable<int> helms)
    {
        var parsed = PostRender.Cli.Commands.Create(AppRunner.NoStreams).Parse(arguments);
        if (arguments is ["template", ..])
        {
            return await HelmFaultAsync(["template", .. parsed.UnmatchedTokens], helms);
        }

        var options = new[] { parsed.CommandResult.Command, parsed.RootCommandResult.Command }
            .SelectMany(static command => command.Options)
            .SelectMany(static option => option.Aliases.Prepend(option.Name))
            .ToHashSet();
        var unknown = arguments
            .Where(static word => Flag().IsMatch(word))
            .Select(static word => word.Split('=')[0])
            .FirstOrDefault(flag => !options.Contains(flag));
        return unknown is not null ? $"{Own} {parsed.CommandResult.Command.Name} has no flag {unknown}"
            : parsed.UnmatchedTokens.Count > 0 ? $"{Own} has no command {parsed.UnmatchedTokens[0]}"
            : null;
    }

    private static async Task<string?> HelmFaultAsync(IReadOnlyList<string> arguments, IEnumerable<int> helms)
    {
        foreach (var helm in helms.Select(HelmVersions.Of))
        {
            if (await FaultAsync(helm.Path, helm.ToString(), arguments, globals: "") is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static async Task<string?> FaultAsync(string program, string name, IReadOnlyList<string> arguments, string globals)
    {
        var (path, help) = ("", await HelpAsync(program, "--help"));
        foreach (var word in arguments.TakeWhile(static word => Subcommand().IsMatch(word)))
        {
            if (!help.Contains("Commands"))
            {
                break;
            }

            if (!Regex.IsMatch(help, $@"^\s+{Regex.Escape(word)}\s", RegexOptions.Multiline))
            {
                return $"{name} {path}has no command {word}";
            }

            path += word + " ";
            help = await HelpAsync(program, path + "--help");
        }

        // Arguments after --post-renderer-args belong to the post-renderer.
        var unknown = arguments
            .TakeWhile(static word => word != "--")
            .Where((word, index) => index == 0 || arguments[index - 1] != "--post-renderer-args")
            .Where(static word => Flag().IsMatch(word))
            .Select(static word => word.Split('=')[0])
            .FirstOrDefault(flag => !Regex.IsMatch(help + globals, $@"(?<![\w-]){Regex.Escape(flag)}(?![\w-])"));
        return unknown is null ? null : $"{name} {path}has no flag {unknown}";
    }

    private static Task<string> HelpAsync(string program, string arguments) =>
        Helps
            .GetOrAdd(
                $"{program} {arguments}",
                _ => new Lazy<Task<string>>(async () =>
                    (await CliWrap.Cli.Wrap(program).WithArguments(arguments.Split(' ')).RunToEndAsync()).Output
                )
            )
            .Value;

    [GeneratedRegex("^[a-z][a-z-]*$")]
    private static partial Regex Subcommand();

    [GeneratedRegex("^--?[a-zA-Z]")]
    private static partial Regex Flag();
}
