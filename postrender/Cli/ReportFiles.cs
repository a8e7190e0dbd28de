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
            var name = Printable.OneLine(file.Path);
            try
            {
                if (file.Path.Length == 0 || !taken.Add(FileReplacement.Resolve(file.Path)))
                {
                    throw new IOException(file.Path.Length == 0 ? "it has no name" : "it is an input, or the file of another report");
                }

                opened._files.Add((file, FileReplacement.Open(file.Path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                opened.Dispose();
                throw new UsageException(
                    $"--output: {name} cannot be written: {Printable.OneLine(exception.Message.TrimEnd('.'))}. Nothing was written"
                );
            }
        }

        return opened;
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
            buffer.Position = 0;
            Try(
                file,
                () =>
                {
                    buffer.CopyTo(replacement.Content);
                    replacement.Complete();
                }
            );
        }

        foreach (var (file, replacement) in _files)
        {
            Try(file, replacement.Commit);
        }
    }

    /// <summary>Deletes what is not complete.</summary>
    public void Dispose() => _files.ForEach(static file => file.Replacement.Dispose());

    private static void Try(ReportFile file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(
                $"{Printable.OneLine(file.Path)} could not be written: {Printable.OneLine(exception.Message.TrimEnd('.'))}"
            );
        }
    }
}
