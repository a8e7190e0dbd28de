using System.CommandLine;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cli;

/// <summary>Opens the manifests that are named on the command line: a file, a folder, or standard input.</summary>
internal static class ManifestFiles
{
    /// <summary>The argument that means standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>Rejects values that start with a dash: they are mistyped options. A file with such a name is written ./-x.</summary>
    public static void RefuseOptions(this Argument argument) =>
        argument.Validators.Add(static result =>
        {
            foreach (var option in result.Tokens.Select(static token => token.Value).Where(static token => token is ['-', _, ..]))
            {
                result.AddError($"Unrecognized option '{option}'");
            }
        });

    /// <summary>Opens a path: one stream for a file or standard input, one per file for a folder.</summary>
    /// <exception cref="UsageException">The path cannot be read.</exception>
    public static IReadOnlyList<ManifestStream> Open(string path, IoContext io)
    {
        if (path == StandardInput)
        {
            return [ManifestStream.Open(InputReader.ReadAll(io.Input))];
        }

        try
        {
            return
            [
                .. (Directory.Exists(path) ? FilesOf(path) : [path]).Select(static file =>
                    ManifestStream.Open(File.ReadAllBytes(file), file)
                ),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{Printable.OneLine(path)} cannot be read: {Printable.OneLine(exception.Message.TrimEnd('.'))}");
        }
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(static file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
}
