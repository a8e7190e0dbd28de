using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>Text in commands that a report recommends.</summary>
internal static class ShellText
{
    /// <summary>An argument as a POSIX shell reads it, between quotes if it needs them.</summary>
    public static string Quote(string text)
    {
        var shown = Printable.OneLine(text, text.Length + 1);
        return shown.Length > 0 && shown.All(static c => char.IsAsciiLetterOrDigit(c) || "/._-+=:,@%".Contains(c, StringComparison.Ordinal))
            ? shown
            : $"'{shown.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
