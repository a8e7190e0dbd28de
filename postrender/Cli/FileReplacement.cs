using System.Runtime.Versioning;

namespace Tempo.PostRender.Cli;

/// <summary>
/// The new content of a file. It is written beside the file and takes its place in one step, so that nobody ever reads half of it.
/// The file keeps its permissions, and a symbolic link stays one. A device or a pipe is written as it is.
/// </summary>
internal sealed class FileReplacement : IDisposable
{
    private const int MaxLinks = 40;

    private readonly string _target;
    private readonly string? _temporary;
    private readonly FileStream _content;
    private bool _isDone;

    private FileReplacement(string target, string? temporary, FileStream content) =>
        (_target, _temporary, _content) = (target, temporary, content);

    /// <summary>Creates the new content of a file, which need not exist.</summary>
    /// <exception cref="IOException">The file cannot be written. The message is a clause.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static FileReplacement Open(string path)
    {
        var target = Resolve(path);
        if (OpenDevice(target) is { } device)
        {
            return new FileReplacement(target, temporary: null, device);
        }

        var folder = Path.GetDirectoryName(target)!;
        if (Directory.Exists(target))
        {
            throw new IOException("it is a folder");
        }

        if (!Directory.Exists(folder))
        {
            throw new IOException($"the folder {folder} does not exist");
        }

        // Without a buffer, which would be written again, and fail again, when the stream is closed after an error.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (File.Exists(target))
        {
            RefuseReadOnly(target);
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = ModeOf(target);
            }
        }

        // The name starts with a dot and has another extension, so that nothing takes it for a manifest.
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        return new FileReplacement(target, temporary, new FileStream(temporary, options));
    }

    /// <summary>Compares paths as the file systems of the operating system usually do.</summary>
    public static StringComparer Paths => OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The file that a path leads to, through symbolic links of the file and of its folders.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Resolve(string path)
    {
        var links = 0;
        return Follow(Path.GetFullPath(path));

        string Follow(string full)
        {
            if (Path.GetDirectoryName(full) is not { } folder)
            {
                return full;
            }

            var parent = Follow(folder);
            full = Path.Combine(parent, Path.GetFileName(full));
            // The links there lead to open files and pipes, although they show a path.
            if (full.StartsWith("/proc/", StringComparison.Ordinal) || new FileInfo(full).LinkTarget is not { } target)
            {
                return full;
            }

            return ++links <= MaxLinks ? Follow(Path.GetFullPath(target, parent)) : throw new IOException("its links lead in a circle");
        }
    }

    /// <summary>Whether a resolved path is a regular file with content. Devices, pipes and links have no length of their own.</summary>
    public static bool HasContent(string resolved) => new FileInfo(resolved) is { Exists: true, LinkTarget: null, Length: > 0 };

    /// <summary>Writes the content. It is on the disk then, but not in its place.</summary>
    /// <param name="content">The content in consecutive parts.</param>
    public void Complete(IReadOnlyList<ReadOnlyMemory<byte>> content)
    {
        foreach (var part in content)
        {
            _content.Write(part.Span);
        }

        _content.Flush(flushToDisk: _temporary is not null);
        _content.Dispose();
        if (_temporary is not null && !OperatingSystem.IsWindows() && File.Exists(_target))
        {
            File.SetUnixFileMode(_temporary, ModeOf(_target));
        }
    }

    /// <summary>Puts the content in its place.</summary>
    public void Commit()
    {
        if (_temporary is not null)
        {
            File.Move(_temporary, _target, overwrite: true);
        }

        _isDone = true;
    }

    /// <summary>Deletes the content unless it is in its place.</summary>
    public void Dispose()
    {
        _content.Dispose();
        if (!_isDone && _temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    /// <summary>Opens a device or a pipe; null for a regular file, which alone can be made shorter.</summary>
    private static FileStream? OpenDevice(string target)
    {
        if (!File.Exists(target) || HasContent(target))
        {
            return null;
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        var file = new FileStream(target, options);
        if (new FileInfo(target).LinkTarget is not null || !CanBeShortened(file))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private static bool CanBeShortened(FileStream file)
    {
        try
        {
            file.SetLength(0);
            return true;
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>The permissions. A written file does not run as its owner or group any more: they may be others now.</summary>
    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode ModeOf(string file) => File.GetUnixFileMode(file) & ~(UnixFileMode.SetUser | UnixFileMode.SetGroup);

    /// <summary>The folder of a read-only file would allow to replace it, and an administrator can write every file.</summary>
    private static void RefuseReadOnly(string file)
    {
        const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        var isReadOnly = OperatingSystem.IsWindows()
            ? File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly)
            : (File.GetUnixFileMode(file) & Writable) == 0;
        if (isReadOnly)
        {
            throw new IOException("it is read-only");
        }

        using var check = new FileStream(file, FileMode.Open, FileAccess.Write);
    }
}
