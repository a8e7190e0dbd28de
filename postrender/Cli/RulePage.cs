using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>The page about a rule, for a terminal: what docs/rules.md says about it.</summary>
internal static class RulePage
{
    private const string Document = "rules.md";
    private const string Fence = "```";

    public static void Write(KnownRule known, int width, TextWriter output)
    {
        var rule = known.Rule;
        string[] paragraphs =
        [
            $"{rule.Id} {rule.Name}",
            $"{rule.Requirement}.",
            $"Why: {rule.Why}.",
            $"Fix: {rule.Fix}.",
            $"Facts: {rule.Source}.",
        ];
        output.Write(string.Join("\n", paragraphs.Select(paragraph => Wrapped(paragraph, width))));
        foreach (var line in ExampleOf(rule.Id))
        {
            output.Write($"{line}\n");
        }

        var note =
            known.CanBeDisabled
                ? $"To disable it, pass --disable {rule.Id}. To disable it for one object, set the annotation "
                    + $"{IgnoreAnnotationRule.Annotation}: {rule.Id} on the object."
            : known.Command == "check" ? "It cannot be disabled."
            : $"It is checked by the command {known.Command}, in a cluster.";
        output.Write($"\n{Wrapped(note, width)}");
        if (RuleLinks.Of(rule) is { } link)
        {
            output.Write($"{link}\n");
        }
    }

    private static string Wrapped(string text, int width) => string.Concat(TextWrap.Lines(text, width).Select(static line => $"{line}\n"));

    /// <summary>The example of a rule, with its caption; checks of a cluster have none.</summary>
    private static IEnumerable<string> ExampleOf(string id)
    {
        var section = EmbeddedFile
            .Text(Document)
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
