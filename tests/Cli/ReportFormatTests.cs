using System.Text.Json;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary>The formats of <c>check</c> for programs: JSON, SARIF and GitHub annotations.</summary>
public sealed class ReportFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_follows_its_schema()
    {
        foreach (
            var (input, arguments) in (IEnumerable<(string, string[])>)
                [
                    (Streams.Helm3, ["--address-family", "IPv6"]),
                    (Streams.Contradiction, []),
                    (Streams.WithoutTempo, ["--disable", "TPF001"]),
                    (Streams.Helm3 + "---\nmetadata: {annotations: {postrenderer.helm.sh/postrender-filename: a.yaml}}\n", []),
                ]
        )
        {
            var result = await AppRunner.RunAsync(input, ["check", "--format", "json", .. arguments]);

            await SchemaAssert.MatchesAsync(result.Output, "report.schema.json");
        }
    }

    [Fact]
    public async Task Json_says_everything_a_line_of_text_says()
    {
        var result = await AppRunner.RunAsync(Streams.Contradiction, "check", "--format", "json", "--address-family", "IPv6");

        using var json = JsonDocument.Parse(result.Output);
        var finding = json
            .RootElement.GetProperty("inputs")[0]
            .GetProperty("releases")[0]
            .GetProperty("findings")
            .EnumerateArray()
            .Single(static finding => finding.GetProperty("rule").GetString() == "TPF002");
        Assert.Equal("Service/obs/traces-distributor-discovery", finding.GetProperty("object").GetString());
        Assert.Equal("spec.clusterIP", finding.GetProperty("path").GetString());
        Assert.Equal("is 10.0.0.7", finding.GetProperty("found").GetString());
        Assert.Equal("traces/templates/distributor/service-discovery.yaml", finding.GetProperty("source").GetString());
        Assert.Equal(Streams.LineOf(Streams.Contradiction, "clusterIP: 10.0.0.7"), finding.GetProperty("line").GetInt32());
        Assert.Equal(3, finding.GetProperty("column").GetInt32());
        Assert.False(finding.GetProperty("fixable").GetBoolean());
    }

    /// <summary>What the SARIF 2.1.0 schema requires of the objects that are written here.</summary>
    [Fact]
    public async Task Sarif_has_what_its_schema_requires()
    {
        var file = _folder.Write(
            "a release.yaml",
            Streams
                .Helm3.Replace("name: traces-gossip-ring\n", "name: traces-gossip-ring\n  labels: {}\n")
                .Replace("  annotations:\nspec:\n  type", "  annotations: {tempo-postrender/ignore: TPF001}\nspec:\n  type")
        );

        var result = await AppRunner.RunAsync("", "check", file, "--format", "sarif", "--address-family", "IPv6");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        var run = Assert.Single(json.RootElement.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("tempo-postrender", driver.GetProperty("name").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().Select(static rule => rule.GetProperty("id").GetString()).ToList();
        Assert.Distinct(rules);
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.NotEmpty(results);
        Assert.All(
            results,
            sarif =>
            {
                Assert.Contains(sarif.GetProperty("level").GetString(), (string[])["none", "note", "warning", "error"]);
                Assert.NotEqual("", sarif.GetProperty("message").GetProperty("text").GetString());
                Assert.Equal(sarif.GetProperty("ruleId").GetString(), rules[sarif.GetProperty("ruleIndex").GetInt32()]);
                var place = Assert.Single(sarif.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
                Assert.EndsWith("/a%20release.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
                Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() >= 1);
                Assert.True(place.GetProperty("region").GetProperty("startColumn").GetInt32() >= 1);
                Assert.All(
                    sarif.TryGetProperty("fixes", out var fixes) ? fixes.EnumerateArray() : [],
                    static fix =>
                    {
                        Assert.EndsWith(".", fix.GetProperty("description").GetProperty("text").GetString());
                        var change = Assert.Single(fix.GetProperty("artifactChanges").EnumerateArray());
                        Assert.EndsWith("/a%20release.yaml", change.GetProperty("artifactLocation").GetProperty("uri").GetString());
                        Assert.NotEmpty(change.GetProperty("replacements").EnumerateArray());
                    }
                );
            }
        );
        var suppressed = results.Where(static sarif => sarif.TryGetProperty("suppressions", out _)).ToList();
        Assert.Equal("inSource", Assert.Single(suppressed).GetProperty("suppressions")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Every_fix_of_Sarif_ends_its_finding()
    {
        var sarif = await SarifAsync(Streams.Helm3);
        var fixable = sarif.Where(static result => result.TryGetProperty("fixes", out _)).ToList();

        Assert.Equal(sarif.Count, fixable.Count);
        foreach (var result in fixable)
        {
            var after = await SarifAsync(Applied(Streams.Helm3, result.GetProperty("fixes")[0]));
            Assert.DoesNotContain(Name(result), after.Select(Name));
            Assert.Equal(sarif.Count - 1, after.Count);
        }

        static string Name(JsonElement result) =>
            $"{result.GetProperty("ruleId")} "
            + $"{result.GetProperty("locations")[0].GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName")}";
    }

    [Theory]
    [InlineData("kind: ConfigMap", "kind: Secret")]
    [InlineData("endpoint: 0.0.0.0:4317   # all of them", "endpoint: 0.0.0.0:4317\n    overrides: {}")]
    public async Task A_fix_in_Sarif_shows_nothing_of_a_Secret(string before, string after)
    {
        var isSecret = after == "kind: Secret";
        var input = Streams
            .Helm3.Replace(before, after)
            .Replace("data:\n  query", isSecret ? "stringData:\n  query" : "data:\n  query")
            .Replace("configMap:\n          name:", isSecret ? "secret:\n          secretName:" : "configMap:\n          name:");

        var results = await SarifAsync(input);

        var inConfig = results
            .Where(static result => result.GetProperty("message").GetProperty("text").GetString()!.Contains("tempo.yaml"))
            .ToList();
        Assert.NotEmpty(inConfig);
        Assert.All(inConfig, result => Assert.Equal(!isSecret, result.TryGetProperty("fixes", out _)));
    }

    [Fact]
    public async Task GitHub_shows_what_only_the_user_can_resolve_and_says_how_much_more_there_is()
    {
        var services = string.Concat(
            Enumerable
                .Range(0, 20)
                .Select(static i =>
                    $"---\napiVersion: v1\nkind: Service\nmetadata: {{name: more-{i}, namespace: obs}}\n"
                    + "spec: {selector: {app.kubernetes.io/component: distributor}, ipFamilies: [IPv6], "
                    + $"ipFamilyPolicy: {(i == 0 ? "SingleStack, clusterIP: 10.0.0.7" : "null")}}}\n"
                )
        );

        var result = await AppRunner.RunAsync(Streams.Helm3 + services, "check", "--format", "github", "--address-family", "IPv6");

        var lines = result.Output.TrimEnd('\n').Split('\n');
        var annotations = lines.Where(static line => line.StartsWith("::error ")).ToList();
        var rest = lines.Length - annotations.Count;
        Assert.Equal(10, annotations.Count);
        Assert.Contains("title=TPF002 service-address", annotations[0]);
        Assert.Equal($"::error title=tempo-postrender::{rest} more findings of this level are in the log.", annotations[^1]);
        Assert.All(lines[10..], static line => Assert.StartsWith("fixable TPF", line));
    }

    [Fact]
    public async Task GitHub_annotations_name_file_and_line()
    {
        var file = _folder.Write("release.yaml", Streams.Contradiction);

        var result = await AppRunner.RunAsync("", "check", file, "--format", "github", "--address-family", "IPv6");

        Assert.Contains(
            $"::error file={file},line={Streams.LineOf(Streams.Contradiction, "clusterIP: 10.0.0.7")},col=3,title=TPF002 "
                + "service-address::Service/obs/traces-distributor-discovery spec.clusterIP: is 10.0.0.7; ",
            result.Output
        );
        Assert.All(result.Output.TrimEnd('\n').Split('\n'), static line => Assert.Matches("^::(error|warning|notice) ", line));
    }

    private static async Task<List<JsonElement>> SarifAsync(string input)
    {
        var result = await AppRunner.RunAsync(input, "check", "--format", "sarif", "--address-family", "IPv6");
        using var json = JsonDocument.Parse(result.Output);
        return [.. json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(static found => found.Clone())];
    }

    /// <summary>The text with a fix applied, as an editor does it.</summary>
    private static string Applied(string text, JsonElement fix)
    {
        var lines = text.Split('\n');
        foreach (var replacement in fix.GetProperty("artifactChanges")[0].GetProperty("replacements").EnumerateArray().Reverse())
        {
            var region = replacement.GetProperty("deletedRegion");
            var (start, end) = (Offset("startLine", "startColumn"), Offset("endLine", "endColumn"));
            text = text[..start] + replacement.GetProperty("insertedContent").GetProperty("text").GetString() + text[end..];

            int Offset(string line, string column) =>
                lines.Take(region.GetProperty(line).GetInt32() - 1).Sum(static before => before.Length + 1)
                + region.GetProperty(column).GetInt32()
                - 1;
        }

        return text;
    }
}
