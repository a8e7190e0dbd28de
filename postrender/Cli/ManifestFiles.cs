using System.CommandLine;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cli;

/// <summary>The manifests that a command is given: a file, a folder, or standard input.</summary>
internal static class ManifestFiles
{
    /// <summary>What stands for standard input on a command line.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>Has an argument that takes paths not take a mistyped option for one; a file may be named ./-x.</summary>
    public static void RefuseOptions(this Argument argument) => argument.Validators.Add(static result =>
    {
        foreach (var option in result.Tokens.Select(static token => token.Value).Where(static token => token is ['-', _, ..]))
        {
            result.AddError($"Unrecognized option '{option}'");
        }
    });

    /// <summary>Opens what a path names; standard input is one stream, a folder as many as it has files.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static IReadOnlyList<ManifestStream> Open(string path, IoContext io)
    {
        if (path == StandardInput)
        {
            return [ManifestStream.Open(InputReader.ReadAll(io.Input))];
        }

        try
        {
            return [.. (Directory.Exists(path) ? FilesOf(path) : [path]).Select(static file => ManifestStream.Open(File.ReadAllBytes(file), file))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{Printable.OneLine(path)} cannot be read: {Printable.OneLine(exception.Message.TrimEnd('.'))}");
        }
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(static file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
}
