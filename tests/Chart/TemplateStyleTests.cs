using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart;

/// <summary>Users read templates before they trust them: each template says what it creates, and its lines are short.</summary>
public partial class TemplateStyleTests
{
    private const int LongestLine = 120;

    private static IEnumerable<string> Templates =>
        Directory.EnumerateFiles(Repository.Path("chart", "templates"), "*", SearchOption.AllDirectories);

    /// <summary>NOTES.txt is text for people, in which a line is a sentence.</summary>
    private static IEnumerable<string> Code => Templates.Where(static file => Path.GetExtension(file) != ".txt");

    [Fact]
    public void Every_template_begins_with_what_it_makes() =>
        AssertNone.Of(
            Code.Where(static file => !Head().IsMatch(File.ReadAllText(file))).Select(static file => Path.GetFileName(file)),
            "Begin these templates with a comment that says what they create:"
        );

    [Fact]
    public void Every_helper_says_what_it_makes_of_what() =>
        AssertNone.Of(
            from file in Code
            from Match define in Define().Matches(File.ReadAllText(file))
            where !define.Groups["comment"].Success && !define.Groups["name"].Value.EndsWith(".read")
            select define.Groups["name"].Value,
            "Write a comment above these definitions that says what they create, and from which arguments:"
        );

    [Fact]
    public void No_line_is_too_long_and_none_chooses_twice() =>
        AssertNone.Of(
            from file in Code
            from line in File.ReadLines(file).Index()
            where line.Item.Length > LongestLine || Choice().Count(line.Item) > 1
            select $"{Path.GetFileName(file)}:{line.Index + 1}",
            $"Break these lines at {LongestLine} characters, or at the second ternary:"
        );

    [Fact]
    public void No_template_writes_into_the_values() =>
        AssertNone.Of(
            from file in Code
            from Match write in Write().Matches(File.ReadAllText(file))
            select $"{Path.GetFileName(file)}: {write.Value}",
            "Subcharts and later templates see a change of .Values. Copy the map first:"
        );

    [GeneratedRegex(@"\A\{\{-? ?/\*")]
    private static partial Regex Head();

    [GeneratedRegex(@"(?<comment>\*/ ?-?\}\}\n)?\{\{-? define ""(?<name>[^""]+)""")]
    private static partial Regex Define();

    [GeneratedRegex(@"\bternary\b")]
    private static partial Regex Choice();

    [GeneratedRegex(@"(set|unset) (\$[a-z]*\.ctx|\.ctx|\$v|\$|\$ctx)?(\.Values)[ .)][^\n]*")]
    private static partial Regex Write();
}
