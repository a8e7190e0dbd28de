using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

/// <summary>The fixtures as a whole: which ones a rule needs, and what they declare.</summary>
public class RuleFixtureSetTests
{
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
                        .Report.Analyses.SelectMany(static analysis => analysis.Satisfied.Value)
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
    public void Fixtures_with_the_same_messages_say_what_differs() =>
        AssertNone.Of(
            Unexplained(
                RuleFixture
                    .All.Where(static fixture => fixture.Kind == "bad")
                    .Select(static fixture => ($"{fixture}", Messages(fixture), fixture.Comment is not null))
            ),
            "Other fixtures of the rule get the same messages. Say in the first line, after #, what differs:"
        );

    [Fact]
    public void A_fixture_with_the_messages_of_another_is_found() =>
        Assert.Equal(["a"], Unexplained([("a", "same", false), ("b", "same", true), ("c", "other", false)]));

    /// <summary>The findings of its own rule, without the lines of the input.</summary>
    private static string Messages(RuleFixture fixture) =>
        string.Join(
            '\n',
            fixture
                .Run(fixture.Mode)
                .Report.Findings.Where(finding => finding.Rule.Id == fixture.Rule)
                .Select(static finding =>
                    $"{finding.Rule.Id} {finding.Place.Object} {finding.Place.FullPath} {finding.Found} {finding.Why} {finding.Remedy}"
                )
        );

    private static IEnumerable<string> Unexplained(IEnumerable<(string Name, string Messages, bool IsExplained)> fixtures) =>
        fixtures
            .GroupBy(static fixture => fixture.Messages)
            .Where(static same => same.Count() > 1)
            .SelectMany(static same => same.Where(static fixture => !fixture.IsExplained))
            .Select(static fixture => fixture.Name);
}
