using System.Formats.Tar;
using System.IO.Compression;
using Tempo.Helm.Tests.Rules;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary><c>helm plugin install</c> of what is released, with the real Helm 3 and Helm 4.</summary>
[Collection(ReleaseCollection.Name)]
public sealed class PluginInstallTests(ReleaseArtifacts release) : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Helm_4_installs_the_folders()
    {
        await InstallAsync(4, release.PluginFolder("tempo-family"));
        await InstallAsync(4, release.PluginFolder("tempo-postrender"));

        await AssertCommandsAsync(4);
        await AssertPostRendererAsync(4, "tempo-postrender");
    }

    [Fact]
    public async Task Helm_4_installs_the_archives()
    {
        // The plugin is unsigned, like a local build; without --verify=false Helm requires a provenance file.
        await InstallAsync(4, release.PathOf($"tempo-family-{Versions.OfTheProgram}.tgz"), "--verify=false");
        await InstallAsync(4, release.PathOf($"tempo-postrender-{Versions.OfTheProgram}.tgz"), "--verify=false");

        await AssertCommandsAsync(4);
        await AssertPostRendererAsync(4, "tempo-postrender");
    }

    [Fact]
    public async Task Helm_3_installs_the_folder()
    {
        await InstallAsync(3, release.PluginFolder("tempo-family-helm3"));

        await AssertCommandsAsync(3);
        await AssertPostRendererAsync(3, await InstalledProgramAsync());
    }

    [Fact]
    public async Task Helm_3_installs_the_archive_from_a_server()
    {
        var archive = release.PathOf($"tempo-family-helm3-{Versions.OfTheProgram}.tgz");
        var content = await File.ReadAllBytesAsync(archive);
        // Helm 3 requires this media type for an archive.
        await using var server = await LocalServer.StartAsync(_ => ("application/gzip", content));

        await InstallAsync(3, $"http://127.0.0.1:{server.Port}/{Path.GetFileName(archive)}");

        await AssertCommandsAsync(3);
        await AssertPostRendererAsync(3, await InstalledProgramAsync());
    }

    [Fact]
    public async Task Helm_3_installs_the_unpacked_archive()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home.Path, "tempo-family-helm3")).FullName;
        await using var archive = File.OpenRead(release.PathOf($"tempo-family-helm3-{Versions.OfTheProgram}.tgz"));
        await using var unpacked = new GZipStream(archive, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unpacked, folder, overwriteFiles: false);

        await InstallAsync(3, folder);

        await AssertCommandsAsync(3);
    }

    private async Task InstallAsync(int helm, params string[] arguments)
    {
        var result = await HelmAsync(helm, ["plugin", "install", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("failed to load", result.Error);
    }

    /// <summary>The program answers as a command of Helm: arguments, exit code and both streams pass through.</summary>
    private async Task AssertCommandsAsync(int helm)
    {
        var version = await HelmAsync(helm, "tempo-family", "--version");
        var fixture = RuleFixture.All.First(static fixture =>
            fixture is { Rule: "TPF001", Fixed: not null, Family: PostRender.Addresses.AddressFamily.IPv6 }
        );
        using var repaired = new TemporaryFile(fixture.Fixed!);
        using var broken = new TemporaryFile(fixture.Text);
        var good = await HelmAsync(helm, "tempo-family", "check", "--address-family=IPv6", repaired.Path);
        var bad = await HelmAsync(helm, "tempo-family", "check", "--address-family=IPv6", broken.Path);
        var wrong = await HelmAsync(helm, "tempo-family", "check", "no-such-file");

        Assert.StartsWith(Versions.OfTheProgram, version.Output);
        Assert.Equal((0, ""), (good.ExitCode, good.Error));
        Assert.Equal(2, bad.ExitCode);
        Assert.Contains("fixable TPF001 Service/", bad.Output);
        Assert.Equal(64, wrong.ExitCode);
        Assert.Single(wrong.Error.Split('\n'), static line => line.Contains("no-such-file cannot be read"));
    }

    private async Task AssertPostRendererAsync(int helm, string postRenderer)
    {
        var result = await HelmAsync(helm, [.. HelmRunner.ChartRelease, "--post-renderer", postRenderer]);

        Assert.True(result.ExitCode == 0, result.Error);
        SnapshotAssert.Match(CanonicalYaml.Of(result.Output), "Chart", "microservices-ipv6");
    }

    private async Task<string> InstalledProgramAsync()
    {
        var plugins = (await HelmAsync(3, "env", "HELM_PLUGINS")).Output.Trim();
        return Path.Combine(Assert.Single(Directory.EnumerateDirectories(plugins)), release.Platform, "tempo-postrender");
    }

    private Task<RunResult> HelmAsync(int helm, params string[] arguments) =>
        HelmRunner.RunAtHomeAsync(HelmVersions.Of(helm), _home.Path, arguments);
}
