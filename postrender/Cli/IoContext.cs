using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The streams and the environment of the program; tests replace them.</summary>
public sealed class IoContext
{
    private readonly TextWriter _error = TextWriter.Null;
    private TextWriter? _laidOut;

    /// <summary>Standard input, or null if the calling process has closed it.</summary>
    public required Stream? Input { get; init; }

    /// <summary>Standard output: manifests, a report, or nothing.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error: messages for people. On a terminal its lines are broken and coloured.</summary>
    public required TextWriter Error
    {
        get => _laidOut ??= TerminalWriter.Over(_error, ErrorTerminal);
        init => _error = value;
    }

    /// <summary>Standard error for text whose lines stay as they are.</summary>
    internal TextWriter ErrorAsIs
    {
        get
        {
            _laidOut?.Flush();
            return _error;
        }
    }

    /// <summary>Whether standard input is a terminal.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether standard error is a terminal, so that progress may be drawn on it.</summary>
    public bool IsErrorTerminal => ErrorTerminal is { IsTerminal: true };

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = static _ => null;

    /// <summary>
    /// Opens Helm's own standard error, because Helm discards ours; null if it cannot be opened. The argument says whether Helm
    /// is about to fail.
    /// </summary>
    public Func<bool, TextWriter?> OpenHelmError { get; init; } = static _ => null;

    /// <summary>Whether Helm started the program.</summary>
    public Func<bool> IsStartedByHelm { get; init; } = static () => false;

    /// <summary>The settings of standard output if it is a terminal, or a pipe with colours.</summary>
    public TerminalSettings? OutputTerminal { get; set; }

    /// <summary>The settings of standard error if it is a terminal, or a pipe with colours.</summary>
    public TerminalSettings? ErrorTerminal { get; set; }

    /// <summary>Follows the option <c>--color</c>; before it is read, colours follow the environment.</summary>
    internal void Use(ColorChoice choice)
    {
        if (choice == ColorChoice.Auto)
        {
            return;
        }

        OutputTerminal = TerminalSettings.WithColours(OutputTerminal, choice == ColorChoice.Always);
        ErrorTerminal = TerminalSettings.WithColours(ErrorTerminal, choice == ColorChoice.Always);
        _laidOut?.Flush();
        _laidOut = null;
    }
}
