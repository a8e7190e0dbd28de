using System.Text;
using CliWrap;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Helm;

/// <summary>What <c>dotnet publish postrender</c> leaves: a Helm 4 plugin, and the executable that Helm 3 takes.</summary>
public sealed class PublishedPlugin : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tempo-helm-publish-");

    public string Folder => Path.Combine(_folder.FullName, "plugin");

    public string Executable => Path.Combine(Folder, "tempo-postrender");

    /// <summary>Native code where the machine has a C compiler to link it; a fresh machine needs none to run the tests.</summary>
    public bool IsNative { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    public async Task InitializeAsync()
    {
        var output = new StringBuilder();
        var result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments(
            [
                "publish", Repository.Path("postrender"), "-c", "Release", "-o", Folder, "--artifacts-path", Path.Combine(_folder.FullName, "build"),
                .. IsNative ? Array.Empty<string>() : ["-p:PublishAot=false"],
            ])
            // The test host's own settings must not reach the build.
            .WithEnvironmentVariables(static variables => variables.Set("MSBuildSDKsPath", null).Set("MSBUILD_EXE_PATH", null).Set("MSBuildExtensionsPath", null))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync();
        Assert.True(result.IsSuccess, output.ToString());
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}

public class PublishedPluginTests(PublishedPlugin plugin) : IClassFixture<PublishedPlugin>
{
    private static readonly string[] Release = ["template", "tempo", "chart", "-n", "observability", "-f", "chart/ci/microservices-ipv6-values.yaml"];

    [Fact]
    public void A_native_plugin_is_two_files()
    {
        if (plugin.IsNative)
        {
            Assert.Equal(["plugin.yaml", "tempo-postrender"], Directory.EnumerateFileSystemEntries(plugin.Folder).Select(Path.GetFileName).Order());
            Assert.InRange(new FileInfo(plugin.Executable).Length, 1, 30_000_000);
        }

        Assert.True(File.Exists(Path.Combine(plugin.Folder, "plugin.yaml")));
        Assert.True(File.Exists(plugin.Executable));
    }

    [Fact]
    public async Task Helm_4_takes_the_folder_as_a_plugin()
    {
        var result = await HelmRunner.PostRenderAsync(HelmVersions.Four, HelmRunner.PluginsWith(plugin.Folder), "tempo-postrender", Release, []);

        Assert.True(result.ExitCode == 0, result.Error);
        SnapshotAssert.Match(CanonicalYaml.Of(result.Output), "Chart", "microservices-ipv6");
    }

    [Fact]
    public async Task Helm_3_takes_the_executable()
    {
        var result = await HelmRunner.PostRenderAsync(HelmVersions.Three, plugins: null, plugin.Executable, Release, []);

        Assert.True(result.ExitCode == 0, result.Error);
        SnapshotAssert.Match(CanonicalYaml.Of(result.Output), "Chart", "microservices-ipv6");
    }

    [Fact]
    public async Task The_executable_gives_every_exit_code()
    {
        (string Input, string[] Arguments, int Code)[] runs =
        [
            (Streams.Helm3, ["--address-family", "IPv6"], 0),
            (Streams.Contradiction, ["--address-family", "IPv6"], 2),
            (Streams.Helm3, ["--address-family", "both"], 64),
            ("kind: [\n", [], 65),
            (Streams.Helm3, ["template", "no-such-chart"], 65),
        ];
        foreach (var (input, arguments, code) in runs)
        {
            var output = new StringBuilder();
            var result = await CliWrap.Cli.Wrap(plugin.Executable)
                .WithArguments(arguments)
                .WithEnvironmentVariables(static variables => variables.Set("HELM", HelmVersions.Three.Path))
                .WithStandardInputPipe(PipeSource.FromString(input))
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync();
            Assert.Equal(code, result.ExitCode);
            Assert.Equal(code == 0, output.Length > 0);
        }
    }
}
