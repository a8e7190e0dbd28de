namespace Tempo.Helm.Tests.Architecture;

/// <summary>Finds lines that are longer than the formatter allows: it cannot break a literal or a comment.</summary>
internal static class LineLengths
{
    /// <summary>The longest line, as in .editorconfig and .csharpierrc.yaml.</summary>
    public const int Limit = 140;

    /// <summary>The lines of a text that are too long, by their numbers.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<int> TooLong(string text) =>
        text.Split('\n').Index().Where(static line => line.Item.Length > Limit).Select(static line => line.Index + 1);

    /// <summary>The lines of the C# files below a folder that are too long.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<string> In(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(folder, file)
        where !name.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin")
        from line in TooLong(File.ReadAllText(file))
        select $"{Path.Combine(Path.GetFileName(folder), name)}:{line}";
}
