using Microsoft.Playwright;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Browser;

/// <summary>The machine's own Chromium, started once for all tests. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The program, or null if there is none on PATH.</summary>
    private static string? Program { get; } = OnPath.Find("chromium", "chromium-browser", "google-chrome");

    /// <summary>Why the tests cannot run here, or null if they can or must.</summary>
    public static string? ReasonToSkip =>
        Program is null && Environment.GetEnvironmentVariable("CI") != "true"
            ? "there is no Chromium on PATH; on Debian: apt-get install chromium"
            : null;

    /// <summary>Where the screenshots go, to be looked at.</summary>
    public static string Screenshots { get; } = Repository.Path("artifacts", "screenshots");

    public async Task InitializeAsync()
    {
        if (ReasonToSkip is not null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = ["--no-sandbox"] }
        );
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a page in a window of its own.</summary>
    public async Task<IPage> OpenAsync(string file, BrowserNewPageOptions options)
    {
        var page = await _browser!.NewPageAsync(options);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }
}
