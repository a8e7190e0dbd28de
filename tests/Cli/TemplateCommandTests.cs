using System.Text;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary><c>template</c>: the installed Helm and the post-renderer in one, with the report that Helm hides.</summary>
public class TemplateCommandTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_chart_is_rendered_and_post_rendered_with_any_flags_of_Helm(int helm)
    {
        using var chart = new TemporaryChart(Streams.Helm3);

        var result = await RunAsync(
            helm,
            "template",
            "obs",
            chart.Path,
            "--namespace",
            "obs",
            "--address-family",
            "IPv6",
            "--set",
            "a=b",
            "--version",
            "0.1.0",
            "--kube-version=1.30.0"
        );

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("bind_addr: [\"::\"]", result.Output);
        Assert.Contains("tempo-postrender: obs/traces-distributor is IPv6, by --address-family", result.Error);
        Assert.Contains("fixed TPF004", result.Error);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Helms_own_failure_is_shown_and_nothing_is_written(int helm)
    {
        var result = await RunAsync(helm, "template", "./no-such-chart");

        result.AssertRefused(65, "Error:");
        Assert.DoesNotContain("no manifests", result.Error);
    }

    [Theory]
    [InlineData("--output-dir", "out")]
    [InlineData("--output-dir=out")]
    public async Task Manifests_that_Helm_would_write_without_the_fixes_are_refused(params string[] flag)
    {
        using var chart = new TemporaryChart(Streams.Helm3);

        var result = await RunAsync(3, ["template", chart.Path, .. flag]);

        result.AssertRefused(64, "--output-dir makes Helm write the manifests itself, without the fixes. Leave it out");
    }

    [Theory]
    [InlineData("exit 3", 65, " template ended with exit code 3 and without a message. Check that this program is Helm")]
    [InlineData(null, 69, " cannot be started as a program. Set HELM to the path of Helm 3 or 4")]
    public async Task A_program_that_is_not_Helm_is_named(string? script, int exitCode, string why)
    {
        using var folder = new TemporaryFolder();
        var program = folder.Write("helm", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | (script is null ? UnixFileMode.None : UnixFileMode.UserExecute));

        var result = await AppRunner.RunAsync([], name => name == "HELM" ? program : null, "template", "chart");

        result.AssertRefused(exitCode, $"tempo-postrender: {program}{why}");
    }

    [Fact]
    public async Task As_a_plugin_it_uses_the_Helm_that_runs_it()
    {
        using var chart = new TemporaryChart(Streams.Helm3);

        var result = await AppRunner.RunAsync(
            [],
            static name => name == "HELM_BIN" ? HelmVersions.Four.Path : null,
            "template",
            chart.Path,
            "--address-family",
            "IPv6"
        );

        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Theory]
    [InlineData(3, "--foo", "Error: unknown flag: --foo")]
    [InlineData(4, "--foo", "Error: unknown flag: --foo")]
    [InlineData(3, "-Z", "Error: unknown shorthand flag: 'Z' in -Z")]
    [InlineData(4, "--timeout=soon", "Error: invalid argument \"soon\" for \"--timeout\" flag")]
    [InlineData(4, "--set", "Error: flag needs an argument: --set")]
    [InlineData(3, "--set=a", "Error: failed parsing --set data")]
    [InlineData(4, "another", "Error: expected at most two arguments")]
    public async Task Arguments_that_Helm_refuses_are_a_usage_error(int helm, string argument, string why)
    {
        using var chart = new TemporaryChart(Streams.Helm3);

        var result = await RunAsync(helm, "template", "obs", chart.Path, argument);

        result.AssertRefused(64, why);
    }

    [Fact]
    public async Task Without_a_chart_it_says_what_it_needs()
    {
        var result = await RunAsync(3, "template");

        result.AssertRefused(64, "template needs a chart");
    }

    [Fact]
    public async Task Namespaces_that_manifests_leave_to_Helm_are_taken_from_its_flags()
    {
        using var chart = new TemporaryChart(
            Streams
                .Helm3.Replace("  namespace: obs\n---", "---")
                .Replace("  namespace: obs\nspec:\n  clusterIP: None", "spec:\n  clusterIP: None")
        );

        var result = await RunAsync(3, "template", "obs", chart.Path, "-n", "obs", "--address-family", "IPv6");

        Assert.Contains("fixed TPF001 Service/traces-distributor-discovery spec.ipFamilies", result.Error);
    }

    private static Task<RunResult> RunAsync(int helm, params string[] arguments) =>
        AppRunner.RunAsync(
            Encoding.UTF8.GetBytes(""),
            name => name == "HELM" ? HelmVersions.Of(helm).Path : Environment.GetEnvironmentVariable(name),
            arguments
        );
}
