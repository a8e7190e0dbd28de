namespace Tempo.PostRender.Reporting;

/// <summary>The settings of a terminal.</summary>
/// <param name="Width">The number of columns; 0 if unknown.</param>
/// <param name="Colours">Whether to use colours.</param>
public sealed record TerminalSettings(int Width, bool Colours)
{
    /// <summary>The default width of text for people.</summary>
    public const int DefaultWidth = 100;

    /// <summary>The settings of a stream, or null if it is not a terminal.</summary>
    /// <param name="isTerminal">Whether the stream is a terminal.</param>
    /// <param name="width">Returns its number of columns.</param>
    /// <param name="environment">Environment variables; <c>NO_COLOR</c> (no-color.org) and <c>TERM=dumb</c> disable colours.</param>
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
