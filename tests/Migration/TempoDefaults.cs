using System.Globalization;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Migration;

/// <summary>Tempo's own defaults of settings that one chart writes and the other leaves to Tempo: tempo-defaults.txt.</summary>
internal static partial class TempoDefaults
{
    private static readonly Dictionary<string, string> Values = File.ReadLines(Repository.Path("tests", "Migration", "tempo-defaults.txt"))
        .Where(static line => line[0] != '#')
        .Select(static line => line.Split(' ', 2))
        .ToDictionary(static line => line[0], static line => Normal(line[1]));

    /// <summary>The default of a setting, or null where the file does not have it.</summary>
    public static string? Of(string path) => Values.GetValueOrDefault(path);

    /// <summary>A value in one form: durations in seconds.</summary>
    public static string Normal(string text)
    {
        var match = Duration().Match(text);
        return text.Length > 0 && match.Success
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Number(match, "h") * 3600 + Number(match, "m") * 60 + Number(match, "s") + Number(match, "ms") / 1000}s"
            )
            : text;
    }

    private static decimal Number(Match match, string unit) =>
        match.Groups[unit].Success ? decimal.Parse(match.Groups[unit].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?=.*[a-z])((?<h>[0-9]+)h)?((?<m>[0-9]+)m)?((?<s>[0-9.]+)s)?((?<ms>[0-9]+)ms)?$")]
    private static partial Regex Duration();
}
