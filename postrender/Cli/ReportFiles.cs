using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>The files that receive the report of a run.</summary>
internal sealed class ReportFiles : IDisposable
{
    private readonly List<(ReportFile File, FileReplacement Replacement)> _files = [];

    /// <summary>Opens the files.</summary>
    /// <param name="inputs">The files that are read, which no report may replace.</param>
    /// <exception cref="UsageException">A file is an input, or is named twice.</exception>
    /// <exception cref="FileWriteException">A file cannot be written.</exception>
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
            try
            {
                opened._files.Add((file, Open(file.Path, taken)));
            }
            catch
            {
                opened.Dispose();
                throw;
            }
        }

        return opened;
    }

    /// <summary>Whether a file has a format.</summary>
    public bool Has(ReportFormat format) => _files.Exists(entry => entry.File.Format == format);

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

    /// <summary>Deletes incomplete files.</summary>
    public void Dispose() => _files.ForEach(static file => file.Replacement.Dispose());

    private static FileReplacement Open(string path, HashSet<string> taken) =>
        FileErrors.Translate(
            () =>
                taken.Add(FileReplacement.Resolve(path))
                    ? FileReplacement.Open(path)
                    : throw new UsageException(
                        $"--output: {Printable.OneLine(path)} cannot be written: it is an input, or the file of another report. "
                            + "Nothing was written"
                    ),
            reason => new FileWriteException($"--output: {Printable.OneLine(path)} cannot be written: {reason}. Nothing was written")
        );

    private static Func<string, Exception> Failure(ReportFile file) =>
        reason => new FileWriteException($"{Printable.OneLine(file.Path)} could not be written: {reason}");
}
