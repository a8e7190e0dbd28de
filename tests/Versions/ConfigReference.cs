using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Versions;

/// <summary>
/// The configuration reference of every version of Tempo, as key paths with the first and last version that lists each
/// (config-keys.tsv). Open parts (receivers, caches) are not listed.
/// </summary>
internal static class ConfigReference
{
    private static readonly Dictionary<string, (TempoVersion Since, TempoVersion Until)> Rows = File.ReadLines(
            Repository.Path("tests", "Versions", "config-keys.tsv")
        )
        .Where(static line => !line.StartsWith('#') && !line.StartsWith("key\t", StringComparison.Ordinal))
        .Select(static line => line.Split('\t'))
        .ToDictionary(static row => row[0], static row => (Read(row[1]), Read(row[2])), StringComparer.Ordinal);

    /// <summary>The versions whose reference was read, oldest first.</summary>
    public static IReadOnlyList<TempoVersion> Versions { get; } =
    [
        .. (
            (string[])
                [
                    "2.0.0",
                    "2.1.0",
                    "2.2.0",
                    "2.3.0",
                    "2.4.0",
                    "2.5.0",
                    "2.6.0",
                    "2.7.0",
                    "2.8.0",
                    "2.9.0",
                    "2.10.0",
                    "2.10.8",
                    "3.0.0",
                    "3.0.3",
                    "3.1-dev",
                ]
        ).Select(Read),
    ];

    public static IEnumerable<string> Keys => Rows.Keys;

    public static bool Has(string key, TempoVersion version) =>
        Rows.TryGetValue(key, out var row) && row.Since <= version && version <= row.Until;

    public static bool HasEver(string key) => Rows.ContainsKey(key);

    private static TempoVersion Read(string text) =>
        TempoVersion.Parse(text) ?? throw new InvalidOperationException($"{text} is no version");
}
