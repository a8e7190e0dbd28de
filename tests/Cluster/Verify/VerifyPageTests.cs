using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary><c>verify</c> as a page and as Markdown: the verdict, every pod, every finding.</summary>
public class VerifyPageTests
{
    [Theory]
    [InlineData("html", "<h1>obs/tempo should be IPv6</h1>", "<td class=\"error\"")]
    [InlineData("markdown", "## ❌ obs/tempo should be IPv6", "| error |")]
    public async Task Findings_are_reported(string format, string heading, string verdict)
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pod("querier").Ready = (503, "no <b>frontend");

        var run = await release.VerifyAsync("--no-debug-container", "--format", format);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(heading, run.Output);
        Assert.Contains(verdict, run.Output);
        Assert.Contains("TPF204", run.Output);
        Assert.Contains("tempo-querier-", run.Output);
        Assert.DoesNotContain("<b>frontend", run.Output);
    }

    [Theory]
    [InlineData("html", "0 errors, 0 warnings")]
    [InlineData("markdown", "## ✅")]
    public async Task A_healthy_release_is_reported_as_such(string format, string verdict)
    {
        var run = await new LiveRelease(AddressFamily.IPv6).VerifyAsync("--no-debug-container", "--format", format);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(verdict, run.Output);
    }
}
