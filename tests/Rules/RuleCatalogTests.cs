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

        AssertNone.Of(
            IdsOf(File.ReadLines(Repository.Path("tests", "Rules", "__snapshots__", "ids.snap"))).Except(IdsOf(ids)),
            "Move these ids, which are not in postrender/Rules/RuleIds.cs any more, to its list of retired ids:"
        );
        SnapshotAssert.Match(string.Join('\n', ids) + "\n", "Rules", "ids");
    }

    [Fact]
    public void Every_id_is_used_once_and_none_comes_back()
    {
        AssertNone.Of(IdFaults(Ids(), RuleIds.Retired));
        Assert.Equal(["TPF001 is used twice: by One and Other"], IdFaults([("TPF001", "One"), ("TPF001", "Other")], []));
        Assert.Equal(["TPF001 is retired: give One a new id"], IdFaults([("TPF001", "One")], ["TPF001"]));
    }

    [Fact]
    public void Rules_are_short()
    {
        var files = Directory.EnumerateFiles(Repository.Path("postrender", "Rules"), "*.cs");

        Assert.All(
            files,
            static file => Assert.True(File.ReadLines(file).Count() <= 250, $"{file} is longer than 250 lines: the graph lacks a query")
        );
    }

    private static IEnumerable<string> IdsOf(IEnumerable<string> lines) => lines.Select(static line => line.Split(' ')[0]);

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
