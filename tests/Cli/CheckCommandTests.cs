using System.Text.Json;
using NJsonSchema;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary><c>check</c>: reports for people and programs, for every kind of input.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tempo-helm-check-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Findings_stand_on_standard_output_with_the_lines_of_the_input()
    {
        var file = Write("release.yaml", Streams.Helm3);

        var result = await AppRunner.RunAsync("", "check", file, "--address-family", "IPv6");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            $"fixable TPF004 ConfigMap/obs/traces-config data[\"tempo.yaml\"]#memberlist.bind_addr: is empty; ",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Contains($"({file}:{LineOf(Streams.Helm3, "bind_addr")})", result.Output, StringComparison.Ordinal);
        Assert.Contains($"({file}:{LineOf(Streams.Helm3, "endpoint: 0.0.0.0:4317")})", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
        Assert.Equal(Streams.Helm3, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Standard_input_is_read_where_no_file_is_named()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--address-family", "IPv6");
        var dash = await AppRunner.RunAsync(Streams.Helm3, "check", "-", "--address-family", "IPv6");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(result, dash with { OutputBytes = result.OutputBytes });
    }

    [Fact]
    public async Task A_folder_is_one_release_and_every_file_named_is_one_by_itself()
    {
        foreach (
            var (document, index) in Streams
                .Helm3.Split("---\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(static (text, index) => (text, index))
        )
        {
            Write($"release/{index}/manifest.yml", document);
        }

        Write("release/notes.txt", "not: [yaml");
        var other = Write("other.yaml", Streams.Helm3.Replace("traces", "other", StringComparison.Ordinal));

        var result = await AppRunner.RunAsync(
            "",
            "check",
            Path.Combine(_folder.FullName, "release"),
            other,
            "--address-family",
            "IPv6",
            "--format",
            "json"
        );

        using var json = JsonDocument.Parse(result.Output);
        var inputs = json.RootElement.GetProperty("inputs").EnumerateArray().ToList();
        var releases = inputs.ConvertAll(static input => Assert.Single(input.GetProperty("releases").EnumerateArray()));
        Assert.Equal(
            ["obs/traces-distributor", "obs/other-distributor"],
            releases.Select(static release => release.GetProperty("name").GetString())
        );
        Assert.Equal(releases[1].GetProperty("findings").GetArrayLength(), releases[0].GetProperty("findings").GetArrayLength());
        Assert.EndsWith(
            "release/1/manifest.yml",
            releases[0]
                .GetProperty("findings")
                .EnumerateArray()
                .First(static finding => finding.GetProperty("rule").GetString() == "TPF004")
                .GetProperty("file")
                .GetString()!
                .Replace('\\', '/'),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Several_releases_of_one_stream_are_judged_each_by_itself()
    {
        var ipv4 = (
            await AppRunner.RunAsync(
                Streams
                    .Helm3.Replace("traces", "other", StringComparison.Ordinal)
                    .Replace("part-of: memberlist", "part-of: other", StringComparison.Ordinal),
                "--address-family",
                "IPv4"
            )
        ).Output;
        var ipv6 = (await AppRunner.RunAsync(Streams.Helm3, "--address-family", "IPv6")).Output;

        var result = await AppRunner.RunAsync(ipv6 + ipv4.Replace("component: ", "component: other-", StringComparison.Ordinal), "check");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("obs/traces-distributor is IPv6, by the config", result.Output, StringComparison.Ordinal);
        Assert.Contains("obs/other-distributor is IPv4, by ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_follows_its_schema()
    {
        var schema = await JsonSchema.FromFileAsync(Repository.Path("docs", "report.schema.json"));
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

            Assert.Empty(schema.Validate(result.Output).Select(static error => error.ToString()));
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
        Assert.Equal(LineOf(Streams.Contradiction, "clusterIP: 10.0.0.7"), finding.GetProperty("line").GetInt32());
        Assert.Equal(3, finding.GetProperty("column").GetInt32());
        Assert.False(finding.GetProperty("fixable").GetBoolean());
    }

    /// <summary>What the SARIF 2.1.0 schema requires of the objects that are written here.</summary>
    [Fact]
    public async Task Sarif_has_what_its_schema_requires()
    {
        var file = Write(
            "a release.yaml",
            Streams
                .Helm3.Replace("name: traces-gossip-ring\n", "name: traces-gossip-ring\n  labels: {}\n", StringComparison.Ordinal)
                .Replace(
                    "  annotations:\nspec:\n  type",
                    "  annotations: {tempo-postrender/ignore: TPF001}\nspec:\n  type",
                    StringComparison.Ordinal
                )
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
                Assert.EndsWith(
                    "/a%20release.yaml",
                    place.GetProperty("artifactLocation").GetProperty("uri").GetString(),
                    StringComparison.Ordinal
                );
                Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() >= 1);
                Assert.True(place.GetProperty("region").GetProperty("startColumn").GetInt32() >= 1);
                Assert.All(
                    sarif.TryGetProperty("fixes", out var fixes) ? fixes.EnumerateArray() : [],
                    static fix =>
                    {
                        Assert.EndsWith(".", fix.GetProperty("description").GetProperty("text").GetString(), StringComparison.Ordinal);
                        var change = Assert.Single(fix.GetProperty("artifactChanges").EnumerateArray());
                        Assert.EndsWith(
                            "/a%20release.yaml",
                            change.GetProperty("artifactLocation").GetProperty("uri").GetString(),
                            StringComparison.Ordinal
                        );
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
            .Helm3.Replace(before, after, StringComparison.Ordinal)
            .Replace("data:\n  query", isSecret ? "stringData:\n  query" : "data:\n  query", StringComparison.Ordinal)
            .Replace(
                "configMap:\n          name:",
                isSecret ? "secret:\n          secretName:" : "configMap:\n          name:",
                StringComparison.Ordinal
            );

        var results = await SarifAsync(input);

        var inConfig = results
            .Where(static result =>
                result.GetProperty("message").GetProperty("text").GetString()!.Contains("tempo.yaml", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(inConfig);
        Assert.All(inConfig, result => Assert.Equal(!isSecret, result.TryGetProperty("fixes", out _)));
    }

    [Fact]
    public async Task Standard_input_has_the_name_that_it_is_given()
    {
        var sarif = await AppRunner.RunAsync(
            Streams.Helm3,
            "check",
            "--format",
            "sarif",
            "--stdin-name",
            "out/a b.yaml",
            "--address-family",
            "IPv6"
        );
        var text = await AppRunner.RunAsync(Streams.Helm3, "check", "--stdin-name", "out/a.yaml", "--address-family", "IPv6");
        var wrong = await AppRunner.RunAsync("", "check", "--stdin-name", "a.yaml", Write("release.yaml", Streams.Helm3));

        Assert.Contains("\"uri\": \"out/a%20b.yaml\"", sarif.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"uri\": \"stdin\"", sarif.Output, StringComparison.Ordinal);
        Assert.Contains("out/a.yaml", text.Output, StringComparison.Ordinal);
        Assert.Equal(64, wrong.ExitCode);
        Assert.Contains("--stdin-name names standard input, but only files are checked", wrong.Error, StringComparison.Ordinal);
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
        var annotations = lines.Where(static line => line.StartsWith("::error ", StringComparison.Ordinal)).ToList();
        var rest = lines.Length - annotations.Count;
        Assert.Equal(10, annotations.Count);
        Assert.Contains("title=TPF002 service-address", annotations[0], StringComparison.Ordinal);
        Assert.Equal($"::error title=tempo-postrender::{rest} more findings of this level are in the log.", annotations[^1]);
        Assert.All(lines[10..], static line => Assert.StartsWith("fixable TPF", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GitHub_annotations_name_file_and_line()
    {
        var file = Write("release.yaml", Streams.Contradiction);

        var result = await AppRunner.RunAsync("", "check", file, "--format", "github", "--address-family", "IPv6");

        Assert.Contains(
            $"::error file={file},line={LineOf(Streams.Contradiction, "clusterIP: 10.0.0.7")},col=3,title=TPF002 "
                + "service-address::Service/obs/traces-distributor-discovery spec.clusterIP: is 10.0.0.7; ",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.All(result.Output.TrimEnd('\n').Split('\n'), static line => Assert.Matches("^::(error|warning|notice) ", line));
    }

    [Fact]
    public async Task A_picture_shows_who_leads_to_whom_and_where_the_contradictions_are()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--format", "mermaid", "--address-family", "IPv6");

        SnapshotAssert.Match(result.Output, "Cli", "picture");
    }

    [Fact]
    public async Task A_rule_can_be_switched_off_for_all_or_for_one_object_and_the_report_says_so()
    {
        var annotated = Streams.Helm3.Replace(
            "  annotations:\nspec:\n  type",
            "  annotations:\n    tempo-postrender/ignore: \"TPF001, TPF010\"\nspec:\n  type",
            StringComparison.Ordinal
        );

        var result = await AppRunner.RunAsync(annotated, "--address-family", "IPv6", "--disable", "TPF009", "--disable", "TPF015,TPF006");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("disabled TPF009 obs/traces-distributor: gossip-label was not checked.", result.Error, StringComparison.Ordinal);
        Assert.Contains("ignored TPF001 Service/obs/traces-gossip-ring spec.ipFamilies: is [IPv4]", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 ignored", result.Error, StringComparison.Ordinal);
        Assert.Contains("fixed TPF001 Service/obs/traces-distributor-discovery", result.Error, StringComparison.Ordinal);
        Assert.Contains("ipFamilies: [IPv4]", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("        tempo-gossip-member", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("config-checksum", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TPF999")]
    [InlineData("TPF000")]
    [InlineData("service-family")]
    public async Task Only_rules_can_be_switched_off(string id)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--disable", id);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains($"--disable is {id}, which is not the id of a rule", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_holds_can_be_shown()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--verbose", "--address-family", "IPv6");

        Assert.Contains("holds TPF008 obs/traces-distributor: No flag overrides the family.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_wrong_command_line()
    {
        var result = await AppRunner.RunAsync("", "check", Path.Combine(_folder.FullName, "none.yaml"));

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Contains("none.yaml cannot be read", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_YAML_is_named_with_line_and_column()
    {
        var file = Write("broken.yaml", "---\nkind: [\n");

        var result = await AppRunner.RunAsync("", "check", file);

        Assert.Equal((65, ""), (result.ExitCode, result.Output));
        Assert.Contains($"{file}:", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"broken\.yaml:\d+:\d+: document 1 is not YAML", result.Error);
    }

    [Fact]
    public async Task One_file_that_is_no_YAML_does_not_hide_the_reports_of_the_others()
    {
        var broken = Write("broken.yaml", "---\nkind: [\n");
        var empty = Write("empty.yaml", "\n");
        var good = Write("good.yaml", Streams.Helm3);

        var result = await AppRunner.RunAsync("", "check", broken, good, empty, "--address-family", "IPv6");

        Assert.Equal(65, result.ExitCode);
        Assert.Contains("fixable TPF001 Service/obs/traces-gossip-ring", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"broken\.yaml:\d+:\d+: document 1 is not YAML: .*\. The report does not cover this input\.\n", result.Error);
        Assert.Contains($"{empty}: the input holds no manifests", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_broken_file_of_a_folder_is_named()
    {
        Write("release/a.yaml", "---\nkind: [\n");
        Write("release/b.yaml", Streams.Helm3);
        Write("release/c.yaml", "---\nkind: {\n");

        var result = await AppRunner.RunAsync("", "check", Path.Combine(_folder.FullName, "release"));

        Assert.Equal((65, ""), (result.ExitCode, result.Output));
        Assert.Contains("a.yaml:", result.Error, StringComparison.Ordinal);
        Assert.Contains("c.yaml:", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("b.yaml", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("preflight")]
    public async Task A_chart_is_not_taken_for_its_manifests(string command)
    {
        var chart = Repository.Path("chart");

        var result = await AppRunner.RunAsync("", command, chart);

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Contains(
            $"{chart} is a Helm chart, not rendered manifests. To check it, run: helm template {chart} | tempo-postrender check. ",
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("check", "there is nothing to check")]
    [InlineData("--mode check", "there is nothing to check")]
    [InlineData("--mode enforce", "an empty release would be installed")]
    public async Task Nothing_at_all_is_no_release(string arguments, string why)
    {
        var result = await AppRunner.RunAsync(" \n\n", arguments.Split(' '));

        Assert.Equal(
            (65, "", $"tempo-postrender: the input holds no manifests; {why}. Nothing was written.\n"),
            (result.ExitCode, result.Output, result.Error)
        );
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

    private static int LineOf(string text, string part) =>
        text[..text.IndexOf(part, StringComparison.Ordinal)].Count(static c => c == '\n') + 1;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
