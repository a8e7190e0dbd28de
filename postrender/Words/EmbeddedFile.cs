using System.Text;

namespace Tempo.PostRender.Words;

/// <summary>Files that are parts of the program.</summary>
internal static class EmbeddedFile
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="name">The logical name that the project file gives it.</param>
    public static byte[] Read(string name)
    {
        using var stream =
            typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the program was built without its file {name}");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The text of a file, with <c>\n</c> at the ends of its lines.</summary>
    /// <inheritdoc cref="Read"/>
    public static string Text(string name) => Encoding.UTF8.GetString(Read(name)).ReplaceLineEndings("\n");

    /// <summary>The lines of a list, without its comments.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<string> List(string name) =>
        [.. Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#')];
}
