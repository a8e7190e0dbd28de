using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>What the reader of a report can do next.</summary>
/// <param name="Text">What it is for.</param>
/// <param name="Command">The command, or null if there is nothing to run.</param>
public sealed record NextStep(string Text, string? Command);

/// <summary>Derives from a report what to do next.</summary>
internal static class NextSteps
{
    private const string Check = $"{ProgramInfo.Name} check";

    public static IEnumerable<NextStep> After(Report report, Verdict verdict)
    {
        var chosen = Options(report);
        var options = string.Concat(chosen.Select(static option => $" {option.Name} {option.Value}"));
        var file = report.Input is { } input ? ShellText.Quote(input) : null;
        var isOpen = report.Count(ReportedLevel.Fixable) > 0;
        if (verdict == Verdict.NeedsDecision)
        {
            var rest =
                !isOpen ? ""
                : report.Mode == RunMode.Enforce ? ". The post-renderer fixes the rest; --verbose lists it"
                : ". The post-renderer fixes the rest";
            yield return new NextStep($"Change what needs your decision, and run the command again{rest}.", Command: null);
        }
        else if (isOpen && file is not null)
        {
            yield return new NextStep("See the changes:", $"{Check} --diff{options} {file}");
            yield return new NextStep("Apply the changes; this rewrites the file:", $"{Check} --fix{options} {file}");
        }
        else if (isOpen)
        {
            yield return new NextStep("Let the post-renderer fix it:", $"{ProgramInfo.Name}{options} < IN > OUT");
        }

        if (verdict != Verdict.NeedsDecision && isOpen)
        {
            var forHelm = string.Concat(chosen.Select(static option => $" --post-renderer-args={option.Name}={option.Value}"));
            var helmNamespace = report.StatedNamespace is { } name ? $" --namespace {ShellText.Quote(name)}" : "";
            yield return new NextStep(
                "Let Helm fix each install and upgrade:",
                $"helm upgrade --install NAME CHART{helmNamespace} --post-renderer {ProgramInfo.Name}{forHelm}"
            );
        }

        if (verdict != Verdict.NeedsDecision && ChangesServices(report))
        {
            yield return new NextStep(
                "If the release is installed already: Kubernetes never changes the primary family of an existing Service. Before the "
                    + "upgrade, preflight lists the Services that you have to delete first:",
                $"{ProgramInfo.Name} preflight{options} {file ?? "OUT"}"
            );
        }
    }

    /// <summary>The options that the next command needs so that it decides the same; the environment stays as it is.</summary>
    private static List<(string Name, string Value)> Options(Report report) =>
        [
            .. report
                .Analyses.Where(static analysis => analysis.Decision.Basis == RuleOptions.FamilyOption)
                .Select(static analysis => (RuleOptions.FamilyOption, $"{analysis.Decision.Family}"))
                .Concat(report.Analyses.SelectMany(static analysis => analysis.Disabled).Select(static rule => ("--disable", rule.Id)))
                .Distinct(),
            .. report.GossipLabel == RuleOptions.DefaultGossipLabel
                ? []
                : new[] { (RuleOptions.GossipLabelOption, ShellText.Quote(report.GossipLabel)) },
            .. report.StatedNamespace is { } name ? new[] { ("--namespace", ShellText.Quote(name)) } : [],
        ];

    /// <summary>A Service that states a family has it in the cluster too, if it is installed.</summary>
    private static bool ChangesServices(Report report) =>
        report
            .Findings.Where(static finding => finding.Rule.Id == RuleIds.ServiceFamily)
            .SelectMany(ValueChange.Of)
            .Any(static change => change is { Before: not null, After: not null });
}
