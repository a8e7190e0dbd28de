using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>What people get to see: standard error, and, where Helm throws that away, Helm's own.</summary>
internal sealed class UserMessages(IoContext io)
{
    /// <summary>Says why the run fails.</summary>
    public int Fail(ExitCode code, string message)
    {
        Write(code, writer => writer.WriteLine($"{TextReporter.Program}: {message}."));
        return (int)code;
    }

    /// <summary>Writes a report or a message.</summary>
    /// <remarks>Helm 3 prints our standard error when we fail; Helm 4 (measured: 4.1.4) prints nothing of it, ever.</remarks>
    public void Write(ExitCode code, Action<TextWriter> write)
    {
        write(io.Error);
        io.Error.Flush();
        if (code == ExitCode.Ok || io.Environment("HELM_PLUGIN_NAME") is not { Length: > 0 })
        {
            return;
        }

        using var helm = io.OpenHelmError();
        if (helm is not null)
        {
            write(helm);
        }
    }
}
