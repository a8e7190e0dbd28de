using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary>Standard output that the calling process has closed. The real program runs, because a shell must close it.</summary>
public class ClosedOutputTests
{
    [Theory]
    [InlineData("--address-family IPv6")]
    [InlineData("check")]
    [InlineData("rules")]
    [InlineData("rules --format json")]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task The_run_fails_and_says_why(string arguments)
    {
        var result = await CliWrap
            .Cli.Wrap("sh")
            .WithArguments(["-c", $"'{HelmRunner.Executable}' {arguments} < docs/examples/release.yaml >&-"])
            .WithWorkingDirectory(Repository.Root)
            .RunToEndAsync();

        Assert.Equal(
            (
                1,
                "tempo-postrender: standard output could not be written, so its content is incomplete: it is closed, or not open for "
                    + "writing.\n"
            ),
            (result.ExitCode, result.Error)
        );
    }
}
