using System.Globalization;
using Tempo.Helm.Tests.Documents;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Cluster.Preflight;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Migration;

namespace Tempo.Helm.Tests.Generated;

[Collection(DocumentCollection.Name)]
public class GeneratedFileTests
{
    /// <summary>The page of rules is generated as a whole, including its options.</summary>
    public static TheoryData<string> PagesOfCommands =>
        [
            .. CommandDocumentation.Pages.Keys.Where(static page =>
                page != RulesPage && File.ReadAllText(Repository.Path(page)).Contains("<!-- generated: options -->")
            ),
        ];

    private const string RulesPage = "docs/rules.md";

    [Fact]
    public void The_table_of_rules_in_the_README_is_the_catalog() =>
        GeneratedFile.MatchPart("README.md", "rules", RuleDocumentation.Table());

    [Fact]
    public void The_page_of_rules_is_the_catalog_with_fixtures() => GeneratedFile.Match(RulesPage, RuleDocumentation.Markdown());

    [Fact]
    public async Task The_picture_of_the_tour_is_what_the_program_prints() =>
        GeneratedFile.Match("docs/tour.svg", await TourPicture.SvgAsync());

    [Fact]
    public async Task The_picture_of_a_release_is_that_of_the_page() =>
        GeneratedFile.Match("docs/release.svg", await PagePicture.SvgAsync());

    [Fact]
    public void The_table_of_exit_codes_in_the_README_is_the_programs() =>
        GeneratedFile.MatchPart(
            "README.md",
            "exit codes",
            "| code | meaning |\n| --- | --- |\n"
                + string.Concat(
                    ExitCodes.Table.Select(static entry =>
                        string.Create(CultureInfo.InvariantCulture, $"| {(int)entry.Code} | {entry.Meaning} |\n")
                    )
                )
        );

    [Theory]
    [InlineData("tempo-distributed")]
    [InlineData("tempo")]
    [InlineData("tempo-stack")]
    [InlineData("tempo-monolithic")]
    public void The_table_of_values_in_a_guide_is_what_the_command_migrate_reads(string source)
    {
        var table = MigrationTable.All.Single(table => table.Name == source);

        GeneratedFile.MatchPart(table.Guide, $"values of {source}", MigrationDocumentation.Markdown(table));
    }

    [Theory]
    [InlineData("tempo-distributed")]
    [InlineData("tempo")]
    public void The_table_of_what_differs_has_the_defaults_of_the_chart(string source)
    {
        var table = MigrationTable.All.Single(table => table.Name == source);

        GeneratedFile.MatchPart(table.Guide, $"what differs from {source}", MigrationDocumentation.Differences(table));
    }

    [Fact]
    public void The_tables_of_checks_are_the_programs()
    {
        GeneratedFile.MatchPart("docs/preflight.md", "checks", CommandDocumentation.Checks(PreflightChecks.All));
        GeneratedFile.MatchPart("docs/verify.md", "checks", CommandDocumentation.Checks(LiveChecks.All));
    }

    [Theory]
    [MemberData(nameof(PagesOfCommands))]
    public void The_table_of_options_on_the_page_of_a_command_is_the_programs(string page) =>
        GeneratedFile.MatchPart(page, "options", CommandDocumentation.Options(CommandDocumentation.Pages[page]));
}
