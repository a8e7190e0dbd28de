namespace Tempo.PostRender.Reporting;

/// <summary>A terminal that somebody looks at.</summary>
/// <param name="Width">Columns; 0 where they are not known.</param>
/// <param name="Colours">Whether it may be sent colours.</param>
public sealed record TerminalSettings(int Width, bool Colours)
{
    /// <summary>The width of what is written for people where no terminal says another.</summary>
    public const int DefaultWidth = 100;

    /// <summary>The settings of a stream, or null where it is no terminal.</summary>
    /// <param name="isTerminal">Whether the stream is a terminal.</param>
    /// <param name="width">Asks for its columns.</param>
    /// <param name="environment">Environment variables: <c>NO_COLOR</c> with any text (no-color.org) and <c>TERM=dumb</c> switch colours off.</param>
    public static TerminalSettings? Of(bool isTerminal, Func<int> width, Func<string, string?> environment)
    {
        if (!isTerminal)
        {
            return null;
        }

        var colours = environment("NO_COLOR") is null or "" && environment("TERM") is not (null or "" or "dumb");
        try
        {
            return new TerminalSettings(width(), colours);
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return new TerminalSettings(0, colours);
        }
    }
}
