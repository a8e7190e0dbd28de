using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Refusals;

/// <summary>
/// Common mistakes in values, whose messages say where the mistake is and what to set; and values that only look like mistakes.
/// </summary>
public partial class MistakeTests
{
    private static readonly List<KeyValuePair<string, JsonNode?>> Mistakes = Read("mistakes.yaml");

    [Fact]
    public void There_are_sixty_at_least() => Assert.True(Mistakes.Count >= 60, $"{Mistakes.Count}");

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_mistake_ends_in_what_to_set(int helm)
    {
        var wrong = await Task.WhenAll(Mistakes.Select(async mistake => await WhyWrongAsync(helm, mistake.Key, mistake.Value!)));

        Assert.Empty(wrong.OfType<string>());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Values_that_are_right_render(int helm)
    {
        var refused = await Task.WhenAll(
            Read("accepted.yaml")
                .Select(async values => (values.Key, Result: await RenderAsync(helm, values.Value!)))
                .Select(async run => await run is { Result.ExitCode: not 0 } failed ? $"{failed.Key}: {failed.Result.Error}" : null)
        );

        Assert.Empty(refused.OfType<string>());
    }

    private static List<KeyValuePair<string, JsonNode?>> Read(string file) =>
        [.. StrictYaml.Read(File.ReadAllText(Repository.Path("tests", "Chart", "Refusals", file))).Entries()];

    private static Task<RunResult> RenderAsync(int helm, JsonNode row) =>
        Renders.RunAsync(
            HelmVersions.Of(helm),
            ReleaseCases
                .Base(row.At("mode").Text() ?? "monolithic", row.At("family").Text() ?? "IPv6")
                .Arguments("-f", TemporaryValues.Write(row.At("values")!))
        );

    /// <summary>What is missing in a message, or null.</summary>
    private static async Task<string?> WhyWrongAsync(int helm, string name, JsonNode mistake)
    {
        var result = await RenderAsync(helm, mistake);

        var isTold = mistake.At("key").Text() is { } key
            ? Message().Match(result.Error) is { Success: true } message
                && message.Groups["key"].Value == key
                && message.Groups["set"].Value.Contains(mistake.At("set").Text()!, StringComparison.Ordinal)
            : result
                .Error.Split('\n')
                .Any(line =>
                    line.StartsWith(Place(helm, mistake.At("at").Text()!), StringComparison.Ordinal)
                    && line.Contains(mistake.At("wants").Text()!, StringComparison.Ordinal)
                );
        return result.ExitCode != 0 && result.Output.Length == 0 && isTold ? null : $"{name}: {result.Error}";
    }

    /// <summary>How the validator of a Helm names a place in the values.</summary>
    private static string Place(int helm, string path) =>
        (helm, path) switch
        {
            (3, "") => "- (root): ",
            (3, _) => $"- {path}: ",
            (_, "") => "- at '': ",
            _ => $"- at '/{path.Replace('.', '/')}': ",
        };

    [GeneratedRegex(@"(?m)^(?<key>\S+): .*[.?]\n  Why:  .*\.\n  Set:  (?<set>.*)\.\n  Read: .*$")]
    private static partial Regex Message();
}
