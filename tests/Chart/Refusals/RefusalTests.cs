using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Refusals;

/// <summary>templates/validate*.yaml: what the chart refuses, and what it says to the user then.</summary>
public partial class RefusalTests
{
    /// <summary>The names of the templates with refusals; the first of them calls the check of keys.</summary>
    private static readonly string[] Files =
    [
        .. Directory.EnumerateFiles(Repository.Path("chart", "templates"), "validate*.yaml").Select(static file => Path.GetFileName(file)),
    ];

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_refusal_says_what_is_wrong_why_and_what_to_set(int helm)
    {
        var messages = (await RefuseAllAsync(helm)).Select(static refusal => $"# {refusal.Name}\n{Message(refusal.Error)}\n");

        SnapshotAssert.Match(string.Join('\n', messages), "Chart/Refusals", "refusals");
    }

    [Fact]
    public async Task No_refusal_is_without_a_test()
    {
        var refused = (await RefuseAllAsync(4)).Select(static refusal => Place().Match(refusal.Error).Groups["place"].Value).ToHashSet();
        var written = Files.SelectMany(static file =>
            File.ReadLines(Repository.Path("chart", "templates", file))
                .Index()
                .Where(static line => line.Item.Contains("include \"tempo.refuse\""))
                .Select(line => $"{file}:{line.Index + 1}")
        );

        Assert.Empty(written.Except(refused));
    }

    [Fact]
    public void Nothing_but_refusals_fails_a_render() =>
        Assert.DoesNotContain(
            Directory
                .EnumerateFiles(Repository.Path("chart", "templates"), "*", SearchOption.AllDirectories)
                .Where(static file => Path.GetFileName(file) != "validate.yaml"),
            static file => Fails().IsMatch(File.ReadAllText(file))
        );

    private static async Task<IReadOnlyList<(string Name, string Error)>> RefuseAllAsync(int helm) =>
        await Task.WhenAll(
            StrictYaml
                .Read(await File.ReadAllTextAsync(Repository.Path("tests", "Chart", "Refusals", "refusals.yaml")))
                .Entries()
                .Select(async refusal => (refusal.Key, await RefuseAsync(HelmVersions.Of(helm), refusal.Value!)))
        );

    private static async Task<string> RefuseAsync(HelmBinary helm, JsonNode refusal)
    {
        var release = ReleaseCases.Base(refusal.At("mode").Text() ?? "monolithic", refusal.At("family").Text() ?? "IPv6");

        var result = await Renders.RunAsync(helm, release.Arguments("-f", TemporaryValues.Write(refusal.At("values")!)));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Empty(result.Output);
        return result.Error;
    }

    /// <summary>The message of the chart, without the text that Helm adds around it.</summary>
    private static string Message(string error) => Words().Match(error).Value;

    [GeneratedRegex(@"(?<place>validate[-a-z]*\.yaml:[0-9]+):")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?m)^\S.*: .*[.?]\n  Why: .*\n  Set: .*\n  Read: .*$")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(fail|required)\b[^}]*}}")]
    private static partial Regex Fails();
}
