using System.Text;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Support;

/// <summary>The result of a run of the program.</summary>
public sealed record RunResult(int ExitCode, string Output, string Error)
{
    public byte[] OutputBytes { get; init; } = [];

    /// <summary>Asserts that the run failed, wrote nothing to standard output, and said why on standard error.</summary>
    public void AssertRefused(int exitCode, string why)
    {
        Assert.Equal((exitCode, ""), (ExitCode, Output));
        Assert.Contains(why, Error);
    }
}

/// <summary>Runs the program in this process, with the test's streams.</summary>
internal static class AppRunner
{
    /// <summary>Streams for code that reads and writes nothing.</summary>
    public static IoContext NoStreams =>
        new()
        {
            Input = Stream.Null,
            Output = Stream.Null,
            Error = TextWriter.Null,
        };

    public static Task<RunResult> RunAsync(string input, params string[] arguments) => RunAsync(Encoding.UTF8.GetBytes(input), arguments);

    public static Task<RunResult> RunAsync(byte[] input, params string[] arguments) => RunAsync(input, static _ => null, arguments);

    public static Task<RunResult> RunAsync(byte[] input, Func<string, string?> environment, params string[] arguments) =>
        RunAsync(input, environment, terminal: null, arguments);

    /// <summary>Runs the program with standard output and standard error on this terminal, or in pipes if it is null.</summary>
    public static Task<RunResult> OnTerminalAsync(string input, TerminalSettings? terminal, params string[] arguments) =>
        RunAsync(Encoding.UTF8.GetBytes(input), static _ => null, terminal, arguments);

    /// <summary>Runs it with streams of the test's own.</summary>
    /// <param name="streams">The streams, with its standard output and its standard error.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public static async Task<RunResult> RunAsync(
        Func<Stream, TextWriter, IoContext> streams,
        string[] arguments,
        CancellationToken cancellationToken = default
    )
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var io = streams(output, error);
        // The program has no synchronization context; in xunit's, a test that keeps a thread busy would delay it.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var run = new App(io).RunAsync(arguments, cancellationToken);
        SynchronizationContext.SetSynchronizationContext(context);
        var exitCode = await run;
        var bytes = output.ToArray();
        return new RunResult(exitCode, Encoding.UTF8.GetString(bytes), error.ToString()) { OutputBytes = bytes };
    }

    private static Task<RunResult> RunAsync(
        byte[] input,
        Func<string, string?> environment,
        TerminalSettings? terminal,
        string[] arguments
    ) =>
        RunAsync(
            (output, error) =>
                new IoContext
                {
                    Input = new MemoryStream(input),
                    Output = output,
                    Error = error,
                    Environment = environment,
                    OutputTerminal = terminal,
                    ErrorTerminal = terminal,
                },
            arguments
        );
}
