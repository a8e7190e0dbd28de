using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

/// <summary>Every rule against its folder of fixtures. A new rule gets all of this by adding files.</summary>
public class RuleFixtureTests
{
    /// <summary>The consequence of any changed config, which would otherwise stand in every fixture's comment.</summary>
    private const string Rollout = "TPF015";

    public static TheoryData<string> Of(string kind) => [.. RuleFixture.All.Where(fixture => fixture.Kind == kind).Select(static fixture => fixture.ToString())];

    [Theory]
    [MemberData(nameof(Of), "ok")]
    public void What_holds_is_left_alone(string name)
    {
        var fixture = Find(name);

        var outcome = fixture.Run(RunMode.Enforce);

        Assert.Empty(outcome.Report.Findings);
        Assert.Equal(fixture.Text, Yaml.Concat(outcome.Output!));
    }

    [Theory]
    [MemberData(nameof(Of), "bad")]
    public void What_does_not_hold_is_found_by_its_rule_alone(string name)
    {
        var fixture = Find(name);

        var found = fixture.Run(ModeOf(fixture)).Report.Findings.Select(static finding => finding.Rule.Id).ToHashSet();

        Assert.Contains(fixture.Rule, found);
        Assert.Equal([fixture.Rule, .. fixture.Also], found.Order(StringComparer.Ordinal).OrderBy(id => id != fixture.Rule));
    }

    [Theory]
    [MemberData(nameof(Of), "bad")]
    public void Enforce_repairs_it_once_and_for_all_or_leaves_it_alone(string name)
    {
        var fixture = Find(name);

        var outcome = fixture.Run(RunMode.Enforce);

        if (fixture.Fixed is not { } repaired)
        {
            Assert.All(outcome.Report.Findings.Where(finding => finding.Rule.Id == fixture.Rule && finding.Level == FindingLevel.Fixable), finding => Assert.Null(outcome.Output));
            Assert.True(outcome.Output is null || Yaml.Concat(outcome.Output) == fixture.Text);
            return;
        }

        Assert.Equal(repaired.Text, Yaml.Concat(outcome.Output!));
        var again = fixture.Run(RunMode.Enforce, repaired.Text);
        Assert.Equal(repaired.Text, Yaml.Concat(again.Output!));
        Assert.All(again.Report.Findings, static finding => Assert.Equal(FindingLevel.Warning, finding.Level));
    }

    [Fact]
    public void Every_file_is_one_of_three_kinds_and_every_repair_has_its_cause()
    {
        Assert.All(RuleFixture.All, static fixture => Assert.Contains(fixture.Kind, (string[])["ok", "bad", "fixed"]));
        Assert.All(
            RuleFixture.All.Where(static fixture => fixture.Kind == "fixed"),
            static fixture => Assert.Contains(RuleFixture.All, other => other.Rule == fixture.Rule && other.Kind == "bad" && other.Why == fixture.Why));
    }

    [Fact]
    public void Every_rule_has_fixtures_that_hold_and_fixtures_that_do_not_in_both_directions()
    {
        foreach (var rule in RuleCatalog.Descriptions)
        {
            var own = RuleFixture.All.Where(fixture => fixture.Rule == rule.Id).ToList();
            Assert.True(own.Exists(static fixture => fixture.Kind == "ok"), $"{rule.Id} has no ok fixture");
            Assert.True(own.Exists(static fixture => fixture.Kind == "bad"), $"{rule.Id} has no bad fixture");
        }

        Assert.Empty(RuleFixture.All.Select(static fixture => fixture.Rule).Except(RuleCatalog.Descriptions.Select(static rule => rule.Id)));
    }

    [Fact]
    public void Both_families_are_enforced_by_every_rule_that_repairs()
    {
        var repairing = RuleFixture.All.Where(static fixture => fixture.Kind == "fixed").GroupBy(static fixture => fixture.Rule);
        // The brackets of TPF007, a missing marker and a rollout are the same in both directions; dual-stack names have both families.
        foreach (var rule in repairing.Where(static rule => rule.Key is not ("TPF007" or "TPF010" or Rollout or "TPF017" or "TPF018")))
        {
            Assert.Contains(rule, static fixture => fixture.Family == AddressFamily.IPv4);
            Assert.Contains(rule, static fixture => fixture.Family == AddressFamily.IPv6);
        }
    }

    [Fact]
    public void Every_message_says_what_was_found_why_it_matters_and_what_to_do()
    {
        var messages = RuleFixture.All.Where(static fixture => fixture.Kind == "bad").SelectMany(static fixture =>
        {
            var report = fixture.Run(ModeOf(fixture)).Report;
            return report.Findings.Where(finding => finding.Rule.Id == fixture.Rule)
                .Select(finding => TextReporter.Line(finding, report.LevelOf(finding), refused: report.Mode == RunMode.Check))
                .Prepend($"# {fixture}");
        });

        SnapshotAssert.Match(string.Join('\n', messages) + "\n", "Rules", "messages");
    }

    [Fact]
    public void A_rollout_is_asked_for_only_where_a_config_is_really_changed()
    {
        var fixture = RuleFixture.All.First(static fixture => fixture is { Rule: Rollout, Kind: "bad" });

        var report = fixture.Run(RunMode.Check).Report;

        Assert.NotEmpty(report.Findings);
        Assert.DoesNotContain(report.Findings, static finding => finding.Rule.Id == Rollout);
        Assert.DoesNotContain(report.Analyses.SelectMany(static analysis => analysis.Satisfied), static rule => rule.Id == Rollout);
    }

    private static RunMode ModeOf(RuleFixture fixture) => fixture.Rule == Rollout ? RunMode.Enforce : RunMode.Check;

    private static RuleFixture Find(string name) => RuleFixture.All.Single(fixture => fixture.ToString() == name);
}
