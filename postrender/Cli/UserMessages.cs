using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>What people get to see: standard error, and, where Helm throws that away, Helm's own.</summary>
internal sealed class UserMessages(IoContext io)
{
    /// <summary>The name of the plugin that is our commands for Helm (postrender/plugin): its standard error is the user's own.</summary>
    private const string CommandPlugin = "tempo-family";

    /// <summary>Says why the run fails.</summary>
    public int Fail(ExitCode code, string message)
    {
        Write(code, writer => writer.WriteLine($"{TextReporter.Program}: {message}."));
        return (int)code;
    }

    /// <summary>Writes a report or a message.</summary>
    /// <remarks>Of a post-renderer's standard error Helm 3 prints what it says when it fails; Helm 4 (measured: 4.1.4) prints nothing, ever.</remarks>
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
    /// Says what was done to a release that Helm goes on with. Helm 3 and Helm 4 both throw standard error away then, so this
    /// goes to Helm's own, and nowhere where somebody else started the program.
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
