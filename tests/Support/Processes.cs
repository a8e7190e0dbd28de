using System.Text;
using CliWrap;

namespace Tempo.Helm.Tests.Support;

/// <summary>Runs the programs of tests.</summary>
internal static class Processes
{
    /// <summary>Far more than any run takes, so that a program that hangs fails its own test and not the whole run.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program to its end, whatever its exit code is, and reads all that it writes.</summary>
    public static async Task<RunResult> RunToEndAsync(this Command command)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var result = await command
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error, Encoding.UTF8))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(limit.Token);
            return new RunResult(result.ExitCode, output.ToString(), error.ToString());
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"{command} did not end within {Limit}. It wrote: {output}{error}");
        }
    }

    /// <summary>Without the settings of the test host, which a build must not use.</summary>
    public static Command AsBuild(this Command command) =>
        command.WithEnvironmentVariables(
            new Dictionary<string, string?>(command.EnvironmentVariables)
            {
                ["MSBuildSDKsPath"] = null,
                ["MSBUILD_EXE_PATH"] = null,
                ["MSBuildExtensionsPath"] = null,
            }
        );
}
