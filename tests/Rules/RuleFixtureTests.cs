using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

/// <summary>Tests every rule with its folder of fixtures. A new rule needs only new files.</summary>
public class RuleFixtureTests
{
    public static TheoryData<string> Of(string kind) =>
        [.. RuleFixture.All.Where(fixture => fixture.Kind == kind).Select(static fixture => fixture.ToString())];

    [Theory]
    [MemberData(nameof(Of), "ok")]
    public void An_ok_fixture_is_unchanged_and_has_no_findings(string name)
    {
        var fixture = Find(name);

        var outcome = fixture.Run(RunMode.Enforce);

        Assert.Empty(outcome.Report.Findings);
        Assert.Equal(fixture.Text, Yaml.Concat(outcome.Output!));
    }

    [Theory]
    [MemberData(nameof(Of), "bad")]
    public void A_bad_fixture_breaks_its_rule_and_the_rules_that_it_declares(string name)
    {
        var fixture = Find(name);

        var found = fixture.Run(fixture.Mode).Report.Findings.Select(static finding => finding.Rule.Id).ToHashSet();

        Assert.Contains(fixture.Rule, found);
        Assert.Equal([fixture.Rule, .. fixture.Also], found.Order().OrderBy(id => id != fixture.Rule));
    }

    [Theory]
    [MemberData(nameof(Of), "bad")]
    public void Enforce_fixes_a_bad_fixture_in_one_run_or_leaves_it_unchanged(string name)
    {
        var fixture = Find(name);

        var outcome = fixture.Run(RunMode.Enforce);
        var output = outcome.Output is null ? null : Yaml.Concat(outcome.Output);

        if (fixture.Fixed is not { } repaired)
        {
            Assert.All(
                outcome.Report.Findings.Where(finding => finding.Rule.Id == fixture.Rule && finding.Level == FindingLevel.Fixable),
                finding => Assert.Null(output)
            );
            Assert.True(output is null || output == fixture.Text, $"{fixture} is changed, but has no section fixed. {Update.Advice}");
            return;
        }

        Assert.True(
            repaired == output,
            $"{fixture}: enforce mode writes something else than the section fixed says. {Update.Advice}\n"
                + $"{LineDiff.Of(repaired, output ?? "", 2)}"
        );
        var again = fixture.Run(RunMode.Enforce, repaired);
        Assert.Equal(repaired, Yaml.Concat(again.Output!));
        Assert.All(again.Report.Findings, static finding => Assert.Equal(FindingLevel.Warning, finding.Level));
    }

    [Theory]
    [MemberData(nameof(Of), "bad")]
    public void Rules_that_find_the_same_value_say_the_same_about_what_to_do(string name)
    {
        var fixture = Find(name);

        var values = fixture.Run(fixture.Mode).Report.Findings.GroupBy(static finding => (finding.Place.Object, finding.Place.FullPath));

        Assert.All(
            values.Where(static value => value.DistinctBy(static finding => finding.Rule).Count() > 1),
            static value => Assert.Single(value.Select(static finding => finding.Remedy).Distinct())
        );
    }

    [Fact]
    public void Every_message_says_what_was_found_why_it_matters_and_what_to_do()
    {
        var messages = RuleFixture
            .All.Where(static fixture => fixture.Kind == "bad")
            .SelectMany(static fixture =>
            {
                var report = fixture.Run(fixture.Mode).Report;
                return report
                    .Findings.Where(finding => finding.Rule.Id == fixture.Rule)
                    .Select(finding => TextReporter.Line(finding, report.LevelOf(finding)))
                    .Prepend($"# {fixture}");
            });

        SnapshotAssert.Match(string.Join('\n', messages) + "\n", "Rules", "messages");
    }

    [Fact]
    public void A_rule_that_depends_on_fixes_is_neither_broken_nor_satisfied_without_them()
    {
        var fixtures = RuleFixture.All.Where(static fixture => fixture is { Kind: "bad", Mode: RunMode.Enforce }).ToList();

        Assert.NotEmpty(fixtures);
        Assert.All(
            fixtures,
            static fixture =>
            {
                var report = fixture.Run(RunMode.Check).Report;

                Assert.NotEmpty(report.Findings);
                Assert.DoesNotContain(report.Findings, finding => finding.Rule.Id == fixture.Rule);
                Assert.DoesNotContain(
                    report.Analyses.SelectMany(static analysis => analysis.Satisfied.Value),
                    rule => rule.Id == fixture.Rule
                );
            }
        );
    }

    private static RuleFixture Find(string name) => RuleFixture.All.Single(fixture => fixture.ToString() == name);
}
