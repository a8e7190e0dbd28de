using System.Reflection;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cluster.Preflight;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

public class RuleCatalogTests
{
    [Fact]
    public void Every_rule_is_in_the_catalog_once()
    {
        var rules = typeof(Rule).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract);

        AssertNone.Of(
            rules.Except(RuleCatalog.All.Select(static rule => rule.GetType())).Select(static type => type.Name),
            "Add these rules to the list in postrender/Rules/RuleCatalog.cs:"
        );
        Assert.Distinct(RuleCatalog.All.Select(static rule => rule.GetType()));
        Assert.All(rules, static type => Assert.True(type.IsSealed, $"{type.Name} must be sealed: a rule is one class"));
    }

    [Fact]
    public void Descriptions_are_complete_and_unique()
    {
        Assert.All(
            RuleCatalog.Descriptions,
            static rule =>
            {
                Assert.Matches("^TPF[0-9]{3}$", rule.Id);
                Assert.Matches("^[a-z]+(-[a-z]+)*$", rule.Name);
                Assert.NotEmpty(rule.Requirement);
                Assert.NotEmpty(rule.Fix);
                Assert.NotEmpty(rule.Problem);
                Assert.NotEmpty(rule.Holds);
                Assert.NotEmpty(rule.Why);
                Assert.NotEmpty(rule.Source);
                Assert.DoesNotContain('|', rule.Requirement + rule.Fix);
            }
        );
        var all = RuleCatalog.Descriptions.Concat(PreflightChecks.All).Concat(LiveChecks.All).ToList();
        Assert.Distinct(all.Select(static rule => rule.Id));
        Assert.Distinct(all.Select(static rule => rule.Name));
    }

    /// <summary>Users write ids into annotations and pipelines, so the snapshot, including retired ids, may only grow.</summary>
    [Fact]
    public void Ids_are_never_reused()
    {
        var ids = Ids()
            .Select(static id => $"{id.Id} {id.Name}")
            .Concat(RuleIds.Retired.Select(static id => $"{id} (retired)"))
            .Order()
            .ToList();

        // Also before an update, so that an update cannot accept a reused id.
        AssertNone.Of(ChangedIds(File.ReadLines(Repository.Path("tests", "Rules", "__snapshots__", "ids.snap")), ids));
        SnapshotAssert.Match(string.Join('\n', ids) + "\n", "Rules", "ids");
    }

    [Fact]
    public void An_id_with_another_meaning_is_found() =>
        Assert.Equal(
            [
                "TPF001 (One) is missing: move it to the list of retired ids in postrender/Rules/RuleIds.cs",
                "TPF002 (retired) has become Two: give Two a new id",
                "TPF003 (Three) has become Other: give Other a new id; if only the name of the rule changed, change ids.snap by hand",
            ],
            ChangedIds(
                ["TPF001 One", "TPF002 (retired)", "TPF003 Three", "TPF004 Four", "TPF005 Five"],
                ["TPF002 Two", "TPF003 Other", "TPF004 (retired)", "TPF005 Five", "TPF006 Six"]
            )
        );

    [Fact]
    public void Every_id_is_used_once_and_none_comes_back()
    {
        AssertNone.Of(IdFaults(Ids(), RuleIds.Retired));
        Assert.Equal(["TPF001 is used twice: by One and Other"], IdFaults([("TPF001", "One"), ("TPF001", "Other")], []));
        Assert.Equal(["TPF001 is retired: give One a new id"], IdFaults([("TPF001", "One")], ["TPF001"]));
    }

    [Fact]
    public void Rules_are_short() =>
        AssertNone.Of(
            LongFiles(Directory.EnumerateFiles(Repository.Path("postrender", "Rules"), "*.cs"), 250),
            "The graph lacks a query, because these rules are longer than 250 lines:"
        );

    [Fact]
    public void A_long_rule_is_found() =>
        Assert.Single(LongFiles(Directory.EnumerateFiles(Repository.Path("postrender", "Rules"), "RuleEngine.cs"), 10));

    private static IEnumerable<string> LongFiles(IEnumerable<string> files, int limit) =>
        files.Where(file => File.ReadLines(file).Count() > limit);

    private static IEnumerable<string> ChangedIds(IEnumerable<string> before, IReadOnlyList<string> after)
    {
        var names = after.ToDictionary(static line => line[..6], static line => line[7..]);
        foreach (var (id, old) in before.Select(static line => (line[..6], line[7..])))
        {
            var label = old.StartsWith('(') ? $"{id} {old}" : $"{id} ({old})";
            if (!names.TryGetValue(id, out var name))
            {
                yield return $"{label} is missing: move it to the list of retired ids in postrender/Rules/RuleIds.cs";
            }
            else if (name != old && name != "(retired)")
            {
                var advice = old == "(retired)" ? "" : "; if only the name of the rule changed, change ids.snap by hand";
                yield return $"{label} has become {name}: give {name} a new id{advice}";
            }
        }
    }

    private static List<(string Id, string Name)> Ids() =>
        [
            .. typeof(RuleIds)
                .GetProperties(BindingFlags.Static | BindingFlags.Public)
                .Where(static id => id.PropertyType == typeof(string))
                .Select(static id => ((string)id.GetValue(null)!, id.Name)),
        ];

    private static IEnumerable<string> IdFaults(IReadOnlyList<(string Id, string Name)> ids, IReadOnlyList<string> retired) =>
        ids.GroupBy(static id => id.Id)
            .Where(static group => group.Count() > 1)
            .Select(static group => $"{group.Key} is used twice: by {string.Join(" and ", group.Select(static id => id.Name))}")
            .Concat(ids.Where(id => retired.Contains(id.Id)).Select(static id => $"{id.Id} is retired: give {id.Name} a new id"));
}
