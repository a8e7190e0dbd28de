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

    private static readonly LayerTable Table = LayerTable.Read(File.ReadAllText(Repository.Path(Page)), "postrender");

    /// <summary>What rules may use of documents: nodes, paths, edits, and texts of their own.</summary>
    private static readonly HashSet<string> NodeTypes =
    [
        nameof(YamlNode),
        nameof(MappingNode),
        nameof(MappingEntry),
        nameof(SequenceNode),
        nameof(ScalarNode),
        nameof(AliasNode),
        nameof(NodePath),
        nameof(PathSegment),
        nameof(Location),
        nameof(Edit),
        nameof(YamlValue),
        nameof(Sha256),
        nameof(StringPool),
    ];

    [Fact]
    public void The_layers_are_those_of_the_table() =>
        AssertNone.Of(
            Table.Faults(
                FoldersOf("postrender").Where(static folder => Directory.EnumerateFiles(folder, "*.cs").Any()),
                new Layers(typeof(Rule).Assembly, Program).Uses()
            ),
            $"Compared with the table of layers in {Page}. Data flows in one direction: move code to a layer that may use what it needs:"
        );

    [Fact]
    public void The_folders_of_the_live_checks_are_those_of_the_table() =>
        AssertNone.Of(
            LayerTable
                .Read(File.ReadAllText(Repository.Path(Page)), "postrender/Cluster")
                .Faults(
                    FoldersOf("postrender", "Cluster"),
                    new Layers(typeof(Rule).Assembly, $"{Program}.Cluster")
                        .Uses()
                        .Where(static use => use.Layer != Layers.Root && use.Uses != Layers.Root)
                ),
            $"Compared with the table of folders in {Page}:"
        );

    [Fact]
    public void Only_the_commands_use_the_pipeline() =>
        AssertNone.Of(PipelineUsers(typeof(Rule).Assembly, Program, "Cli"), "The pipeline is above all layers but the commands:");

    /// <summary>A guard that cannot fail guards nothing.</summary>
    [Fact]
    public void Each_fault_of_a_table_is_found()
    {
        var table = LayerTable.Read(
            """
            | `code/Low` | | High |
            | `code/High` | | |
            | `code/Old` | | Low |
            """,
            "code"
        );

        Assert.Equal(
            [
                "High uses Low, which its row does not allow: High.Type uses Low.Type",
                "Low uses High, which is not a row above it",
                "New is a folder without a row",
                "Old does not use Low: remove it from the row",
                "Old has a row, but is not a folder",
            ],
            table
                .Faults(
                    ["code/High", "code/Low", "code/New"],
                    [("Low", "High", "Low.Type", "High.Type"), ("High", "Low", "High.Type", "Low.Type")]
                )
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The compiler copies a constant into the code that uses it, so only the source shows where it is from.</summary>
    [Fact]
    public void The_source_of_a_layer_names_no_other_layers_than_the_table_says() =>
        AssertNone.Of(
            from layer in Table.Rows
            from file in Directory.EnumerateFiles(Repository.Path("postrender", layer.Layer), "*.cs", SearchOption.AllDirectories)
            from use in NamedIn(File.ReadAllText(file)).Except([layer.Layer, .. layer.Uses])
            select $"{Path.GetRelativePath(Repository.Root, file)} names {use}",
            $"These uses are not in the table of layers in {Page}. Move the constant to a layer that both may use:"
        );

    [Fact]
    public void A_layer_that_is_named_is_found() =>
        Assert.Equal(
            ["Cli", "Graph", "Reporting", "Rules"],
            NamedIn(
                    """
                    using Tempo.PostRender.Graph;
                    // Helm.HelmRun, in a comment
                    var name = global::Tempo.PostRender.Reporting.ProgramInfo.Name + Rules.RuleOptions.DefaultGossipLabel;
                    var code = (int)Cli.ExitCode.Ok + release.Migration.Count + "Cluster.Pod".Length;
                    """
                )
                .Order()
        );

    [Fact]
    public void A_use_of_a_layer_is_found_in_whatever_form_it_is_written()
    {
        var assembly = typeof(ArchitectureTests).Assembly;

        Assert.Equal(
            ["UsesAProperty", "UsesInALambda", "UsesInAnIterator", "UsesWithoutNamingIt"],
            new Layers(assembly, Samples)
                .Uses()
                .Where(static use => use is { Layer: "Lower", Uses: "Upper" })
                .Select(static use => use.Type.Split('.', '+', '/')[^1])
                .Distinct()
                .Order()
        );
        Assert.Equal(["Lower: Tempo.Helm.Tests.Architecture.Samples.Lower.UsesThePipeline"], PipelineUsers(assembly, Samples, "Upper"));
    }

    /// <summary>Preflight compares the field as a whole, as one of those that Kubernetes never changes.</summary>
    [Fact]
    public void Only_the_graph_reads_selectors() =>
        AssertNone.Of(
            CompiledCode
                .SelectorsIn(typeof(Rule).Assembly.Location, IsOutsideTheGraph)
                .Except(["ImmutableFields: selector"])
                .Concat(CompiledCode.UsesOf(typeof(Rule).Assembly.Location, IsOutsideTheGraph, $"{Program}.Graph", IsOfSelectors)),
            "Only the graph matches selectors. Ask it, or add the query to postrender/Graph; these types read selectors:"
        );

    [Fact]
    public void A_selector_that_is_read_elsewhere_is_found()
    {
        var assembly = typeof(ArchitectureTests).Assembly.Location;

        Assert.Equal(["ReadsSelectors: matchLabels", "ReadsSelectors: selector"], CompiledCode.SelectorsIn(assembly, IsSample).Order());
        Assert.Equal(
            [
                "MatchesSelectors: LabelSelector.MeetsExpressions",
                "MatchesSelectors: LabelSet.IsIn",
                "MatchesSelectors: Service.get_Selector",
            ],
            CompiledCode.UsesOf(assembly, IsSample, $"{Program}.Graph", IsOfSelectors).Order()
        );
    }

    [Fact]
    public void No_rule_reads_the_text_of_a_document() =>
        AssertNone.Of(
            CompiledCode.UsesOf(
                typeof(Rule).Assembly.Location,
                static type => type.StartsWith($"{Program}.Rules."),
                typeof(YamlDocument).Namespace!,
                IsOfText
            ),
            "Rules read nodes and ask the graph, because text in comments and other scalars misleads. Add the query to postrender/Graph; "
                + "these types use text:"
        );

    [Fact]
    public void A_text_that_is_read_is_found() =>
        Assert.Equal(
            ["ReadsBytes: ManifestDocument.get_Stream", "ReadsBytes: ManifestStream.get_Bytes", "ReadsText: YamlDocument.get_Text"],
            CompiledCode.UsesOf(typeof(ArchitectureTests).Assembly.Location, IsSample, typeof(YamlDocument).Namespace!, IsOfText).Order()
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

    private static IEnumerable<string> FoldersOf(params string[] path) => Directory.EnumerateDirectories(Repository.Path(path));

    private static IEnumerable<string> PipelineUsers(System.Reflection.Assembly assembly, string root, string allowed) =>
        new Layers(assembly, root)
            .Uses()
            .Where(use => use.Uses == Layers.Root && use.Layer != allowed)
            .Select(static use => $"{use.Layer}: {use.Type}")
            .Distinct();

    private static bool IsSample(string type) => type.StartsWith($"{Samples}.Lower");

    private static bool IsOutsideTheGraph(string type) => type.StartsWith(Program) && !type.StartsWith($"{Program}.Graph.");

    private static bool IsOfSelectors(string type, string member) =>
        type is "LabelSelector" or "LabelSet" or "LabelIndex" || (type == "Service" && member == "get_Selector");

    /// <summary>Whether a member gives more of a document than its nodes, their paths and their places.</summary>
    private static bool IsOfText(string type, string member) =>
        type switch
        {
            "YamlDocument" or "ManifestDocument" or "EmbeddedDocument" => member
                is not (
                    "Find"
                    or "IndexOf"
                    or "IndexOfLine"
                    or "LineOf"
                    or "Locate"
                    or "get_Root"
                    or "get_Container"
                    or "get_ContainerPath"
                ),
            "ManifestWriter" => member is not ("Checksum" or "Refusal"),
            _ => !NodeTypes.Contains(type),
        };

    /// <summary>The layers that source code names, in full or relative to its own namespace (<c>Graph.Release</c>).</summary>
    private static IEnumerable<string> NamedIn(string source) =>
        Name()
            .Matches(CommentOrText().Replace(source, ""))
            .Select(static match => match.Groups["layer"].Value)
            .Where(static name => Table.Rows.Any(row => row.Layer == name))
            .Distinct();

    [GeneratedRegex(@"(?<![\w.])(?:global::)?(?:Tempo\.PostRender\.)?(?!Tempo\.PostRender\b)(?<layer>[A-Z]\w*)(?=\.[A-Z]|;)")]
    private static partial Regex Name();

    [GeneratedRegex(@"//.*|""(?:[^""\\]|\\.)*""")]
    private static partial Regex CommentOrText();
}
