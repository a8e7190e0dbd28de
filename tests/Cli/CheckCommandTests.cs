using System.Text.Json;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary><c>check</c>: reports for every kind of input.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Findings_are_on_standard_output_with_the_lines_of_the_input()
    {
        var file = _folder.Write("release.yaml", Streams.Helm3);

        var result = await AppRunner.RunAsync("", "check", file, "--address-family", "IPv6");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"fixable TPF004 ConfigMap/obs/traces-config data[\"tempo.yaml\"]#memberlist.bind_addr: is empty; ", result.Output);
        Assert.Contains($"({file}:{Streams.LineOf(Streams.Helm3, "bind_addr")})", result.Output);
        Assert.Contains($"({file}:{Streams.LineOf(Streams.Helm3, "endpoint: 0.0.0.0:4317")})", result.Output);
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
            _folder.Write($"release/{index}/manifest.yml", document);
        }

        _folder.Write("release/notes.txt", "not: [yaml");
        var other = _folder.Write("other.yaml", Streams.Helm3.Replace("traces", "other"));

        var result = await AppRunner.RunAsync("", "check", _folder.In("release"), other, "--address-family", "IPv6", "--format", "json");

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
                .Replace('\\', '/')
        );
    }

    [Fact]
    public async Task Each_release_of_a_stream_is_checked_by_itself()
    {
        var ipv4 = (
            await AppRunner.RunAsync(
                Streams.Helm3.Replace("traces", "other").Replace("part-of: memberlist", "part-of: other"),
                "--address-family",
                "IPv4"
            )
        ).Output;
        var ipv6 = (await AppRunner.RunAsync(Streams.Helm3, "--address-family", "IPv6")).Output;

        var result = await AppRunner.RunAsync(ipv6 + ipv4.Replace("component: ", "component: other-"), "check");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("obs/traces-distributor is IPv6, by the config", result.Output);
        Assert.Contains("obs/other-distributor is IPv4, by ", result.Output);
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
        var wrong = await AppRunner.RunAsync("", "check", "--stdin-name", "a.yaml", _folder.Write("release.yaml", Streams.Helm3));

        Assert.Contains("\"uri\": \"out/a%20b.yaml\"", sarif.Output);
        Assert.DoesNotContain("\"uri\": \"stdin\"", sarif.Output);
        Assert.Contains("out/a.yaml", text.Output);
        Assert.Equal(64, wrong.ExitCode);
        Assert.Contains("--stdin-name names standard input, but only files are checked", wrong.Error);
    }

    [Fact]
    public async Task A_diagram_shows_the_connections_and_the_contradictions()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--format", "mermaid", "--address-family", "IPv6");

        SnapshotAssert.Match(result.Output, "Cli", "picture");
    }

    [Fact]
    public async Task A_rule_can_be_switched_off_for_all_or_for_one_object_and_the_report_says_so()
    {
        var annotated = Streams.Helm3.Replace(
            "  annotations:\nspec:\n  type",
            "  annotations:\n    tempo-postrender/ignore: \"TPF001, TPF010\"\nspec:\n  type"
        );

        var result = await AppRunner.RunAsync(annotated, "--address-family", "IPv6", "--disable", "TPF009", "--disable", "TPF015,TPF006");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("disabled TPF009 obs/traces-distributor: gossip-label was not checked.", result.Error);
        Assert.Contains("ignored TPF001 Service/obs/traces-gossip-ring spec.ipFamilies: is [IPv4]", result.Error);
        Assert.Contains("1 ignored", result.Error);
        Assert.Contains("fixed TPF001 Service/obs/traces-distributor-discovery", result.Error);
        Assert.Contains("ipFamilies: [IPv4]", result.Output);
        Assert.DoesNotContain("        tempo-gossip-member", result.Output);
        Assert.DoesNotContain("config-checksum", result.Output);
    }

    [Theory]
    [InlineData("TPF001")]
    [InlineData("tpf001")]
    [InlineData("service-family")]
    [InlineData("Service-Family")]
    public async Task A_rule_is_disabled_by_its_id_or_its_name_in_any_case(string rule)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--disable", rule);

        Assert.Contains("disabled TPF001 obs/traces-distributor: service-family was not checked.", result.Output);
        Assert.DoesNotContain("fixable TPF001", result.Output);
    }

    [Fact]
    public async Task A_file_whose_name_starts_with_a_dash_comes_after_a_double_dash()
    {
        var file = _folder.Write("-x.yaml", Streams.WithoutTempo);

        var result = await HelmRunner.ShellAsync($"cd '{Path.GetDirectoryName(file)}' && '{HelmRunner.Executable}' check -- -x.yaml");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("kustomize-patches")]
    public async Task A_report_of_an_earlier_run_is_named_as_what_it_is(string format)
    {
        var report = _folder.In("report.yaml");
        await AppRunner.RunAsync(Streams.Helm3, "check", "-q", "-o", $"{format}={report}");

        var result = await AppRunner.RunAsync("", "check", report);

        result.AssertRefused(65, $"{report}: it is a report of an earlier run. Name the file that the report is about");
    }

    [Theory]
    [InlineData("# nothing\n", "no documents; nothing to do")]
    [InlineData("kind: A\n", "1 document, which does not belong to Tempo; nothing to do")]
    [InlineData("kind: A\n---\nkind: B\n", "2 documents, none of which belongs to Tempo; nothing to do")]
    public async Task Manifests_without_Tempo_are_counted(string manifests, string verdict)
    {
        var result = await AppRunner.RunAsync(manifests, "check");

        Assert.Equal((0, $"tempo-postrender: {verdict}\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task Verbose_lists_the_rules_that_are_satisfied()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--verbose", "--address-family", "IPv6");

        Assert.Contains("holds TPF008 obs/traces-distributor: No flag overrides the family.", result.Output);
    }

    [Fact]
    public async Task A_rule_without_an_object_to_check_is_not_reported_as_satisfied()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--verbose", "--address-family", "IPv6");

        // No address in a Service, no gateway, cache, NetworkPolicy or Amazon S3, and no annotation.
        Assert.DoesNotMatch("holds TPF0(02|11|12|13|17|18|19) ", result.Output);
    }

    [Fact]
    public async Task The_workloads_that_the_fixes_restart_are_named()
    {
        var lines = await AppRunner.RunAsync(Streams.Helm3, "check", "--diff", "--address-family", "IPv6");
        var grouped = await AppRunner.RunAsync(Streams.Helm3, "check", "--address-family", "IPv6", "--format", "grouped");

        Assert.Contains(
            "tempo-postrender: the fixes restart Deployment/obs/traces-distributor, StatefulSet/obs/traces-live-store, because the config "
                + "that they read changes\n",
            lines.Error
        );
        Assert.Contains("Restarts: 2 workloads, because the config that they read changes\n", grouped.Output);
    }

    [Fact]
    public async Task A_missing_file_is_a_usage_error()
    {
        var result = await AppRunner.RunAsync("", "check", _folder.In("none.yaml"));

        result.AssertRefused(64, "none.yaml cannot be read");
    }

    [Fact]
    public async Task A_file_that_is_no_YAML_is_named_with_line_and_column()
    {
        var file = _folder.Write("broken.yaml", "---\nkind: [\n");

        var result = await AppRunner.RunAsync("", "check", file);

        result.AssertRefused(65, $"{file}:");
        Assert.Matches(@"broken\.yaml:\d+:\d+: document 1 is not YAML", result.Error);
    }

    [Fact]
    public async Task One_file_that_is_no_YAML_does_not_hide_the_reports_of_the_others()
    {
        var broken = _folder.Write("broken.yaml", "---\nkind: [\n");
        var empty = _folder.Write("empty.yaml", "\n");
        var good = _folder.Write("good.yaml", Streams.Helm3);

        var result = await AppRunner.RunAsync("", "check", broken, good, empty, "--address-family", "IPv6");

        Assert.Equal(65, result.ExitCode);
        Assert.Contains("fixable TPF001 Service/obs/traces-gossip-ring", result.Output);
        Assert.Matches(@"broken\.yaml:\d+:\d+: document 1 is not YAML: .*\. The report does not cover this input\.\n", result.Error);
        Assert.Contains($"{empty}: the input contains no manifests", result.Error);
    }

    [Fact]
    public async Task Every_broken_file_of_a_folder_is_named()
    {
        _folder.Write("release/a.yaml", "---\nkind: [\n");
        _folder.Write("release/b.yaml", Streams.Helm3);
        _folder.Write("release/c.yaml", "---\nkind: {\n");

        var result = await AppRunner.RunAsync("", "check", _folder.In("release"));

        result.AssertRefused(65, "a.yaml:");
        Assert.Contains("c.yaml:", result.Error);
        Assert.DoesNotContain("b.yaml", result.Error);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("preflight")]
    public async Task A_chart_is_not_checked_as_manifests(string command)
    {
        var chart = Repository.Path("chart");

        var result = await AppRunner.RunAsync("", command, chart);

        result.AssertRefused(
            64,
            $"{chart} is a Helm chart, not rendered manifests. To check it, run: helm template {chart} | tempo-postrender check. "
        );
    }

    [Theory]
    [InlineData("check", "there is nothing to check")]
    [InlineData("--mode check", "there is nothing to check")]
    [InlineData("--mode enforce", "Helm would install an empty release")]
    public async Task Empty_input_is_refused(string arguments, string why)
    {
        var result = await AppRunner.RunAsync(" \n\n", arguments.Split(' '));

        Assert.Equal(
            (65, "", $"tempo-postrender: the input contains no manifests; {why}. Nothing was written.\n"),
            (result.ExitCode, result.Output, result.Error)
        );
    }
}
