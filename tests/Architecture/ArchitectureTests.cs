using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Architecture;

/// <summary>The table of layers in ARCHITECTURE.md matches the code, and the tests that check it can fail.</summary>
public partial class ArchitectureTests
{
    private const string Page = "ARCHITECTURE.md";
    private const string Program = "Tempo.PostRender";
    private const string Samples = "Tempo.Helm.Tests.Architecture.Samples";

    private static readonly List<(string Layer, string[] Uses)> Table =
    [
        .. Row()
            .Matches(File.ReadAllText(Repository.Path(Page)))
            .Select(static row =>
                (row.Groups["layer"].Value, row.Groups["uses"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            ),
    ];

    [Fact]
    public void Every_folder_of_the_program_is_a_layer() =>
        Assert.Equal(
            Directory
                .EnumerateDirectories(Repository.Path("postrender"))
                .Where(static folder => Directory.EnumerateFiles(folder, "*.cs").Any())
                .Select(static folder => Path.GetFileName(folder)!)
                .Order(),
            Table.Select(static layer => layer.Layer).Order()
        );

    [Fact]
    public void A_layer_uses_layers_above_it_only()
    {
        for (var i = 0; i < Table.Count; i++)
        {
            Assert.All(
                Table[i].Uses,
                use =>
                    Assert.True(
                        Table[..i].Exists(layer => layer.Layer == use),
                        $"{Page}: {Table[i].Layer} uses {use}, which does not stand above it"
                    )
            );
        }
    }

    [Fact]
    public void The_compiled_code_of_a_layer_uses_no_other_layers_than_the_table_says() =>
        Assert.Empty(
            new Layers(typeof(Rule).Assembly, Program).Breaches(Table.ToDictionary(static layer => layer.Layer, static layer => layer.Uses))
        );

    [Fact]
    public void The_table_lists_no_use_that_the_code_has_not()
    {
        var uses = new Layers(typeof(Rule).Assembly, Program).Uses().Select(static use => (use.Layer, use.Uses)).ToHashSet();

        Assert.All(Table.SelectMany(static layer => layer.Uses.Select(use => (layer.Layer, use))), use => Assert.Contains(use, uses));
    }

    /// <summary>A guard that cannot fail guards nothing.</summary>
    [Fact]
    public void A_use_of_a_layer_is_found_in_whatever_form_it_is_written()
    {
        var breaches = new Layers(typeof(ArchitectureTests).Assembly, Samples).Breaches(
            new Dictionary<string, string[]> { ["Upper"] = [], ["Lower"] = [] }
        );

        Assert.Equal(
            ["UsesAProperty", "UsesInALambda", "UsesInAnIterator", "UsesWithoutNamingIt"],
            breaches.Select(static breach => Sample().Match(breach).Value).Distinct().Order()
        );
    }

    /// <summary>Preflight compares the field as a whole, as one of those that Kubernetes never changes.</summary>
    [Fact]
    public void Only_the_graph_reads_selectors() =>
        Assert.Equal(
            ["ImmutableFields: selector"],
            SelectorUse.In(
                typeof(Rule).Assembly.Location,
                static type =>
                    type.StartsWith(Program, StringComparison.Ordinal) && !type.StartsWith($"{Program}.Graph.", StringComparison.Ordinal)
            )
        );

    [Fact]
    public void A_selector_that_is_read_elsewhere_is_found()
    {
        var found = SelectorUse.In(
            typeof(ArchitectureTests).Assembly.Location,
            static type => type.StartsWith($"{Samples}.Lower", StringComparison.Ordinal)
        );

        Assert.Equal(["ReadsSelectors: matchLabels", "ReadsSelectors: selector"], found.Order());
    }

    /// <summary>Readers should not have to count; a value type with many members is a row of a table.</summary>
    [Fact]
    public void A_record_of_more_than_four_members_names_them() =>
        Assert.Empty(PositionalRecords.WithMoreThan(4, typeof(Rule).Assembly, Program));

    [Fact]
    public void A_record_that_does_not_name_its_members_is_found() =>
        Assert.Equal([$"{Samples}.Lower.HasFive"], PositionalRecords.WithMoreThan(4, typeof(ArchitectureTests).Assembly, Samples));

    [Theory]
    [InlineData("postrender")]
    [InlineData("tests")]
    public void No_line_is_longer_than_the_formatter_allows(string folder) => Assert.Empty(LineLengths.In(Repository.Path(folder)));

    [Fact]
    public void A_line_that_is_too_long_is_found() =>
        Assert.Equal([2], LineLengths.TooLong($"{new string('x', LineLengths.Limit)}\n{new string('x', LineLengths.Limit + 1)}\n"));

    [Fact]
    public void Every_folder_of_the_tests_is_described()
    {
        var page = File.ReadAllText(Repository.Path(Page));
        Assert.All(
            Directory
                .EnumerateDirectories(Repository.Path("tests"))
                .Where(static folder => Directory.EnumerateFiles(folder, "*Tests.cs").Any())
                .Select(static folder => $"`tests/{Path.GetFileName(folder)}`"),
            folder => Assert.Contains(folder, page, StringComparison.Ordinal)
        );
    }

    [GeneratedRegex(@"^\| `postrender/(?<layer>\w+)` \|[^|]*\|(?<uses>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=Samples\.Lower\.)\w+")]
    private static partial Regex Sample();
}
