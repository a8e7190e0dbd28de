using System.Globalization;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Generated;

public class GeneratedFileTests
{
    [Fact]
    public void The_table_of_rules_in_the_README_is_the_catalog() => GeneratedFile.MatchPart("README.md", "rules", RuleTable.Markdown());

    [Fact]
    public void The_page_of_rules_is_the_catalog_with_fixtures() => GeneratedFile.Match("docs/rules.md", RuleDocumentation.Markdown());

    [Fact]
    public void The_table_of_exit_codes_in_the_README_is_the_programs() => GeneratedFile.MatchPart(
        "README.md",
        "exit codes",
        "| code | meaning |\n| --- | --- |\n" + string.Concat(ExitCodes.Table.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"| {(int)entry.Code} | {entry.Meaning} |\n"))));
}
