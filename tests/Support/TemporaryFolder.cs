namespace Tempo.Helm.Tests.Support;

/// <summary>A folder that is deleted at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tempo-helm-");

    public string Path => _folder.FullName;

    /// <summary>All files in the folder, in order.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Order()];

    /// <summary>The path of a file of the folder.</summary>
    public string In(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>The text of a file of the folder.</summary>
    public string Read(string file) => File.ReadAllText(In(file));

    /// <summary>Writes a file of the folder, and returns its path.</summary>
    public string Write(string file, string text)
    {
        var path = In(file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a program of the folder, and returns its path.</summary>
    public string WriteProgram(string file, string text)
    {
        var path = Write(file, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Copies the chart into a folder of the folder.</summary>
    public void CopyChart(string to)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("chart"), "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Path, to, System.IO.Path.GetRelativePath(Repository.Path("chart"), file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
