using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>
/// Writes the fixes of reports into the files that were read: into all of them, or into none. Each new content is complete on the
/// disk before the first file changes; if a file cannot be replaced then, those before it get their old content back.
/// </summary>
internal sealed class FileRepair
{
    private readonly List<Target> _targets = [];

    /// <summary>Called before each file is replaced; tests make it fail there.</summary>
    internal Action<string> BeforeCommit { get; init; } = static _ => { };

    /// <summary>Writes the fixes.</summary>
    /// <param name="inputs">What was found; no report is refused.</param>
    /// <exception cref="UsageException">A file is named twice, or is not a regular file. Nothing was changed.</exception>
    /// <exception cref="FileWriteException">A file cannot be written; the message says what was changed.</exception>
    public void Write(IEnumerable<InspectedInput> inputs)
    {
        try
        {
            foreach (var edits in inputs.SelectMany(static input => input.Report.Repairs).GroupBy(static edit => edit.Outermost.Stream))
            {
                Open(edits.Key, ManifestWriter.Apply(edits.Key, edits));
            }

            foreach (var target in _targets)
            {
                Complete(target);
            }

            Commit();
        }
        finally
        {
            _targets.ForEach(static target => target.Replacement.Dispose());
        }
    }

    private void Open(ManifestStream stream, IReadOnlyList<ReadOnlyMemory<byte>> content)
    {
        var (path, name) = (stream.File!, Printable.OneLine(stream.File!));
        FileErrors.Translate(
            () =>
            {
                var resolved = FileReplacement.Resolve(path);
                if (!FileReplacement.HasContent(resolved))
                {
                    throw Refused("it is not a regular file");
                }

                if (_targets.Find(target => FileReplacement.Paths.Equals(target.Resolved, resolved)) is { } other)
                {
                    throw Refused($"it is the same file as {other.Name}");
                }

                _targets.Add(
                    new Target
                    {
                        Name = name,
                        Path = path,
                        Resolved = resolved,
                        Before = stream.Bytes,
                        After = content,
                        Replacement = FileReplacement.Open(path),
                    }
                );
            },
            reason => new FileWriteException($"{name} cannot be fixed: {reason}. No file was changed")
        );

        UsageException Refused(string reason) => new($"{name} cannot be fixed: {reason}. No file was changed");
    }

    private static void Complete(Target target) =>
        FileErrors.Translate(
            () =>
            {
                target.Replacement.Complete(target.After);
                if (!File.ReadAllBytes(target.Path).AsSpan().SequenceEqual(target.Before.Span))
                {
                    throw new IOException("another program changed it in the meantime");
                }
            },
            reason => new FileWriteException($"{target.Name} could not be fixed: {reason}. No file was changed")
        );

    private void Commit()
    {
        for (var i = 0; i < _targets.Count; i++)
        {
            try
            {
                BeforeCommit(_targets[i].Path);
                _targets[i].Replacement.Commit();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                var changed = _targets[..i].Where(static target => !TryRestore(target)).Select(static target => target.Name).ToList();
                throw new FileWriteException(
                    $"{_targets[i].Name} could not be fixed: {FileErrors.Reason(exception)}. "
                        + (changed.Count == 0 ? "No file was changed" : $"These files are already fixed: {string.Join(", ", changed)}")
                );
            }
        }
    }

    private static bool TryRestore(Target target)
    {
        try
        {
            using var old = FileReplacement.Open(target.Path);
            old.Complete([target.Before]);
            old.Commit();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed record Target
    {
        public required string Name { get; init; }

        public required string Path { get; init; }

        public required string Resolved { get; init; }

        public required ReadOnlyMemory<byte> Before { get; init; }

        public required IReadOnlyList<ReadOnlyMemory<byte>> After { get; init; }

        public required FileReplacement Replacement { get; init; }
    }
}
