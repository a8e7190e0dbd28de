using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;
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
    public void Every_file_is_of_a_known_kind() =>
        Assert.All(RuleFixture.All, static fixture => Assert.Contains(fixture.Kind, (string[])["ok", "bad"]));

    [Fact]
    public void Every_rule_has_ok_and_bad_fixtures()
    {
        foreach (var rule in RuleCatalog.Descriptions)
        {
            var own = RuleFixture.All.Where(fixture => fixture.Rule == rule.Id).ToList();
            Assert.True(own.Exists(static fixture => fixture.Kind == "ok"), $"{rule.Id} has no ok fixture");
            Assert.True(own.Exists(static fixture => fixture.Kind == "bad"), $"{rule.Id} has no bad fixture");
        }

        AssertNone.Of(
            RuleFixture.All.Select(static fixture => fixture.Rule).Except(RuleCatalog.Descriptions.Select(static rule => rule.Id)),
            "These folders of tests/Rules/Fixtures belong to no rule:"
        );
    }

    /// <summary>Not a rule that depends on fixes: it is about changes of the run itself.</summary>
    [Fact]
    public void Every_rule_is_reported_as_satisfied_in_one_of_its_fixtures() =>
        Assert.Equal(
            RuleCatalog
                .Descriptions.Select(static rule => rule.Id)
                .Except(RuleFixture.All.Where(static fixture => fixture.Mode == RunMode.Enforce).Select(static fixture => fixture.Rule)),
            RuleFixture
                .All.Where(static fixture =>
                    fixture.Kind == "ok"
                    && fixture
                        .Run(RunMode.Enforce)
                        .Report.Analyses.SelectMany(static analysis => analysis.Satisfied)
                        .Any(rule => rule.Id == fixture.Rule)
                )
                .Select(static fixture => fixture.Rule)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_rule_is_broken_and_fixed_in_both_directions() =>
        AssertNone.Of(
            OneSided(
                RuleFixture
                    .All.Where(static fixture => fixture.Kind == "bad")
                    .Select(static fixture =>
                        (fixture.Rule, Direction(fixture), fixture.Fixed is not null, fixture.OneDirection is not null)
                    )
            )
        );

    [Fact]
    public void A_rule_with_one_direction_only_is_found()
    {
        (string, AddressFamily?, bool, bool) broken = ("TPF998", AddressFamily.IPv6, false, false);
        (string, AddressFamily?, bool, bool) repaired = ("TPF998", AddressFamily.IPv6, true, false);
        (string, AddressFamily?, bool, bool) declared = ("TPF998", AddressFamily.IPv4, true, true);
        (string, AddressFamily?, bool, bool) undecided = ("TPF998", null, false, false);
        const string NotBroken =
            "TPF998 has bad fixtures for IPv6 only: add one for IPv4, or the header one-direction: <reason> to each of them";

        Assert.Equal([NotBroken], OneSided([repaired]));
        Assert.Equal(
            ["TPF998 fixes fixtures of IPv6 only: add one for IPv4, or the header one-direction: <reason> to each of them"],
            OneSided([repaired, ("TPF998", AddressFamily.IPv4, false, false)])
        );
        Assert.Empty(OneSided([repaired, ("TPF998", AddressFamily.IPv4, true, false)]));
        Assert.Empty(OneSided([declared]));
        // A fixture that is declared neither counts for its family, nor exempts the other fixtures of its rule.
        Assert.Equal([NotBroken], OneSided([broken, declared]));
        // Without a family, a fixture has no direction.
        Assert.Equal([NotBroken], OneSided([broken, undecided]));
        Assert.Equal(
            ["TPF998 has bad fixtures for no family: add one for IPv4 and IPv6, or the header one-direction: <reason> to each of them"],
            OneSided([undecided])
        );
    }

    /// <summary>The family that the option states or that the program finds, or null.</summary>
    private static AddressFamily? Direction(RuleFixture fixture) =>
        fixture.Family ?? fixture.Run(RunMode.Check).Report.Analyses.Select(static analysis => analysis.Decision.Family).FirstOrDefault();

    private static IEnumerable<string> OneSided(
        IEnumerable<(string Rule, AddressFamily? Family, bool IsRepaired, bool IsDeclared)> fixtures
    ) =>
        from rule in fixtures.Where(static fixture => !fixture.IsDeclared).GroupBy(static fixture => fixture.Rule)
        let broken = rule.Select(static fixture => fixture.Family).OfType<AddressFamily>().Distinct().ToList()
        let repaired = rule.Where(static fixture => fixture.IsRepaired)
            .Select(static fixture => fixture.Family)
            .OfType<AddressFamily>()
            .Distinct()
            .ToList()
        where broken.Count < 2 || repaired.Count == 1
        let only = broken.Count < 2 ? broken : repaired
        let has = broken.Count < 2 ? "has bad fixtures for" : "fixes fixtures of"
        let missing = string.Join(" and ", Enum.GetValues<AddressFamily>().Except(only))
        select $"{rule.Key} {has} {(only.Count == 0 ? "no family" : $"{only[0]} only")}: add one for {missing}, "
            + "or the header one-direction: <reason> to each of them";

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
                Assert.DoesNotContain(report.Analyses.SelectMany(static analysis => analysis.Satisfied), rule => rule.Id == fixture.Rule);
            }
        );
    }

    private static RuleFixture Find(string name) => RuleFixture.All.Single(fixture => fixture.ToString() == name);
}
