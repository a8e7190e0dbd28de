using System.CommandLine;
using System.Text.Json.Nodes;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>Lists the rules, or explains one.</summary>
internal static class RulesCommand
{
    private enum Format
    {
        /// <summary>For people.</summary>
        Text,

        /// <summary>JSON; its schema is docs/rules.schema.json.</summary>
        Json,
    }

    public static Command Create(IoContext io)
    {
        var rule = new Argument<string?>("RULE")
        {
            Description = "The id or the name of a rule to explain. Default: lists all.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "RULE",
        };
        rule.CompletionSources.Add([.. RuleCatalog.Descriptions.Select(static known => known.Id)]);
        var format = new ChoiceOption<Format>("--format", "The format of the list.", ("text", Format.Text), ("json", Format.Json));
        var command = new Command("rules", "Lists the rules and the checks of preflight and verify, or explains one of them.")
        {
            rule,
            format,
        };
        command.SetAction(parsed =>
        {
            var asked = parsed.GetValue(rule) is { } word ? KnownRule.Find(word, "RULE") : null;
            IReadOnlyList<KnownRule> rules = asked is null ? KnownRule.All : [asked];
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(format) == Format.Json)
            {
                WriteJson(rules, io.Output);
            }
            else if (asked is not null)
            {
                RulePage.Write(asked, HelpText.WidthOf(io), output);
            }
            else
            {
                // A pipe gets one line per rule, for grep.
                var width = io.OutputTerminal is { IsTerminal: true } ? HelpText.WidthOf(io) : 0;
                foreach (var line in rules.SelectMany(known => TextWrap.Lines(Line(known), width, "  ")))
                {
                    output.Write($"{line}\n");
                }
            }

            return (int)ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A rule in one line.</summary>
    public static string Line(KnownRule known) =>
        known.Command == "check"
            ? $"{known.Rule.Id} {known.Rule.Name}: {known.Rule.Requirement}. Fix: {known.Rule.Fix}."
            : $"{known.Rule.Id} {known.Rule.Name} ({known.Command}): {known.Rule.Requirement}.";

    private static void WriteJson(IEnumerable<KnownRule> rules, Stream output)
    {
        var document = ReportJson.Document();
        document["rules"] = ReportJson.Array(
            rules.Select(static known => new JsonObject
            {
                ["id"] = known.Rule.Id,
                ["name"] = known.Rule.Name,
                ["command"] = known.Command,
                ["canBeDisabled"] = known.CanBeDisabled,
                ["requirement"] = known.Rule.Requirement,
                ["why"] = known.Rule.Why,
                ["fix"] = known.Rule.Fix,
                ["holds"] = known.Rule.Holds,
                ["source"] = known.Rule.Source,
                ["link"] = RuleLinks.Of(known.Rule),
            })
        );
        ReportJson.Write(document, output);
    }
}
