using System.Text;
using Tempo.Helm.Tests.Rules;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Cluster.Preflight;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Generated;

/// <summary>docs/rules.md, from the catalog and the fixtures: a section for every rule, with a before and after.</summary>
internal static class RuleDocumentation
{
    private const int Context = 2;

    /// <summary>The table of the README.</summary>
    public static string Table() =>
        "| rule | holds when | fix |\n| --- | --- | --- |\n"
        + string.Concat(RuleCatalog.Descriptions.Select(static rule => $"| {rule.Id} {rule.Name} | {rule.Requirement} | {rule.Fix} |\n"));

    public static string Markdown()
    {
        var page = new StringBuilder(
            """
            # The rules

            The requirements that `tempo-postrender` checks. Rules change only what breaks them, and a second run changes nothing. This page
            is generated from the rules and from their fixtures in `tests/Rules/Fixtures`.

            `tempo-postrender rules` lists the rules, and `tempo-postrender rules TPF005` explains one of them:

            ```console
            $ tempo-postrender rules | head -1
            RULE
            ```

            OPTIONS

            """.ReplaceLineEndings("\n").Replace("RULE", RulesCommand.Line(KnownRule.All[0])).Replace(
                "OPTIONS\n",
                CommandDocumentation.Options(CommandDocumentation.Pages["docs/rules.md"]) + "\n"
            )
        );
        page.Append("| rule | name |\n| --- | --- |\n");
        foreach (var rule in RuleCatalog.Descriptions.OrderBy(static rule => rule.Id))
        {
            page.Append($"| [{rule.Id}](#{Anchor(rule)}) | {rule.Name} |\n");
        }

        foreach (var rule in RuleCatalog.Descriptions.OrderBy(static rule => rule.Id))
        {
            page.Append(
                $"\n## {rule.Id} {rule.Name}\n\n{rule.Requirement}.\n\n**Why.** {rule.Why}.\n\n**Fix.** {rule.Fix}.\n\n"
                    + $"**Facts.** {rule.Source}.\n"
            );
            Example(page, rule);
        }

        page.Append(
            $"\n## Checks of a cluster\n\n[preflight](preflight.md#the-checks) ({Ids(PreflightChecks.All)}) and "
                + $"[verify](verify.md#the-checks) ({Ids(LiveChecks.All)}) check what only a cluster shows.\n"
        );
        return page.ToString();
    }

    private static string Ids(IReadOnlyList<RuleDescription> checks) => $"{checks[0].Id} to {checks[^1].Id}";

    private static string Anchor(RuleDescription rule) => $"{rule.Id.ToLowerInvariant()}-{rule.Name}";

    private static void Example(StringBuilder page, RuleDescription rule)
    {
        var bad = RuleFixture
            .All.Where(fixture => fixture.Rule == rule.Id && fixture.Kind == "bad")
            .OrderBy(static fixture => fixture.Family == AddressFamily.IPv4)
            .ToList();
        if (bad.Find(static fixture => fixture.Fixed is not null) is { } repaired)
        {
            page.Append(
                $"\nBefore and after ({repaired.Why.Replace('-', ' ')}):\n\n```diff\n"
                    + $"{LineDiff.Of(repaired.Text, repaired.Fixed!, Context)}```\n"
            );
            return;
        }

        var report = bad[0].Run(PostRender.Reporting.RunMode.Check).Report;
        var finding = report.Findings.First(finding => finding.Rule.Id == rule.Id);
        page.Append(
            $"\nFor example ({bad[0].Why.Replace('-', ' ')}):\n\n```text\n"
                + $"{PostRender.Reporting.TextReporter.Line(finding, report.LevelOf(finding))}\n```\n"
        );
    }
}
