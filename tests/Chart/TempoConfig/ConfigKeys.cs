using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.TempoConfig;

/// <summary>The keys of tempo.yaml that Tempo knows; it refuses to start on any other.</summary>
internal static partial class ConfigKeys
{
    /// <summary>The chart's own list, as it is for the version of its appVersion.</summary>
    private static readonly string[] Lines =
    [
        .. File.ReadLines(Repository.Path("chart", "files", "tempo-keys.txt"))
            .Where(static line => line[0] != '#' && !line.Contains("since=", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[0]),
    ];

    private static readonly HashSet<string> Keys = [.. Lines.Where(static line => !line.EndsWith(']') && !line.EndsWith('}'))];

    /// <summary>Maps of any keys, and lists of items that are not looked into.</summary>
    private static readonly HashSet<string> Free = [.. Lines.Except(Keys).Select(static line => line[..^2])];

    /// <summary>The paths of a configuration that Tempo does not know.</summary>
    public static IEnumerable<string> Unknown(JsonNode? config) =>
        config
            .Scalars()
            .Select(static scalar => Index().Replace(scalar.Path, "[]"))
            .Where(static path => path.Length > 0 && !IsKnown(path))
            .Distinct();

    private static bool IsKnown(string path) =>
        Keys.Contains(path) || Ancestors(path).Any(Free.Contains) || Keys.Any(key => key.StartsWith($"{path}.", StringComparison.Ordinal));

    private static IEnumerable<string> Ancestors(string path)
    {
        yield return path;
        for (var i = path.Length - 1; i > 0; i--)
        {
            if (path[i] is '.' or '[')
            {
                yield return path[..i];
            }
        }
    }

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Index();
}
