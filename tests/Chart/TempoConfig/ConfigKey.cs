using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Chart.TempoConfig;

/// <summary>What files/tempo-keys.yaml of the chart says of a key.</summary>
/// <param name="Type">A type of files/types.yaml, words with <c>|</c> between them, or any.</param>
/// <param name="Versions">The versions of Tempo that have the key.</param>
internal sealed record ConfigKey(string Type, VersionRange Versions)
{
    /// <summary>A row: <c>duration</c>, <c>duration since=3.1</c>, or <c>duration since=3.1 until=3.2</c>.</summary>
    public static ConfigKey Read(string row)
    {
        var words = row.Split(' ');
        var limits = words.Skip(1).Select(static word => word.Split('=')).ToDictionary(static limit => limit[0], static limit => limit[1]);
        var versions = (limits.GetValueOrDefault("since"), limits.GetValueOrDefault("until")) switch
        {
            (null, null) => VersionRange.All,
            ({ } since, null) => VersionRange.Since(since),
            (null, { } until) => VersionRange.Until(until),
            ({ } since, { } until) => VersionRange.Between(since, until),
        };
        return new ConfigKey(words[0], versions);
    }
}
