using System.Text;

namespace Tempo.PostRender.Migration;

/// <summary>The data files of this folder, which are embedded in the program.</summary>
internal static class Resource
{
    /// <summary>The lines of a list, without its comments.</summary>
    public static IReadOnlyList<string> Lines(string name) =>
        [.. Encoding.ASCII.GetString(Read(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#')];

    /// <summary>The bytes of a file.</summary>
    public static byte[] Read(string name)
    {
        using var stream =
            typeof(Resource).Assembly.GetManifestResourceStream($"Migration.{name}")
            ?? throw new InvalidOperationException($"the program lacks its file {name}");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
