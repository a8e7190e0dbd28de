using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>Programs for glibc and for musl: what they need, and which of the two a plugin starts.</summary>
[Collection(ReleaseCollection.Name)]
public sealed class LibcTests(ReleaseArtifacts release) : IDisposable
{
    private readonly TemporaryFolder _plugin = new();

    public void Dispose() => _plugin.Dispose();

    [Fact]
    public async Task A_program_says_which_glibc_it_needs_and_more_than_allowed_is_refused()
    {
        var (exitCode, output) = await Script.RunAsync(Repository.Path("eng", "glibc.sh"), [release.Executable]);
        var needed = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Split(' ')[^1];

        Assert.Equal((0, $"{release.Executable} needs glibc {needed}\n"), (exitCode, output));
        Assert.True(Version.Parse(needed) >= new Version(2, 17), $"NativeAOT itself needs 2.17 or more, and this says {needed}");
        Assert.Equal(0, (await Script.RunAsync(Repository.Path("eng", "glibc.sh"), [release.Executable, needed])).ExitCode);
        // 2.9 is older than 2.17; a comparison as text would give the wrong order.
        var (refused, why) = await Script.RunAsync(Repository.Path("eng", "glibc.sh"), [release.Executable, "2.9"]);
        Assert.Equal(1, refused);
        Assert.Contains($"needs glibc {needed}, and 2.9 is the newest allowed", why);
    }

    [Fact]
    public async Task A_release_with_a_program_that_needs_a_newer_glibc_is_not_assembled()
    {
        var (exitCode, output) = await Script.RunAsync(
            Repository.Path("eng", "release.sh"),
            ["assemble"],
            ("ARTIFACTS", Path.GetDirectoryName(Path.GetDirectoryName(release.ProgramFolder))!),
            ("HELM4", HelmVersions.Four.Path),
            ("MAX_GLIBC", "2.9")
        );

        Assert.Equal(1, exitCode);
        Assert.Contains("2.9 is the newest allowed", output);
        Assert.True(File.Exists(release.PathOf("SHA256SUMS")), "the release before it is gone");
    }

    [Theory]
    [InlineData("x64", null, "glibc")]
    [InlineData("x64", "musl", "musl")]
    [InlineData("arm64", "glibc", "glibc")]
    [InlineData("arm64", "musl", "musl")]
    public async Task The_launcher_of_a_plugin_starts_the_program_for_the_machines_C_library(
        string processor,
        string? asked,
        string expected
    )
    {
        _plugin.WriteProgram($"linux-glibc-{processor}/tempo-postrender", "#!/bin/sh\necho glibc \"$@\"\ncat\nexit 3\n");
        _plugin.WriteProgram($"linux-musl-{processor}/tempo-postrender", "#!/bin/sh\necho musl \"$@\"\ncat\nexit 3\n");
        var launcher = _plugin.WriteProgram(
            $"linux-{processor}/tempo-postrender",
            await File.ReadAllTextAsync(Repository.Path("eng", "launch.sh"))
        );

        var (exitCode, output) = await Script.RunAsync(
            "sh",
            ["-c", "echo manifests | \"$0\" check \"two words\"", launcher],
            ("TEMPO_POSTRENDER_LIBC", asked)
        );

        Assert.Equal((3, $"{expected} check two words\nmanifests\n"), (exitCode, output));
    }
}
