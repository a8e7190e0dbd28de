using System.CommandLine;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>The program: arguments in, exit code out.</summary>
/// <param name="io">The streams and the environment.</param>
public sealed class App(IoContext io)
{
    /// <summary>Runs the program. Every exception becomes one line on standard error and an exit code.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        var error = new UserMessages(io);
        try
        {
            return (int)await InvokeAsync(arguments, cancellationToken);
        }
        catch (UsageException exception)
        {
            return error.Fail(ExitCode.Usage, $"{exception.Message}. See {ProgramName.Of(io)} --help");
        }
        catch (UnavailableException exception)
        {
            return error.Fail(ExitCode.Unavailable, exception.Message);
        }
        catch (ClusterException exception)
        {
            return error.Fail(ExitCode.Unavailable, exception.Message);
        }
        catch (InvalidInputException exception)
        {
            return error.Fail(ExitCode.Input, $"{UserMessages.Describe(exception)}. Nothing was written");
        }
        catch (FileWriteException exception)
        {
            return error.Fail(ExitCode.Internal, exception.Message);
        }
        catch (IOException exception)
        {
            return FailOutput(FileErrors.Reason(exception));
        }
        catch (UnauthorizedAccessException)
        {
            return FailOutput("it is closed, or not open for writing");
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken.IsCancellationRequested)
        {
            return error.Fail(ExitCode.Internal, "cancelled. Nothing was written");
        }
#pragma warning disable CA1031 // The last resort: no input may crash the tool, and Helm must not take a stack trace for manifests.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return error.Fail(
                ExitCode.Internal,
                $"internal error, nothing was written. Please report it: {exception.GetType().Name}: {Printable.OneLine(exception.Message)}"
            );
        }
    }

    private int FailOutput(string reason) =>
        new UserMessages(io).Fail(ExitCode.Internal, $"standard output could not be written, so its content is incomplete: {reason}");

    private async Task<ExitCode> InvokeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var parsed = Commands.Parse(arguments, io);
        if (UsageErrors.Find(parsed) is { } wrong)
        {
            throw new UsageException(wrong);
        }

        io.Use(ReportOptionSet.Color(parsed));
        // Disposed synchronously: the asynchronous way starts the thread pool for a flush.
        using var output = new StreamWriter(
            io.Output,
            new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: true
        );
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = io.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return (ExitCode)await parsed.InvokeAsync(configuration, cancellationToken);
    }
}
