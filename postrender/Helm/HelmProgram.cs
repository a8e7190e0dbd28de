using System.Text.RegularExpressions;
using CliWrap;

namespace Tempo.PostRender.Helm;

/// <summary>A run of Helm.</summary>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="IsSilent">Whether it wrote nothing to standard error.</param>
/// <param name="RefusesArguments">Whether it says that its arguments are wrong.</param>
public sealed record HelmRun(int ExitCode, ReadOnlyMemory<byte> Output, bool IsSilent, bool RefusesArguments);

/// <summary>Runs Helm.</summary>
public static partial class HelmProgram
{
    /// <summary>Runs <c>helm template</c>; Helm's messages go to the writer.</summary>
    /// <param name="helm">The path of Helm.</param>
    /// <param name="arguments">The arguments after <c>template</c>.</param>
    /// <param name="error">Receives Helm's standard error.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<HelmRun> TemplateAsync(
        string helm,
        IReadOnlyList<string> arguments,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        using var output = new MemoryStream();
        var (isSilent, refusesArguments) = (true, false);
        var result = await CliWrap
            .Cli.Wrap(helm)
            .WithArguments(["template", .. arguments])
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Show))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken);
        return new HelmRun(result.ExitCode, output.ToArray(), isSilent, refusesArguments);

        void Show(string line)
        {
            isSilent = false;
            refusesArguments |= WrongArguments().IsMatch(line);
            error.WriteLine(line);
        }
    }

    /// <summary>Helm ends with exit code 1 for every error. These are the messages of Helm 3 and 4 about the command line.</summary>
    [GeneratedRegex(
        "^Error: (unknown flag: |unknown shorthand flag: |bad flag syntax: |flag needs an argument: |invalid argument .* for .* flag: "
            + "|\"helm template\" requires at least |expected at most two arguments|failed parsing --set)"
    )]
    private static partial Regex WrongArguments();
}
