using System.Reflection;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

public class RuleCatalogTests
{
    [Fact]
    public void Every_rule_there_is_stands_in_the_catalog_once()
    {
        var rules = typeof(Rule).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract);

        Assert.Equal(rules.OrderBy(static type => type.Name), RuleCatalog.All.Select(static rule => rule.GetType()).OrderBy(static type => type.Name));
        Assert.All(rules, static type => Assert.True(type.IsSealed));
    }

    [Fact]
    public void Descriptions_are_complete_and_unique()
    {
        Assert.All(RuleCatalog.Descriptions, static rule =>
        {
            Assert.Matches("^TPF[0-9]{3}$", rule.Id);
            Assert.Matches("^[a-z]+(-[a-z]+)*$", rule.Name);
            Assert.NotEmpty(rule.Requirement);
            Assert.NotEmpty(rule.Fix);
            Assert.NotEmpty(rule.Holds);
            Assert.NotEqual(ReleaseParts.None, rule.Reads);
            Assert.DoesNotContain('|', rule.Requirement + rule.Fix);
        });
        Assert.Distinct(RuleCatalog.Descriptions.Select(static rule => rule.Id));
        Assert.Distinct(RuleCatalog.Descriptions.Select(static rule => rule.Name));
    }

    /// <summary>People write ids into annotations and pipelines: the snapshot may only grow.</summary>
    [Fact]
    public void Ids_are_never_given_away_again()
    {
        var ids = typeof(RuleIds).GetFields(BindingFlags.Static | BindingFlags.Public).Select(static field => $"{field.GetRawConstantValue()} {field.Name}").Order(StringComparer.Ordinal);

        SnapshotAssert.Match(string.Join('\n', ids) + "\n", "Rules", "ids");
    }

    /// <summary>A rule declares what it reads; over all fixtures it reads that and nothing else.</summary>
    [Fact]
    public void Rules_read_what_they_declare()
    {
        var seen = RuleCatalog.All.ToDictionary(static rule => rule, static _ => ReleaseParts.None);
        foreach (var fixture in RuleFixture.All.Where(static fixture => fixture.Family is not null))
        {
            foreach (var release in ReleaseGraph.Build([Yaml.Stream(fixture.Text)]).Releases)
            {
                foreach (var rule in RuleCatalog.All)
                {
                    var context = new RuleContext(release, fixture.Family!.Value, RuleOptions.DefaultGossipLabel, earlier: []);
                    Assert.All(rule.Check(context).ToList(), Assert.NotNull);
                    seen[rule] |= context.Seen;
                }
            }
        }

        Assert.All(RuleCatalog.All, rule => Assert.Equal((rule.Description.Id, rule.Description.Reads), (rule.Description.Id, seen[rule])));
    }

    [Fact]
    public void Rules_are_short()
    {
        var files = Directory.EnumerateFiles(Repository.Path("postrender", "Rules"), "*.cs");

        Assert.All(files, static file => Assert.True(File.ReadLines(file).Count() <= 250, $"{file} is longer than 250 lines: the graph lacks a query"));
    }

    [Fact]
    public void Only_the_graph_matches_selectors()
    {
        var matching = new Regex(@"matchLabels|matchExpressions|""selector""");
        var elsewhere = Directory.EnumerateFiles(Repository.Path("postrender"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/Graph/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => matching.IsMatch(File.ReadAllText(file).Replace("found.Path.Key(\"spec\", \"selector\")", "", StringComparison.Ordinal)));

        Assert.Empty(elsewhere);
    }
}
