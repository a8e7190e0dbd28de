using System.CommandLine;
using Tempo.PostRender.Cluster.Preflight;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cli;

/// <summary>Lists the rules.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        var markdown = new Option<bool>("--markdown") { Description = "Print the Markdown table of the README." };
        var command = new Command("rules", "Lists the rules, and the checks that only preflight and verify run.") { markdown };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(markdown))
            {
                output.Write(RuleTable.Markdown());
                return (int)ExitCode.Ok;
            }

            foreach (var rule in RuleCatalog.Descriptions)
            {
                output.WriteLine(Line(rule));
            }

            foreach (
                var (command, check) in PreflightChecks
                    .All.Select(static check => ("preflight", check))
                    .Concat(LiveChecks.All.Select(static check => ("verify", check)))
            )
            {
                output.WriteLine($"{check.Id} {check.Name} ({command}): {check.Requirement}.");
            }

            return (int)ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A rule in one line.</summary>
    public static string Line(RuleDescription rule) => $"{rule.Id} {rule.Name}: {rule.Requirement}. Fix: {rule.Fix}.";
}
