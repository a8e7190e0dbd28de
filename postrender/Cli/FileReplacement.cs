namespace Tempo.PostRender.Cli;

/// <summary>
/// The new content of a file. It is written beside the file and takes its place in one step, so that nobody ever reads half of it.
/// The file keeps its permissions, and a symbolic link stays one. A device or a pipe is written as it is.
/// </summary>
internal sealed class FileReplacement : IDisposable
{
    private readonly string _target;
    private readonly string? _temporary;
    private readonly FileStream _content;
    private bool _isDone;

    private FileReplacement(string target, string? temporary, FileStream content) =>
        (_target, _temporary, _content) = (target, temporary, content);

    /// <summary>Receives the content.</summary>
    public Stream Content => _content;

    /// <summary>Creates the new content of a file, which need not exist.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written. The message is a clause.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static FileReplacement Open(string path)
    {
        var target = Path.GetFullPath(path);
        if (IsDevice(target))
        {
            var device = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                BufferSize = 0,
            };
            return new FileReplacement(target, temporary: null, new FileStream(target, device));
        }

        target = Resolve(target);
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
                options.UnixCreateMode = File.GetUnixFileMode(target);
            }
        }

        // The name starts with a dot and has another extension, so that nothing takes it for a manifest.
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        return new FileReplacement(target, temporary, new FileStream(temporary, options));
    }

    /// <summary>The file that a path leads to, through symbolic links.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var file = new FileInfo(full);
        return file.LinkTarget is null ? full : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    /// <summary>Ends the content. It is on the disk then, but not in its place.</summary>
    public void Complete()
    {
        _content.Flush(flushToDisk: _temporary is not null);
        _content.Dispose();
        if (_temporary is not null && !OperatingSystem.IsWindows() && File.Exists(_target))
        {
            File.SetUnixFileMode(_temporary, File.GetUnixFileMode(_target));
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

    /// <summary>The links below /dev/fd lead to names that no file has.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));

    /// <summary>Its folder would allow to replace a file that is read-only, and to the administrator every file can be written.</summary>
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
