namespace Tempo.Helm.Tests.Cluster.Preflight;

/// <summary><c>preflight</c> as a page and as Markdown: whether to upgrade, and what to run first.</summary>
public sealed class PreflightPageTests : PreflightScene
{
    [Theory]
    [InlineData("html", "<h1>Do not upgrade yet</h1>")]
    [InlineData("markdown", "## ❌ Do not upgrade yet")]
    public async Task The_commands_to_run_before_the_upgrade_are_listed(string format, string heading)
    {
        Cluster("IPv4", Ipv4, Ipv6);
        Live(Service("tempo", "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: 10.96.0.5, clusterIPs: [10.96.0.5]"));

        var run = await RunAsync(
            Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"),
            "--format",
            format
        );

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(heading, run.Output);
        Assert.Contains("delete service tempo -n obs", run.Output);
        Assert.Contains("clients cannot send traces", run.Output);
        Assert.Contains("refused", run.Output);
        Assert.Contains("TPF102", run.Output);
    }

    [Theory]
    [InlineData("html", "<h1>Ready for the upgrade</h1>")]
    [InlineData("markdown", "## ✅ Ready for the upgrade")]
    public async Task An_upgrade_without_findings_is_reported_as_ready(string format, string heading)
    {
        Cluster("IPv6", Ipv6);

        var run = await RunAsync(
            Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"),
            "--format",
            format
        );

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(heading, run.Output);
    }
}
