using Microsoft.Playwright;
using Tempo.Helm.Tests.Reporting;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Browser;

/// <summary>The HTML report as a reader sees it: at every width, in dark and in light, with and without JavaScript, and printed.</summary>
public sealed class ReportPageTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int Height = 900;
    private const string Small = "small";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserTheory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    [InlineData(900, ColorScheme.Light)]
    [InlineData(900, ColorScheme.Dark)]
    [InlineData(1600, ColorScheme.Light)]
    [InlineData(1600, ColorScheme.Dark)]
    public async Task Nothing_overlaps_and_nothing_is_cut(int width, ColorScheme scheme)
    {
        foreach (var (name, manifests) in Releases())
        {
            var messages = new List<string>();
            var page = await OpenAsync(manifests, width, scheme, messages);

            Assert.Empty(await PageFaults.OfAsync(page));
            Assert.Empty(messages);
            await page.ScreenshotAsync(
                new PageScreenshotOptions
                {
                    // Generated releases are long.
                    FullPage = name == Small,
                    Path = Path.Combine(Chromium.Screenshots, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"),
                }
            );
            await page.CloseAsync();
        }
    }

    [BrowserTheory]
    [InlineData(400, true)]
    [InlineData(1600, true)]
    [InlineData(1600, false)]
    public async Task A_click_on_a_box_leads_to_its_findings(int width, bool hasJavaScript)
    {
        var page = await OpenAsync(Streams.Contradiction, width, ColorScheme.Light, [], hasJavaScript);
        var box = page.Locator("a.node:visible", new PageLocatorOptions { HasText = "distributor" }).First;
        var id = await box.GetAttributeAsync("data-node");

        await box.ClickAsync();
        await page.WaitForURLAsync($"**#{id}");

        var section = page.Locator($"#{id}");
        await Assertions.Expect(section).ToBeInViewportAsync();
        await Assertions.Expect(section).ToContainTextAsync("TPF002");
        await Assertions.Expect(section).ToContainTextAsync("10.0.0.7");
        if (hasJavaScript)
        {
            Assert.Contains("selected", await box.GetAttributeAsync("class"));
        }
    }

    [BrowserFact]
    public async Task A_keyboard_reaches_the_boxes()
    {
        var page = await OpenAsync(Streams.Helm3, 1600, ColorScheme.Light, []);
        var box = page.Locator("a.node:visible").First;

        await box.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync($"**#{await box.GetAttributeAsync("data-node")}");
    }

    [BrowserFact]
    public async Task On_paper_everything_is_open_and_dark_on_light()
    {
        var page = await OpenAsync(Streams.Helm3, 900, ColorScheme.Dark, []);

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.Equal(
            0,
            await page.EvaluateAsync<int>(
                "() => [...document.querySelectorAll('details > :not(summary)')].filter((one) => one.offsetHeight === 0).length"
            )
        );
    }

    private static IEnumerable<(string Name, string Manifests)> Releases() =>
        [
            (Small, Streams.Contradiction),
            .. Enumerable.Range(0, 3).Select(static seed => ($"generated{seed}", GeneratedPicture.Manifests(seed))),
        ];

    private async Task<IPage> OpenAsync(string manifests, int width, ColorScheme scheme, List<string> messages, bool hasJavaScript = true)
    {
        var report = await AppRunner.RunAsync(manifests, "check", "--address-family", "IPv6", "--format", "html");
        _folder.Write("report.html", report.Output);
        var page = await chromium.OpenAsync(
            Path.Combine(_folder.Path, "report.html"),
            new BrowserNewPageOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = Height },
                ColorScheme = scheme,
                JavaScriptEnabled = hasJavaScript,
            }
        );
        page.Console += (_, message) => messages.Add(message.Text);
        page.PageError += (_, error) => messages.Add(error);
        page.Request += (_, request) => messages.Add($"the page asks for {request.Url}");
        await page.ReloadAsync();
        messages.RemoveAll(static message => message.EndsWith("report.html"));
        return page;
    }
}
