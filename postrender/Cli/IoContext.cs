using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The streams and the environment of the program; tests replace them.</summary>
public sealed class IoContext
{
    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output: manifests, a report, or nothing.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error: messages for people.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether standard input is a terminal.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether standard error is a terminal, so that progress may be drawn on it.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = static _ => null;

    /// <summary>
    /// Opens Helm's own standard error, because Helm discards ours; null if it cannot be opened. The argument says whether Helm
    /// is about to fail.
    /// </summary>
    public Func<bool, TextWriter?> OpenHelmError { get; init; } = static _ => null;

    /// <summary>Whether Helm started the program.</summary>
    public Func<bool> IsStartedByHelm { get; init; } = static () => false;

    /// <summary>The terminal that standard output is, if it is one.</summary>
    public TerminalSettings? OutputTerminal { get; init; }
}
