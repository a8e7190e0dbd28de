using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Everything the program touches outside itself, so that tests can hand it something else.</summary>
public sealed class IoContext
{
    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output: manifests, or the report that was asked for, or nothing.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error: everything for people.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether somebody types into standard input.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether somebody watches standard error, so that progress may be drawn on it.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = static _ => null;

    /// <summary>
    /// Opens the way to the user past a Helm that throws our standard error away, or returns null where there is none. The
    /// argument says whether Helm fails next.
    /// </summary>
    public Func<bool, TextWriter?> OpenHelmError { get; init; } = static _ => null;

    /// <summary>Whether Helm started the program.</summary>
    public Func<bool> IsStartedByHelm { get; init; } = static () => false;

    /// <summary>The terminal that standard output is, if it is one.</summary>
    public TerminalSettings? OutputTerminal { get; init; }
}
