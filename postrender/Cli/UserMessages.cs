using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>Messages to the user: on standard error, and on Helm's own standard error where Helm discards the plugin's.</summary>
internal sealed class UserMessages(IoContext io)
{
    private bool? _isStartedByHelm;

    /// <summary>Writes why the run fails.</summary>
    public int Fail(ExitCode code, string message)
    {
        Write(code, writer => writer.WriteLine($"{ProgramInfo.Name}: {message}."));
        return (int)code;
    }

    /// <summary>What is wrong with an input and where, as a sentence without its full stop.</summary>
    public static string Describe(InvalidInputException exception)
    {
        var place = (exception.File, exception.Location) switch
        {
            ({ } file, { } location) => $"{Printable.OneLine(file)}:{location.Line}:{location.Column}: ",
            ({ } file, null) => $"{Printable.OneLine(file)}: ",
            (null, { } location) => $"line {location.Line}, column {location.Column}: ",
            _ => "",
        };
        return $"{place}{exception.Message.TrimEnd('.')}";
    }

    /// <summary>Whether Helm runs the program as its post-renderer.</summary>
    public bool IsBehindHelm => !ProgramName.IsCommandPlugin(io) && (IsPlugin || IsStartedByHelm);

    private bool IsStartedByHelm => _isStartedByHelm ??= io.IsStartedByHelm();

    private bool IsPlugin => io.Environment("HELM_PLUGIN_NAME") is not (null or "");

    /// <summary>Writes a report beside standard output: grouped on a terminal, else in lines.</summary>
    public void Write(Report report, bool verbose)
    {
        if (io.ErrorTerminal is { IsTerminal: true } terminal)
        {
            GroupedReporter.Write([report], verbose, terminal, io.ErrorAsIs);
            io.ErrorAsIs.Flush();
        }
        else
        {
            Write(report.IsRefused ? ExitCode.Findings : ExitCode.Ok, writer => TextReporter.Write(report, verbose, writer));
        }
    }

    /// <summary>Writes a message, or a report in lines.</summary>
    /// <remarks>Helm 3 prints a post-renderer's standard error only if it fails; Helm 4 (measured: 4.1.4) never prints it.</remarks>
    public void Write(ExitCode code, Action<TextWriter> write)
    {
        write(io.Error);
        io.Error.Flush();
        // Helm does not discard the standard error of the plugin with our commands.
        if (code != ExitCode.Ok && IsPlugin && !ProgramName.IsCommandPlugin(io))
        {
            WriteToHelm(write, fails: true);
        }
    }

    /// <summary>
    /// Summarizes the changes to a release that is installed. Helm 3 and Helm 4 both discard standard error then, so the summary
    /// goes to Helm's own standard error, and only if Helm started the program.
    /// </summary>
    public void Summarize(Action<TextWriter> write)
    {
        if (!ProgramName.IsCommandPlugin(io) && IsStartedByHelm)
        {
            WriteToHelm(write, fails: false);
        }
    }

    private void WriteToHelm(Action<TextWriter> write, bool fails)
    {
        using var helm = io.OpenHelmError(fails);
        if (helm is not null)
        {
            write(helm);
        }
    }
}
