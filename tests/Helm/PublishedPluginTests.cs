using CliWrap;
using Tempo.Helm.Tests.Releasing;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Helm;

/// <summary>What <c>dotnet publish postrender</c> creates: a Helm 4 plugin that also contains the executable for Helm 3.</summary>
[Collection(ReleaseCollection.Name)]
public class PublishedPluginTests(ReleaseArtifacts release)
{
    [Fact]
    public void A_native_plugin_is_two_files()
    {
        if (release.IsNative)
        {
            Assert.Equal(
                ["plugin.yaml", "tempo-postrender"],
                Directory.EnumerateFileSystemEntries(release.ProgramFolder).Select(Path.GetFileName).Order()
            );
            Assert.InRange(new FileInfo(release.Executable).Length, 1, 30_000_000);
        }

        Assert.True(File.Exists(Path.Combine(release.ProgramFolder, "plugin.yaml")));
        Assert.True(File.Exists(release.Executable));
    }

    [Fact]
    public async Task Helm_4_takes_the_folder_as_a_plugin()
    {
        var result = await HelmRunner.PostRenderAsync(
            HelmVersions.Four,
            HelmRunner.PluginsWith(release.ProgramFolder),
            "tempo-postrender",
            HelmRunner.ChartRelease,
            []
        );

        Assert.True(result.ExitCode == 0, result.Error);
        SnapshotAssert.Match(CanonicalYaml.Of(result.Output), "Chart", "microservices-ipv6");
    }

    [Fact]
    public async Task Helm_3_takes_the_executable()
    {
        var result = await HelmRunner.PostRenderAsync(HelmVersions.Three, plugins: null, release.Executable, HelmRunner.ChartRelease, []);

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
            var result = await CliWrap
                .Cli.Wrap(release.Executable)
                .WithArguments(arguments)
                .WithEnvironmentVariables(static variables => variables.Set("HELM", HelmVersions.Three.Path))
                .WithStandardInputPipe(PipeSource.FromString(input))
                .RunToEndAsync();
            Assert.Equal((code, code == 0), (result.ExitCode, result.Output.Length > 0));
        }
    }

    /// <summary>
    /// Only the native program: the .NET host opens files before the program starts, and they get the number of a closed stream.
    /// </summary>
    [Theory]
    [InlineData("", 65)]
    [InlineData("--mode check", 65)]
    [InlineData("check", 65)]
    [InlineData("check -", 65)]
    [InlineData("rules", 0)]
    [InlineData("--version", 0)]
    public async Task Standard_input_that_is_closed_is_missed_only_where_it_is_read(string arguments, int code)
    {
        if (!release.IsNative)
        {
            return;
        }

        var result = await HelmRunner.ShellAsync($"'{release.Executable}' {arguments} <&-");

        Assert.Equal((code, code == 0), (result.ExitCode, result.Output.Length > 0));
        Assert.Equal(
            code == 0 ? "" : "tempo-postrender: the input could not be read: standard input is closed. Nothing was written.\n",
            result.Error
        );
    }
}
