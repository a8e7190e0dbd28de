using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Helm;

/// <summary>What a user of <c>helm --post-renderer</c> sees, with the real Helm 3 and Helm 4.</summary>
public class HelmPostRendererTests
{
    private static readonly string[] ForIPv6 = ["--address-family=IPv6"];

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_release_is_repaired(int helm)
    {
        using var chart = new TemporaryChart(Streams.Helm3);

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Of(helm), ["template", "obs", chart.Path], ForIPv6);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("IPv4", result.Output);
        Assert.Contains("bind_addr: [\"::\"]", result.Output);
        // Two pods, and the selector that finds them.
        Assert.Equal(3, result.Output.Split("tempo-gossip-member: \"true\"").Length - 1);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_user_is_told_what_was_changed_and_by_which_rules(int helm)
    {
        using var chart = new TemporaryChart(Streams.Helm3);

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Of(helm), ["template", "obs", chart.Path], ForIPv6);

        Assert.True(result.ExitCode == 0, result.Error);
        var lines = result.Error.Split('\n');
        Assert.Equal("tempo-postrender: obs/traces-distributor is IPv6, by --address-family", lines[0]);
        Assert.Matches(
            @"^tempo-postrender: 6 documents read, 5 changed; 8 fixed, 0 errors, 0 warnings; 2 workloads will restart\. "
                + @"Fixed: 3 TPF001, TPF004, TPF005, TPF006, 2 TPF009$",
            lines[1]
        );
        Assert.Equal("", lines[2]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_run_that_changes_nothing_prints_nothing(int helm)
    {
        var result = await HelmRunner.PostRenderAsync(
            HelmVersions.Of(helm),
            ["template", "tempo", "chart", "-f", "chart/ci/monolithic-ipv6-values.yaml"],
            []
        );

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_reason_for_a_refusal_reaches_the_user(int helm)
    {
        using var chart = new TemporaryChart(Streams.Contradiction);

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Of(helm), ["template", "obs", chart.Path], ForIPv6);

        result.AssertRefused(1, "error TPF002 Service/obs/traces-distributor-discovery spec.clusterIP: is 10.0.0.7; ");
        Assert.Contains("tempo-postrender: refused: 6 documents read, nothing written; ", result.Error);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_wrong_argument_is_explained(int helm)
    {
        using var chart = new TemporaryChart(Streams.Helm3);

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Of(helm), ["template", "obs", chart.Path], ["--address-family=ipv6"]);

        result.AssertRefused(1, "--address-family is ipv6, but must be IPv6, IPv4 or auto");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_release_without_Tempo_is_rendered_as_without_a_post_renderer(int helm)
    {
        using var chart = new TemporaryChart("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  x: tempo?\n");
        var plain = await HelmRunner.RunAsync(HelmVersions.Of(helm), "template", "obs", chart.Path);

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Of(helm), ["template", "obs", chart.Path], ForIPv6);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(CanonicalYaml.Of(plain.Output), CanonicalYaml.Of(result.Output));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_config_in_a_Secret_is_repaired(int helm)
    {
        var secret = Streams
            .Helm3.Replace("kind: ConfigMap", "kind: Secret")
            .Replace("\ndata:\n", "\nstringData:\n")
            .Replace("configMap:\n          name: traces-config", "secret:\n          secretName: traces-config");
        using var chart = new TemporaryChart(secret);

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Of(helm), ["template", "obs", chart.Path], ForIPv6);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("bind_addr: [\"::\"]", result.Output);
    }

    [Fact]
    public async Task Helm_3_shows_where_a_document_is_broken()
    {
        using var chart = new TemporaryChart(Streams.Helm3.Replace("clusterIP: None\n  ports:", "clusterIP: [None\n  ports:"));

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Three, ["template", "obs", chart.Path], ForIPv6);

        // Helm 3 parses the kinds first and may refuse by itself; in both cases the user gets a location and no release.
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Matches("is not YAML|YAML parse error", result.Error);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_empty_chart_never_becomes_an_empty_release_in_silence(int helm)
    {
        using var chart = new TemporaryChart("\n");
        var plain = await HelmRunner.RunAsync(HelmVersions.Of(helm), "template", "obs", chart.Path);

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Of(helm), ["template", "obs", chart.Path], ForIPv6);

        Assert.Equal("", plain.Output.Trim());
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("no manifests", result.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--debug")]
    public async Task Findings_of_a_refused_release_survive_in_a_file_that_Helm_4_overwrites(string flag)
    {
        using var chart = new TemporaryChart(Streams.Contradiction);
        var file = Path.Combine(chart.Path, "stderr.txt");
        var report = Path.Combine(chart.Path, "report.txt");
        var command =
            $"\"{HelmVersions.Four.Path}\" template obs \"{chart.Path}\" {flag} --post-renderer tempo-postrender "
            + $"--post-renderer-args --address-family=IPv6 --post-renderer-args --output=\"{report}\" 2> \"{file}\"";

        await HelmRunner.ShellAsync(command);

        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("exited with error", text);
        var lines = text.Split('\n');
        Assert.All(
            (await File.ReadAllLinesAsync(report)).Where(static line => line.StartsWith("error TPF")),
            // The report in the file names lines of standard input, which nobody sees behind Helm.
            line => Assert.Contains(lines, shown => shown.StartsWith(line[..line.LastIndexOf(" (")]))
        );
        Assert.Contains("append to the file (2>> FILE instead of 2> FILE)", text);
        Assert.DoesNotContain("    ", text);
    }
}
