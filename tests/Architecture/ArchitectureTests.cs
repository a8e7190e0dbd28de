using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;
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
    public void Every_folder_of_the_program_is_a_layer()
    {
        var folders = Directory
            .EnumerateDirectories(Repository.Path("postrender"))
            .Where(static folder => Directory.EnumerateFiles(folder, "*.cs").Any())
            .Select(static folder => Path.GetFileName(folder)!)
            .ToList();
        var rows = Table.ConvertAll(static layer => layer.Layer);

        AssertNone.Of(folders.Except(rows), $"Add a row for each of these folders of postrender to the table of layers in {Page}:");
        AssertNone.Of(
            rows.Except(folders),
            $"Remove these rows from the table of layers in {Page}, because postrender has no such folder:"
        );
    }

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
                        $"{Page}: {Table[i].Layer} uses {use}, which is not a row above it. Data flows in one direction: move the code "
                            + "that both need to a row above them"
                    )
            );
        }
    }

    [Fact]
    public void The_compiled_code_of_a_layer_uses_no_other_layers_than_the_table_says() =>
        AssertNone.Of(
            new Layers(typeof(Rule).Assembly, Program).Breaches(
                Table.ToDictionary(static layer => layer.Layer, static layer => layer.Uses)
            ),
            $"These uses are not in the table of layers in {Page}. Move the code to a layer that may use it; change the table only if the "
                + "direction of the data stays the same:"
        );

    [Fact]
    public void The_folders_of_the_live_checks_use_those_above_them_as_the_table_says()
    {
        var table = ClusterRow()
            .Matches(File.ReadAllText(Repository.Path(Page)))
            .Select(static row =>
                (Folder: row.Groups["layer"].Value, Uses: row.Groups["uses"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            )
            .ToList();

        Assert.Equal(
            Directory.EnumerateDirectories(Repository.Path("postrender", "Cluster")).Select(Path.GetFileName).Order(),
            table.Select(static row => row.Folder).Order()
        );
        Assert.All(
            table.SelectMany(
                (row, index) => row.Uses.Select(use => (Use: use, Above: table.Take(index).Select(static other => other.Folder)))
            ),
            static use => Assert.Contains(use.Use, use.Above)
        );
        Assert.Equal(
            table.SelectMany(static row => row.Uses.Select(use => $"{row.Folder} uses {use}")).Order(),
            new Layers(typeof(Rule).Assembly, $"{Program}.Cluster")
                .Uses()
                .Select(static use => $"{use.Layer} uses {use.Uses}")
                .Distinct()
                .Order()
        );
    }

    /// <summary>The compiler copies a constant into the code that uses it, so only the source shows where it is from.</summary>
    [Fact]
    public void The_source_of_a_layer_names_no_other_layers_than_the_table_says() =>
        AssertNone.Of(
            from layer in Table
            from file in Directory.EnumerateFiles(Repository.Path("postrender", layer.Layer), "*.cs", SearchOption.AllDirectories)
            from use in NamedIn(File.ReadAllText(file)).Except([layer.Layer, .. layer.Uses])
            where Table.Exists(other => other.Layer == use)
            select $"{Path.GetRelativePath(Repository.Root, file)} names {use}",
            $"These uses are not in the table of layers in {Page}. Move the constant to a layer that both may use:"
        );

    [Fact]
    public void A_layer_that_is_named_is_found() =>
        Assert.Equal(
            ["Graph", "Reporting"],
            NamedIn("using Tempo.PostRender.Graph;\nvar name = global::Tempo.PostRender.Reporting.TextReporter.Program;").Order()
        );

    [Fact]
    public void The_table_lists_no_use_that_the_code_has_not()
    {
        var uses = new Layers(typeof(Rule).Assembly, Program).Uses().Select(static use => (use.Layer, use.Uses)).ToHashSet();

        AssertNone.Of(
            from layer in Table
            from use in layer.Uses
            where !uses.Contains((layer.Layer, use))
            select $"{layer.Layer} uses {use}",
            $"The code does not use these layers any more; remove them from the table in {Page}:"
        );
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
        AssertNone.Of(
            CompiledCode
                .SelectorsIn(
                    typeof(Rule).Assembly.Location,
                    static type => type.StartsWith(Program) && !type.StartsWith($"{Program}.Graph.")
                )
                .Except(["ImmutableFields: selector"]),
            "Only the graph matches selectors. Ask it, or add the query to postrender/Graph; these types name a key of a selector:"
        );

    [Fact]
    public void A_selector_that_is_read_elsewhere_is_found()
    {
        var found = CompiledCode.SelectorsIn(
            typeof(ArchitectureTests).Assembly.Location,
            static type => type.StartsWith($"{Samples}.Lower")
        );

        Assert.Equal(["ReadsSelectors: matchLabels", "ReadsSelectors: selector"], found.Order());
    }

    [Fact]
    public void No_rule_reads_the_text_of_a_document() =>
        AssertNone.Of(
            CompiledCode.TextOfDocumentsIn(
                typeof(Rule).Assembly.Location,
                static type => type.StartsWith($"{Program}.Rules."),
                typeof(YamlDocument).FullName!
            ),
            "Rules read nodes and ask the graph, because text in comments and other scalars misleads. Add the query to postrender/Graph:"
        );

    [Fact]
    public void A_text_that_is_read_is_found() =>
        Assert.Equal(
            ["ReadsText: Text"],
            CompiledCode.TextOfDocumentsIn(
                typeof(ArchitectureTests).Assembly.Location,
                static type => type.StartsWith($"{Samples}.Lower"),
                typeof(YamlDocument).FullName!
            )
        );

    /// <summary>Readers should not have to count; a value type with many members is a row of a table.</summary>
    [Fact]
    public void A_record_of_more_than_four_members_names_them() =>
        AssertNone.Of(
            PositionalRecords.WithMoreThan(4, typeof(Rule).Assembly, Program),
            "Give these records members with names (public required string Id { get; init; }):"
        );

    [Fact]
    public void A_record_that_does_not_name_its_members_is_found() =>
        Assert.Equal([$"{Samples}.Lower.HasFive"], PositionalRecords.WithMoreThan(4, typeof(ArchitectureTests).Assembly, Samples));

    [Theory]
    [InlineData("postrender")]
    [InlineData("tests")]
    public void No_line_is_longer_than_the_formatter_allows(string folder) =>
        AssertNone.Of(
            LineLengths.In(Repository.Path(folder)),
            $"Break these comments and texts, which the formatter cannot break, at {LineLengths.Limit} characters:"
        );

    [Fact]
    public void A_line_that_is_too_long_is_found() =>
        Assert.Equal([2], LineLengths.TooLong($"{new string('x', LineLengths.Limit)}\n{new string('x', LineLengths.Limit + 1)}\n"));

    [Fact]
    public void Every_folder_of_the_tests_is_described()
    {
        var page = File.ReadAllText(Repository.Path(Page));
        AssertNone.Of(
            Directory
                .EnumerateDirectories(Repository.Path("tests"))
                .Where(static folder => Directory.EnumerateFiles(folder, "*Tests.cs").Any())
                .Select(static folder => $"`tests/{Path.GetFileName(folder)}`")
                .Where(folder => !page.Contains(folder)),
            $"Add a row for each of these folders to the last table in {Page}:"
        );
    }

    private static IEnumerable<string> NamedIn(string source) =>
        Name().Matches(source).Select(static match => match.Groups["layer"].Value).Distinct();

    [GeneratedRegex(@"\bTempo\.PostRender\.(?<layer>\w+)")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `postrender/(?<layer>\w+)` \|[^|]*\|(?<uses>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `postrender/Cluster/(?<layer>\w+)` \|[^|]*\|(?<uses>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex ClusterRow();

    [GeneratedRegex(@"(?<=Samples\.Lower\.)\w+")]
    private static partial Regex Sample();
}
