using System.Runtime.InteropServices;

namespace Tempo.PostRender.Cli;

/// <summary>
/// Lets a command clean up before the program ends: the first interrupt or termination signal cancels it, the second ends it at once.
/// </summary>
internal static class Interruption
{
    /// <summary>Runs a command.</summary>
    /// <param name="run">The command; its token is cancelled by the first signal.</param>
    public static async Task<T> HandleAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        return await run(source.Token);

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = !source.IsCancellationRequested;
            source.Cancel();
        }
    }
}
