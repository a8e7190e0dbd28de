using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Chart.TempoConfig;

/// <summary>What files/tempo-keys.yaml of the chart says of a key.</summary>
/// <param name="Type">A type of files/types.yaml, words with <c>|</c> between them, or any.</param>
/// <param name="Versions">The versions of Tempo that have the key.</param>
internal sealed record ConfigKey(string Type, VersionRange Versions)
{
    /// <summary>A row: <c>duration</c>, or <c>duration since=3.1</c>.</summary>
    public static ConfigKey Read(string row)
    {
        var words = row.Split(' ');
        var versions =
            words.Length == 1 ? VersionRange.All
            : words[1].StartsWith("since=", StringComparison.Ordinal) ? VersionRange.Since(words[1]["since=".Length..])
            : words[1].StartsWith("until=", StringComparison.Ordinal) ? VersionRange.Until(words[1]["until=".Length..])
            : throw new InvalidDataException(row);
        return new ConfigKey(words[0], versions);
    }
}
