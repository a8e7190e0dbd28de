using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The files that receive the report of a run.</summary>
internal sealed class ReportFiles : IDisposable
{
    private readonly List<(ReportFile File, FileReplacement Replacement)> _files = [];

    /// <summary>Opens the files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="inputs">The files that are read, which no report may replace.</param>
    /// <exception cref="UsageException">A file cannot be written, is an input, or is named twice.</exception>
    public static ReportFiles Open(IReadOnlyList<ReportFile> files, IReadOnlyList<string> inputs)
    {
        var opened = new ReportFiles();
        var taken = new HashSet<string>(FileReplacement.Paths);
        if (files.Count > 0)
        {
            taken.UnionWith(inputs.SelectMany(ManifestFiles.FilesOf));
        }

        foreach (var file in files)
        {
            opened._files.Add((file, FileErrors.Translate(() => Open(file.Path), Failure)));

            UsageException Failure(string reason)
            {
                opened.Dispose();
                return new UsageException($"--output: {Printable.OneLine(file.Path)} cannot be written: {reason}. Nothing was written");
            }
        }

        return opened;

        FileReplacement Open(string path) =>
            !taken.Add(FileReplacement.Resolve(path))
                ? throw new IOException("it is an input, or the file of another report")
                : FileReplacement.Open(path);
    }

    /// <summary>Writes the reports. The files appear when all of them are complete.</summary>
    /// <param name="write">Writes the report in a format.</param>
    /// <exception cref="FileWriteException">A file could not be written.</exception>
    public void Write(Action<ReportFormat, Stream> write)
    {
        foreach (var (file, replacement) in _files)
        {
            using var buffer = new MemoryStream();
            write(file.Format, buffer);
            FileErrors.Translate(() => replacement.Complete([buffer.GetBuffer().AsMemory(0, (int)buffer.Length)]), Failure(file));
        }

        foreach (var (file, replacement) in _files)
        {
            FileErrors.Translate(replacement.Commit, Failure(file));
        }
    }

    /// <summary>Deletes what is not complete.</summary>
    public void Dispose() => _files.ForEach(static file => file.Replacement.Dispose());

    private static Func<string, Exception> Failure(ReportFile file) =>
        reason => new FileWriteException($"{Printable.OneLine(file.Path)} could not be written: {reason}");
}
