using System.CommandLine;
using System.Text;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Generated;

/// <summary>The tables of options, from the command line itself. Every command has a page of its name under docs/.</summary>
internal static class CommandDocumentation
{
    /// <summary>The commands by the page that describes them; the program without a command is the post-renderer.</summary>
    public static IReadOnlyDictionary<string, Command> Pages { get; } = AllPages();

    public static string Options(Command command)
    {
        var table = new StringBuilder("| option | default | meaning |\n| --- | --- | --- |\n");
        foreach (var option in command.Options.Where(static option => !option.Hidden && option.Name is not ("--help" or "--version")))
        {
            var names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(static name => $"`{name}`"));
            var value = option.HelpName is { } help ? $" `{help.Replace("|", "\\|")}`" : "";
            var standard =
                option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is { } given and not Array
                    ? $"`{given}`"
                    : "";
            table.Append($"| {names}{value} | {standard} | {option.Description} |\n");
        }

        return table.ToString();
    }

    public static string Checks(IEnumerable<RuleDescription> checks) =>
        "| check | holds when |\n| --- | --- |\n"
        + string.Concat(checks.Select(static check => $"| {check.Id} {check.Name} | {check.Requirement} |\n"));

    private static Dictionary<string, Command> AllPages()
    {
        var root = Commands.Create(AppRunner.NoStreams);
        return root
            .Subcommands.Where(static command => !command.Hidden)
            .Append(root)
            .ToDictionary(command => command == root ? "docs/post-render.md" : $"docs/{command.Name}.md");
    }
}
