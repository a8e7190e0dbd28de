namespace Tempo.PostRender.Reporting;

/// <summary>The settings of a terminal.</summary>
/// <param name="Width">The number of columns; 0 if unknown.</param>
/// <param name="Colours">Whether to use colours.</param>
public sealed record TerminalSettings(int Width, bool Colours)
{
    /// <summary>Whether it is a terminal, or else a pipe that gets colours by <c>--color=always</c> or <c>FORCE_COLOR</c>.</summary>
    public bool IsTerminal { get; init; } = true;

    /// <summary>The default width of text for people.</summary>
    public const int DefaultWidth = 100;

    /// <summary>The settings of a stream, or null if it is not a terminal.</summary>
    /// <param name="isTerminal">Whether the stream is a terminal.</param>
    /// <param name="width">Its number of columns; 0 if unknown.</param>
    /// <param name="environment">Environment variables; <c>NO_COLOR</c> (no-color.org) and <c>TERM=dumb</c> disable colours, and
    /// <c>FORCE_COLOR</c> (force-color.org) enables them in a pipe too.</param>
    public static TerminalSettings? Of(bool isTerminal, int width, Func<string, string?> environment)
    {
        var allowed = environment("NO_COLOR") is null or "";
        var forced = allowed && environment("FORCE_COLOR") is not (null or "" or "0");
        if (!isTerminal)
        {
            return WithColours(terminal: null, forced);
        }

        var colours = forced || (allowed && environment("TERM") is not (null or "" or "dumb"));
        return new TerminalSettings(width, colours);
    }

    /// <summary>The settings with colours, or without; null for a pipe without colours.</summary>
    /// <param name="terminal">The settings found, null for a pipe.</param>
    /// <param name="colours">Whether to use colours.</param>
    public static TerminalSettings? WithColours(TerminalSettings? terminal, bool colours) =>
        terminal is { IsTerminal: true } ? terminal with { Colours = colours }
        : colours ? new TerminalSettings(0, Colours: true) { IsTerminal = false }
        : null;

    /// <summary>The same settings for text that must not be wrapped.</summary>
    public TerminalSettings Unbroken() => this with { Width = 0, IsTerminal = false };
}
