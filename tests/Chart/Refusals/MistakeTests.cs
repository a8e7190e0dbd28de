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

    private static readonly Dictionary<int, Lazy<Task<RunResult[]>>> Results = new()
    {
        [3] = new(static () => RenderMistakesAsync(3)),
        [4] = new(static () => RenderMistakesAsync(4)),
    };

    [Fact]
    public void There_are_sixty_at_least() => Assert.True(Mistakes.Count >= 60, $"{Mistakes.Count}");

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_mistake_ends_in_what_to_set(int helm)
    {
        var results = await Results[helm].Value;

        var wrong = Mistakes.Zip(results, (mistake, result) => WhyWrong(helm, mistake.Key, mistake.Value!, result));

        AssertNone.Of(wrong.OfType<string>(), "The chart says something else about these mistakes:");
    }

    [Fact]
    public async Task Every_rule_of_Kubernetes_is_broken_by_a_mistake()
    {
        var results = await Results[4].Value;

        var untold =
            from type in StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "files", "kubernetes-rules.yaml"))).Entries()
            from rule in type.Value.Items()
            let why = $"  Why:  {rule.At("why").Text()}.\n"
            where !results.Any(result => result.Error.Contains(why))
            select $"{type.Key}: {rule.At("why").Text()}";

        AssertNone.Of(untold, "Add a mistake for these rules to tests/Chart/Refusals/mistakes.yaml:");
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

        AssertNone.Of(refused.OfType<string>(), "The chart refuses these values, which are right:");
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

    private static Task<RunResult[]> RenderMistakesAsync(int helm) =>
        Task.WhenAll(Mistakes.Select(mistake => RenderAsync(helm, mistake.Value!)));

    /// <summary>What is missing in a message, or null.</summary>
    private static string? WhyWrong(int helm, string name, JsonNode mistake, RunResult result)
    {
        var isTold = mistake.At("key").Text() is { } key
            ? Message().Match(result.Error) is { Success: true } message
                && message.Groups["key"].Value == key
                && message.Groups["set"].Value.Contains(mistake.At("set").Text()!)
            : result
                .Error.Split('\n')
                .Any(line => line.StartsWith(Place(helm, mistake.At("at").Text()!)) && line.Contains(mistake.At("wants").Text()!));
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
