using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Documents;

/// <summary>The table of layers in ARCHITECTURE.md is the code's.</summary>
public partial class ArchitectureTests
{
    private const string Page = "ARCHITECTURE.md";

    private static readonly List<(string Layer, string[] Uses)> Layers =
        [.. Row().Matches(File.ReadAllText(Repository.Path(Page))).Select(static row => (row.Groups["layer"].Value, row.Groups["uses"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)))];

    [Fact]
    public void Every_folder_of_the_program_is_a_layer() =>
        Assert.Equal(
            Directory.EnumerateDirectories(Repository.Path("postrender")).Where(static folder => Directory.EnumerateFiles(folder, "*.cs").Any()).Select(static folder => Path.GetFileName(folder)!).Order(),
            Layers.Select(static layer => layer.Layer).Order());

    [Fact]
    public void A_layer_uses_layers_above_it_only()
    {
        for (var i = 0; i < Layers.Count; i++)
        {
            Assert.All(Layers[i].Uses, use => Assert.True(Layers[..i].Exists(layer => layer.Layer == use), $"{Page}: {Layers[i].Layer} uses {use}, which does not stand above it"));
        }
    }

    [Fact]
    public void The_code_of_a_layer_uses_no_other_layers()
    {
        foreach (var (layer, uses) in Layers)
        {
            var used = Directory.EnumerateFiles(Repository.Path("postrender", layer), "*.cs", SearchOption.AllDirectories)
                .SelectMany(static file => Namespace().Matches(File.ReadAllText(file)).Select(static match => match.Groups["layer"].Value))
                .Where(name => name != layer && Layers.Exists(other => other.Layer == name))
                .Distinct().ToList();
            Assert.True(!used.Except(uses).Any(), $"{Page} lets {layer} use {string.Join(", ", uses)}; the code uses {string.Join(", ", used)}");
        }
    }

    [Fact]
    public void Every_folder_of_the_tests_is_described()
    {
        var page = File.ReadAllText(Repository.Path(Page));
        Assert.All(
            Directory.EnumerateDirectories(Repository.Path("tests")).Where(static folder => Directory.EnumerateFiles(folder, "*Tests.cs").Any()).Select(static folder => $"`tests/{Path.GetFileName(folder)}`"),
            folder => Assert.Contains(folder, page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| `postrender/(?<layer>\w+)` \|[^|]*\|(?<uses>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>A namespace in a using, and in a name written out.</summary>
    [GeneratedRegex(@"(?<!namespace )\b(?:Tempo\.)?PostRender\.(?<layer>\w+)")]
    private static partial Regex Namespace();
}
