using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Messages to the user: on standard error, and on Helm's own standard error where Helm discards the plugin's.</summary>
internal sealed class UserMessages(IoContext io)
{
    /// <summary>The Helm plugin with our commands (postrender/plugin). Helm does not discard its standard error.</summary>
    private const string CommandPlugin = "tempo-family";

    /// <summary>Writes why the run fails.</summary>
    public int Fail(ExitCode code, string message)
    {
        Write(code, writer => writer.WriteLine($"{TextReporter.Program}: {message}."));
        return (int)code;
    }

    /// <summary>Writes a report or a message.</summary>
    /// <remarks>Helm 3 prints a post-renderer's standard error only if it fails; Helm 4 (measured: 4.1.4) never prints it.</remarks>
    public void Write(ExitCode code, Action<TextWriter> write)
    {
        write(io.Error);
        io.Error.Flush();
        if (code == ExitCode.Ok || io.Environment("HELM_PLUGIN_NAME") is null or "" or CommandPlugin)
        {
            return;
        }

        using var helm = io.OpenHelmError(true);
        if (helm is not null)
        {
            write(helm);
        }
    }

    /// <summary>
    /// Summarizes the changes to a release that is installed. Helm 3 and Helm 4 both discard standard error then, so the summary
    /// goes to Helm's own standard error, and only if Helm started the program.
    /// </summary>
    public void Summarize(Action<TextWriter> write)
    {
        if (io.Environment("HELM_PLUGIN_NAME") == CommandPlugin || !io.IsStartedByHelm())
        {
            return;
        }

        using var helm = io.OpenHelmError(false);
        if (helm is not null)
        {
            write(helm);
        }
    }
}
