using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>Runs scripts as a workflow or a user does.</summary>
internal static class Script
{
    /// <summary>Runs a program in the repository. Its output is followed by its errors.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        params IEnumerable<(string Name, string? Value)> variables
    ) => RunInAsync(Repository.Root, program, arguments, variables);

    /// <summary>Runs a script of <c>eng</c>, and fails if it fails.</summary>
    public static async Task<string> SucceedAsync(
        string script,
        IEnumerable<string> arguments,
        params IEnumerable<(string Name, string? Value)> variables
    )
    {
        var (exitCode, output) = await RunAsync(Repository.Path("eng", script), arguments, variables);
        Assert.True(exitCode == 0, output);
        return output;
    }

    /// <summary>Runs a program in a folder. Its output is followed by its errors.</summary>
    public static async Task<(int ExitCode, string Output)> RunInAsync(
        string folder,
        string program,
        IEnumerable<string> arguments,
        params IEnumerable<(string Name, string? Value)> variables
    )
    {
        var result = await CliWrap
            .Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables.ToDictionary(static variable => variable.Name, static variable => variable.Value))
            .AsBuild()
            .RunToEndAsync();
        return (result.ExitCode, result.Output + result.Error);
    }
}
