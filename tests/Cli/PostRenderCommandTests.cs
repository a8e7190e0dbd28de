using System.Text;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cli;

namespace Tempo.Helm.Tests.Cli;

/// <summary>The post-renderer as Helm runs it: bytes in, bytes or nothing out.</summary>
public partial class PostRenderCommandTests
{
    [Fact]
    public async Task A_release_is_repaired_and_every_other_line_stays_as_it_was()
    {
        var expected = Streams.Helm3ToIPv6.Aggregate(
            Streams.Helm3,
            static (text, change) =>
            {
                Assert.Contains(change.Before, text);
                return text.Replace(change.Before, change.After);
            }
        );

        var result = await AppRunner.RunAsync(Streams.Helm3, "--address-family", "IPv6");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(expected, Checksum().Replace(result.Output, "config-checksum: \"CHECKSUM\""));
    }

    [Theory]
    [InlineData("IPv6")]
    [InlineData("IPv4")]
    public async Task A_second_run_changes_nothing(string family)
    {
        var once = await AppRunner.RunAsync(Streams.Helm3, "--address-family", family);

        var twice = await AppRunner.RunAsync(once.Output, "--address-family", family);
        var check = await AppRunner.RunAsync(once.Output, "--address-family", family, "--mode", "check");
        var auto = await AppRunner.RunAsync(once.Output);

        Assert.Equal(once.Output, twice.Output);
        Assert.Equal((0, once.Output), (check.ExitCode, check.Output));
        Assert.Equal((0, once.Output), (auto.ExitCode, auto.Output));
    }

    [Fact]
    public async Task The_family_may_come_from_the_environment_and_the_option_wins_over_it()
    {
        var input = Encoding.UTF8.GetBytes(Streams.Helm3);
        static string? Environment(string name) => name == "TEMPO_ADDRESS_FAMILY" ? "IPv6" : null;

        var variable = await AppRunner.RunAsync(input, Environment);
        var option = await AppRunner.RunAsync(input, Environment, "--address-family", "IPv4");

        Assert.Contains("obs/traces-distributor is IPv6, by TEMPO_ADDRESS_FAMILY", variable.Error);
        Assert.Contains("obs/traces-distributor is IPv4, by --address-family", option.Error);
    }

    [Fact]
    public async Task Without_an_option_the_services_decide_where_the_config_is_silent()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("is IPv4, by the Services (Service/obs/traces-gossip-ring spec.ipFamilies)", result.Error);
    }

    [Theory]
    [InlineData(Streams.WithoutTempo)]
    [InlineData("# only a comment\n")]
    [InlineData("---\n---\n# nothing\n...\n")]
    public async Task A_stream_without_Tempo_passes_through_byte_for_byte(string input)
    {
        var result = await AppRunner.RunAsync(input, "--address-family", "IPv6");

        Assert.Equal((0, input), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n")]
    public async Task An_empty_stream_is_refused_because_Helm_3_would_install_nothing(string input)
    {
        var result = await AppRunner.RunAsync(input);

        result.AssertRefused(65, "no manifests");
    }

    [Fact]
    public async Task A_broken_document_is_named_with_its_number_template_and_line_and_nothing_is_written()
    {
        var broken = Streams.Helm3.Replace(
            "  clusterIP: None\n  ports:\n    - port: 3200",
            "  clusterIP: [None\n  ports:\n    - port: 3200"
        );

        var result = await AppRunner.RunAsync(broken, "--address-family", "IPv6");

        Assert.Equal((65, ""), (result.ExitCode, result.Output));
        Assert.Matches(
            @"^tempo-postrender: line \d+, column \d+: document 4 "
                + @"\(traces/templates/distributor/service-discovery\.yaml\) is not YAML: .*\. Nothing was written\.\n$",
            result.Error
        );
    }

    [Theory]
    [InlineData("just text\n")]
    [InlineData("- a list\n")]
    [InlineData("no: kind\n")]
    public async Task A_document_that_is_not_a_manifest_is_refused(string document)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3 + "---\n" + document, "--address-family", "IPv6");

        result.AssertRefused(65, "document 7 is not a Kubernetes manifest");
    }

    [Fact]
    public async Task A_manifest_that_Helm_cut_short_is_reported_and_passed_on()
    {
        const string Truncated =
            "---\napiVersion: v1\nmetadata:\n  annotations:\n    postrenderer.helm.sh/postrender-filename: 'traces/templates/extra.yaml'\n";

        var result = await AppRunner.RunAsync(Streams.Helm3 + Truncated, "--address-family", "IPv6");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith(Truncated, result.Output);
        Assert.Contains("warning traces/templates/extra.yaml: the manifest has no kind; Helm before 4.2", result.Error);
    }

    [Fact]
    public async Task A_contradiction_refuses_the_release_and_says_why()
    {
        var result = await AppRunner.RunAsync(Streams.Contradiction, "--address-family", "IPv6");

        result.AssertRefused(2, "error TPF002 Service/obs/traces-distributor-discovery spec.clusterIP: is 10.0.0.7; ");
        Assert.DoesNotContain("fixed", result.Error.Replace("could be fixed", ""));
    }

    [Fact]
    public async Task Silence_about_the_family_refuses_the_release()
    {
        var silent = Streams.Helm3.Replace("  ipFamilies: [IPv4]\n", "");

        var result = await AppRunner.RunAsync(silent);

        result.AssertRefused(2, "Pass --address-family IPv6 or IPv4");
    }

    [Fact]
    public async Task Behind_Helm_nobody_sees_the_input_so_a_finding_quotes_its_line()
    {
        var pinned = Streams.Helm3.Replace("clusterIP: None", "clusterIP: 10.0.0.7");

        var (piped, behindHelm) = (await RunAsync(pinned, isStartedByHelm: false), await RunAsync(pinned, isStartedByHelm: true));

        Assert.Contains("error TPF002 Service/obs/traces-gossip-ring spec.clusterIP: is 10.0.0.7; ", piped);
        Assert.Contains("(traces/templates/gossip-ring.yaml, line ", piped);
        Assert.Contains("(traces/templates/gossip-ring.yaml: \"clusterIP: 10.0.0.7\")", behindHelm);
        Assert.DoesNotContain(" line ", behindHelm);
        Assert.DoesNotContain("standard input", behindHelm);
    }

    private static async Task<string> RunAsync(string input, bool isStartedByHelm)
    {
        using var error = new StringWriter();
        var io = new IoContext
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            Output = Stream.Null,
            Error = error,
            IsStartedByHelm = () => isStartedByHelm,
        };
        Assert.Equal(2, await new App(io).RunAsync(["--address-family", "IPv6"]));
        return error.ToString();
    }

    [Fact]
    public async Task Check_mode_refuses_what_enforce_would_repair()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, "--address-family", "IPv6", "--mode", "check");

        result.AssertRefused(2, "fixable TPF004 ConfigMap/obs/traces-config data[\"tempo.yaml\"]#memberlist.bind_addr: is empty");
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("never", 0)]
    [InlineData("warning", 2)]
    public async Task The_level_that_makes_a_run_fail_can_be_chosen(string failOn, int exitCode)
    {
        var warned = Streams.Helm3.Replace(
            "app.kubernetes.io/part-of: memberlist\n---",
            "app.kubernetes.io/part-of: memberlist\n    missing: label\n---"
        );

        var result = await AppRunner.RunAsync(warned, "--address-family", "IPv6", "--fail-on", failOn);

        Assert.Contains("warning TPF009", result.Error);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(exitCode == 0, result.Output.Length > 0);
    }

    [Fact]
    public async Task A_refused_release_that_must_not_fail_is_written_with_what_could_be_repaired()
    {
        var result = await AppRunner.RunAsync(Streams.Contradiction, "--address-family", "IPv6", "--fail-on", "never");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("bind_addr: [\"::\"]", result.Output);
        Assert.Contains("clusterIP: 10.0.0.7", result.Output);
    }

    [Theory]
    [InlineData("--address-family", "ipv6")]
    [InlineData("--mode", "repair")]
    [InlineData("--no-such-option")]
    [InlineData("no-such-command")]
    public async Task A_wrong_command_line_is_refused_before_anything_is_read(params string[] arguments)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, arguments);

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Matches("^tempo-postrender: [^\n]+ See tempo-postrender --help\\.\n$", result.Error);
    }

    [Fact]
    public async Task Another_gossip_label_may_be_named()
    {
        var stream = Streams.Helm3.Replace("tempo-gossip-member: \"true\"", "example.org/gossip: member");

        var result = await AppRunner.RunAsync(stream, "--address-family", "IPv6", "--gossip-label", "example.org/gossip");

        Assert.Equal(2, result.Output.Split("        example.org/gossip: member\n").Length - 1);
        Assert.DoesNotContain("tempo-gossip-member", result.Output);
    }

    [Fact]
    public async Task A_byte_order_mark_and_CRLF_line_ends_stay()
    {
        var input = "\uFEFF" + Streams.Helm3.ReplaceLineEndings("\r\n");

        var result = await AppRunner.RunAsync(input, "--address-family", "IPv6");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("\uFEFF---\r\n", result.Output);
        Assert.DoesNotContain("\n", result.Output.Replace("\r\n", ""));
        Assert.Equal(
            (await AppRunner.RunAsync(Streams.Helm3, "--address-family", "IPv6")).Output,
            Checksum()
                .Replace(
                    result.Output[1..].ReplaceLineEndings("\n"),
                    Checksum().Match((await AppRunner.RunAsync(Streams.Helm3, "--address-family", "IPv6")).Output).Value
                )
        );
    }

    [GeneratedRegex("config-checksum: \"?[0-9a-f]{64}\"?")]
    private static partial Regex Checksum();
}
