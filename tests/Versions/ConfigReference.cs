using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Versions;

/// <summary>The configuration reference of every version of Tempo, as config-keys.tsv has it.</summary>
internal static class ConfigReference
{
    public static string Path { get; } = Repository.Path("tests", "Versions", "config-keys.tsv");

    private static readonly ReferenceFile File = ReferenceFile.Parse(System.IO.File.ReadAllText(Path));

    private static readonly Dictionary<string, (TempoVersion Since, TempoVersion Until)> Rows = File.Rows.ToDictionary(
        static row => row.Key,
        static row => (Read(row.Value.Since), Read(row.Value.Until ?? File.Versions[^1]))
    );

    /// <summary>The versions whose reference was read, oldest first.</summary>
    public static IReadOnlyList<TempoVersion> Versions { get; } = [.. File.Versions.Select(Read)];

    public static IEnumerable<string> Keys => Rows.Keys;

    public static bool Has(string key, TempoVersion version) =>
        Rows.TryGetValue(key, out var row) && row.Since <= version && version <= row.Until;

    public static bool HasEver(string key) => Rows.ContainsKey(key);

    private static TempoVersion Read(string text) =>
        TempoVersion.Parse(text) ?? throw new InvalidOperationException($"{text} is no version");
}
