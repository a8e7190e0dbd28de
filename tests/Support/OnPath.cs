namespace Tempo.Helm.Tests.Support;

/// <summary>Programs on PATH.</summary>
internal static class OnPath
{
    /// <summary>The first of some programs that is on PATH, or null.</summary>
    public static string? Find(params IReadOnlyList<string> names) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
