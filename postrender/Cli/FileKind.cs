using System.Formats.Tar;

namespace Tempo.PostRender.Cli;

/// <summary>Tells regular files from devices and pipes without opening them: opening a pipe waits for its other end.</summary>
internal static class FileKind
{
    /// <summary>Whether a file is a regular one.</summary>
    /// <param name="resolved">Its path without links.</param>
    /// <exception cref="IOException">It does not exist.</exception>
    public static bool IsRegular(string resolved)
    {
        if (!File.Exists(resolved))
        {
            throw new FileNotFoundException("it is a link to a file that does not exist");
        }

        return FileReplacement.HasContent(resolved) || IsEmptyFile(resolved);
    }

    /// <summary>The .NET library says what a file without content is only in an archive; the archive holds no content here.</summary>
    private static bool IsEmptyFile(string resolved)
    {
        using var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, leaveOpen: true);
            writer.WriteEntry(resolved, "file");
        }
        catch (IOException)
        {
            // An archive cannot hold a socket.
            return false;
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry() is { EntryType: TarEntryType.RegularFile };
    }
}
