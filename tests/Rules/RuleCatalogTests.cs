using System.Reflection;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

public class RuleCatalogTests
{
    [Fact]
    public void Every_rule_there_is_stands_in_the_catalog_once()
    {
        var rules = typeof(Rule).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract);

        Assert.Equal(
            rules.OrderBy(static type => type.Name),
            RuleCatalog.All.Select(static rule => rule.GetType()).OrderBy(static type => type.Name)
        );
        Assert.All(rules, static type => Assert.True(type.IsSealed));
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
        Assert.Distinct(RuleCatalog.Descriptions.Select(static rule => rule.Id));
        Assert.Distinct(RuleCatalog.Descriptions.Select(static rule => rule.Name));
    }

    /// <summary>Users write ids into annotations and pipelines, so the snapshot, including retired ids, may only grow.</summary>
    [Fact]
    public void Ids_are_never_given_away_again()
    {
        var ids = Ids()
            .Select(static id => $"{id.Id} {id.Name}")
            .Concat(RuleIds.Retired.Select(static id => $"{id} (retired)"))
            .Order(StringComparer.Ordinal);

        SnapshotAssert.Match(string.Join('\n', ids) + "\n", "Rules", "ids");
    }

    [Fact]
    public void Every_id_is_used_once_and_none_comes_back()
    {
        Assert.Empty(IdFaults(Ids(), RuleIds.Retired));
        Assert.Equal(["TPF001 is used twice"], IdFaults([("TPF001", "One"), ("TPF001", "Other")], []));
        Assert.Equal(["TPF001 is retired"], IdFaults([("TPF001", "One")], ["TPF001"]));
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
            .Select(static group => $"{group.Key} is used twice")
            .Concat(ids.Where(id => retired.Contains(id.Id)).Select(static id => $"{id.Id} is retired"));
}
