using Tempo.PostRender.Graph;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The page about a rule, for a terminal: what docs/rules.md says about it.</summary>
internal static class RulePage
{
    private const string Document = "rules.md";
    private const string Fence = "```";

    /// <summary>Writes the page.</summary>
    /// <param name="known">The rule.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="output">Receives the page.</param>
    public static void Write(KnownRule known, int width, TextWriter output)
    {
        var rule = known.Rule;
        var text = TerminalWriter.Over(output, new TerminalSettings(width, Colours: false));
        text.Write($"{rule.Id} {rule.Name}\n\n{rule.Requirement}.\n\n");
        text.Write($"Why: {rule.Why}.\n\nFix: {rule.Fix}.\n\nFacts: {rule.Source}.\n");
        text.Flush();
        foreach (var line in ExampleOf(rule.Id))
        {
            output.Write($"{line}\n");
        }

        text.Write(
            known.CanBeDisabled
                ? $"\nTo disable it, pass --disable {rule.Id}. To disable it for one object, set the annotation "
                    + $"{KubernetesObject.IgnoreAnnotation}: {rule.Id} on the object.\n"
            : known.Command == "check" ? ""
            : $"\nIt is checked by the command {known.Command}, in a cluster.\n"
        );
        text.Flush();
        if (RuleLinks.Of(rule) is { } link)
        {
            output.Write($"{link}\n");
        }
    }

    /// <summary>The example of a rule, with its caption; checks of a cluster have none.</summary>
    private static IEnumerable<string> ExampleOf(string id)
    {
        using var stream = typeof(RulePage).Assembly.GetManifestResourceStream(Document)!;
        using var reader = new StreamReader(stream);
        var section = reader
            .ReadToEnd()
            .ReplaceLineEndings("\n")
            .Split('\n')
            .SkipWhile(line => !line.StartsWith($"## {id} ", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))
            .ToList();
        var start = section.FindIndex(static line => line.StartsWith(Fence, StringComparison.Ordinal));
        return start < 2
            ? []
            :
            [
                "",
                section[start - 2],
                "",
                .. section.Skip(start + 1).TakeWhile(static line => line != Fence).Select(static line => $"    {line}".TrimEnd()),
            ];
    }
}
