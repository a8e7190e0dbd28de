using Microsoft.Playwright;
using Tempo.Helm.Tests.Cluster.Preflight;
using Tempo.Helm.Tests.Cluster.Verify;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Browser;

/// <summary>The pages of <c>verify</c> and <c>preflight</c> in a browser.</summary>
public sealed class ClusterPageTests(Chromium chromium) : PreflightScene, IClassFixture<Chromium>
{
    private static readonly int[] Widths = [400, 900, 1600];

    [BrowserFact]
    public async Task The_page_of_verify_can_be_read()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pod("querier").Ready = (503, "no frontend");
        var run = await release.VerifyAsync("--no-debug-container", "--format", "html");

        await AssertReadableAsync(run.Output, "verify");
    }

    [BrowserFact]
    public async Task The_page_of_preflight_can_be_read()
    {
        Cluster("IPv4", Ipv4, Ipv6);
        Live(Service("tempo", "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: 10.96.0.5, clusterIPs: [10.96.0.5]"));
        var run = await RunAsync(
            Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"),
            "--format",
            "html"
        );

        await AssertReadableAsync(run.Output, "preflight");
    }

    private async Task AssertReadableAsync(string html, string name)
    {
        using var folder = new TemporaryFolder();
        folder.Write("report.html", html);
        foreach (var width in Widths)
        {
            var page = await chromium.OpenAsync(
                Path.Combine(folder.Path, "report.html"),
                new BrowserNewPageOptions
                {
                    ViewportSize = new ViewportSize { Width = width, Height = 900 },
                }
            );

            Assert.Empty(await PageFaults.OfAsync(page));
            await page.ScreenshotAsync(
                new PageScreenshotOptions { FullPage = true, Path = Path.Combine(Chromium.Screenshots, $"{name}-{width}.png") }
            );
            await page.CloseAsync();
        }
    }
}
