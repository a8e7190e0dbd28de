using System.Text.Json;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Cli;

/// <summary><c>rules</c>: the list of rules, and the page of a rule.</summary>
public class RulesCommandTests
{
    public static TheoryData<string> Ids => [.. KnownRule.All.Select(static known => known.Rule.Id)];

    [Fact]
    public async Task Rules_are_listed()
    {
        var list = await AppRunner.RunAsync("", "rules");

        Assert.All(RuleCatalog.Descriptions, rule => Assert.Contains($"{rule.Id} {rule.Name}: {rule.Requirement}.", list.Output));
        Assert.Contains("TPF102 service-replaced (preflight): ", list.Output);
        Assert.Contains("TPF207 service-endpoints (verify): ", list.Output);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_page_of_a_rule_says_what_the_document_says(string id)
    {
        var result = await AppRunner.RunAsync([], static name => name == "COLUMNS" ? "70" : null, "rules", id);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var page = Words(result.Output);
        var rule = KnownRule.Find(id, "RULE").Rule;
        Assert.StartsWith($"{rule.Id} {rule.Name} {Words(rule.Requirement)}.", page);
        Assert.Contains(Words($"Why: {rule.Why}. Fix: {rule.Fix}. Facts: {rule.Source}."), page);
        // The program was built before an update writes the document.
        foreach (var paragraph in Update.IsAsked ? [] : Paragraphs(id))
        {
            Assert.Contains(Words(paragraph), page);
        }

        Assert.All(
            // A word, such as an address, is never split, and an example keeps its lines.
            result.Output.Split('\n').Where(static line => !line.StartsWith("    ") && line.Trim().Contains(' ')),
            static line => Assert.InRange(line.Length, 0, 70)
        );
    }

    [Theory]
    [InlineData("tpf005")]
    [InlineData("ring-family")]
    [InlineData("Ring-Family")]
    public async Task A_rule_is_found_by_its_id_and_by_its_name(string word) =>
        Assert.Equal((await AppRunner.RunAsync("", "rules", "TPF005")).Output, (await AppRunner.RunAsync("", "rules", word)).Output);

    [Fact]
    public async Task The_page_of_a_rule_has_its_example()
    {
        var result = await AppRunner.RunAsync("", "rules", "service-family");

        Assert.Contains("\nBefore and after (cache and gateway):\n\n", result.Output);
        Assert.Contains("\n    +  ipFamilies: [IPv6]\n", result.Output);
        Assert.Contains("pass --disable TPF001", result.Output);
    }

    [Theory]
    [InlineData("TPF005", "rules.md#tpf005-ring-family")]
    [InlineData("TPF102", "preflight.md#what-it-finds")]
    [InlineData("TPF207", "verify.md#what-is-looked-at")]
    public void The_link_of_a_rule_leads_to_the_page_that_describes_it(string id, string page) =>
        Assert.Equal(
            $"https://git.example/o/r/blob/v0.1.0/docs/{page}",
            RuleLinks.Of(KnownRule.Find(id, "RULE").Rule, "https://git.example/o/r", "0.1.0")
        );

    [Fact]
    public async Task Json_follows_its_schema_and_can_be_of_one_rule()
    {
        var all = await AppRunner.RunAsync("", "rules", "--format", "json");
        var one = await AppRunner.RunAsync("", "rules", "TPF207", "--format", "json");

        await SchemaAssert.MatchesAsync(all.Output, "rules.schema.json");
        await SchemaAssert.MatchesAsync(one.Output, "rules.schema.json");
        using var json = JsonDocument.Parse(all.Output);
        Assert.Equal(
            KnownRule.All.Select(static known => known.Rule.Id),
            json.RootElement.GetProperty("rules").EnumerateArray().Select(static rule => rule.GetProperty("id").GetString())
        );
        using var single = JsonDocument.Parse(one.Output);
        var rule = Assert.Single(single.RootElement.GetProperty("rules").EnumerateArray());
        Assert.Equal("verify", rule.GetProperty("command").GetString());
        Assert.False(rule.GetProperty("canBeDisabled").GetBoolean());
    }

    /// <summary>The paragraphs of a rule's section in docs/rules.md, without Markdown.</summary>
    private static IEnumerable<string> Paragraphs(string id) =>
        File.ReadAllText(Repository.Path("docs", "rules.md"))
            .Split("\n## ")
            .Where(section => section.StartsWith($"{id} "))
            .SelectMany(static section => section.Split("\n\n")[1..])
            .Select(static paragraph =>
                paragraph
                    .Replace("**Why.**", "Why:")
                    .Replace("**Fix.**", "Fix:")
                    .Replace("**Facts.**", "Facts:")
                    .Replace("```diff", "")
                    .Replace("```text", "")
                    .Replace("```", "")
            );

    private static string Words(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
