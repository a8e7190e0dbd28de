using System.IO.Enumeration;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>Opens the manifests that are named on the command line: a file, a folder, or standard input.</summary>
internal static class ManifestFiles
{
    /// <summary>The argument that means standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    private static readonly string EndOfInput = OperatingSystem.IsWindows() ? "Ctrl+Z and Enter" : "Ctrl+D";

    private static readonly EnumerationOptions EveryEntry = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = default,
        IgnoreInaccessible = false,
    };

    /// <summary>Refuses to wait for a terminal if a command has no file to read.</summary>
    /// <exception cref="UsageException">Standard input is a terminal.</exception>
    public static void RefuseTerminal(string command, IoContext io)
    {
        if (io.IsInputTerminal)
        {
            throw new UsageException(
                $"{command} reads manifests from standard input, but standard input is a terminal. Name a file, or run helm template "
                    + $"CHART | {ProgramName.Of(io)} {command}"
            );
        }
    }

    /// <summary>Opens a path: one stream for a file or standard input, one per file for a folder.</summary>
    /// <param name="inputName">The name that reports give standard input, or null.</param>
    /// <exception cref="UsageException">The path cannot be read.</exception>
    public static IReadOnlyList<ManifestStream> Open(string path, IoContext io, string? inputName = null)
    {
        if (path == StandardInput)
        {
            if (io.IsInputTerminal)
            {
                io.Error.WriteLine($"{ProgramInfo.Name}: reading YAML from the terminal; {EndOfInput} on a line of its own ends it");
                io.Error.Flush();
            }

            return [Stream(InputReader.ReadAll(io), inputName)];
        }

        RefuseChart(path, io);
        return Read(path, static file => Stream(ReadAll(file), file));
    }

    /// <summary>The files that a path leads to, with links resolved; none for standard input.</summary>
    /// <exception cref="UsageException">The path cannot be read.</exception>
    public static IReadOnlyList<string> FilesOf(string path) => path == StandardInput ? [] : Read(path, FileReplacement.Resolve);

    /// <summary>Whether a file in a folder is read as manifests.</summary>
    public static bool HasManifestName(ReadOnlySpan<char> path) =>
        Extensions.Contains(Path.GetExtension(path).ToString(), StringComparer.OrdinalIgnoreCase);

    private static List<T> Read<T>(string path, Func<string, T> read) =>
        FileErrors.Translate<List<T>>(
            () => [.. (Directory.Exists(path) ? ManifestsIn(path) : [path]).Select(read)],
            reason => CannotBeRead(path, reason)
        );

    /// <summary>A folder leaves out the reports in it, so only one that the user names comes here.</summary>
    private static ManifestStream Stream(ReadOnlyMemory<byte> content, string? name) =>
        ReportFileDetector.Is(content.Span)
            ? throw new InvalidInputException(
                "it is a report of an earlier run. Name the file that the report is about",
                name,
                location: null
            )
            : ManifestStream.Open(content, name);

    /// <summary>A chart is not rendered manifests: its templates are no YAML, and its values decide what is rendered.</summary>
    private static void RefuseChart(string path, IoContext io)
    {
        if (
            File.Exists(Path.Combine(path, "Chart.yaml"))
            || (path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) && File.Exists(path))
        )
        {
            var (name, program) = (Printable.OneLine(path), ProgramName.Of(io));
            throw new UsageException(
                $"{name} is a Helm chart, not rendered manifests. To check it, run: helm template {name} | {program} check. To render "
                    + $"and fix it, run: {program} template {name}"
            );
        }
    }

    /// <summary>Without limits for a pipe, which has an end. A device need not have one: of those, only an empty one is read.</summary>
    private static ReadOnlyMemory<byte> ReadAll(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        if (!file.CanSeek)
        {
            return InputReader.ReadAll(file);
        }

        if (file.Length > 0)
        {
            return File.ReadAllBytes(path);
        }

        return file.ReadByte() < 0 ? ReadOnlyMemory<byte>.Empty : throw new IOException("it is a device, not a file");
    }

    /// <summary>
    /// The manifests of a folder. Folders that are links are not entered: they may lead in a circle, or out of the folder. A file with
    /// several names is read once, as in a mounted ConfigMap. A report that an earlier run has written there is no manifest.
    /// </summary>
    private static IEnumerable<string> ManifestsIn(string folder) =>
        new FileSystemEnumerable<string>(folder, static (ref entry) => entry.ToSpecifiedFullPath(), EveryEntry)
        {
            ShouldRecursePredicate = static (ref entry) => entry.ToFileSystemInfo().LinkTarget is null,
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory && HasManifestName(entry.FileName),
        }
            .Order(StringComparer.Ordinal)
            .DistinctBy(RealFile, FileReplacement.Paths)
            .Where(static file => !ReportFileDetector.Is(file));

    private static string RealFile(string path) =>
        FileErrors.Translate(
            () =>
            {
                var resolved = FileReplacement.Resolve(path);
                return FileKind.IsRegular(resolved) ? resolved : throw new IOException("it is a device or a pipe, not a file");
            },
            reason => CannotBeRead(path, reason)
        );

    private static UsageException CannotBeRead(string path, string reason) => new($"{Printable.OneLine(path)} cannot be read: {reason}");
}
