namespace Tempo.PostRender.Reporting;

/// <summary>Text files that are parts of the program.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a file, with <c>\n</c> at the ends of its lines.</summary>
    public static string Read(string name)
    {
        using var stream =
            typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the program was built without its file {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
