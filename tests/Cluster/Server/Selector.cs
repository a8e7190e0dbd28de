using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>Label selectors as an API server takes them in a query.</summary>
internal static partial class Selector
{
    public static bool MatchesLabels(JsonObject found, string? selector)
    {
        var labels = found["metadata"]?["labels"] as JsonObject;
        return Requirements()
            .Matches(selector ?? "")
            .All(match =>
            {
                var value = labels?[match.Groups["key"].Value]?.GetValue<string>();
                var values = match.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries);
                return match.Groups["operator"].Value.Trim() switch
                {
                    "=" or "==" => value == match.Groups["value"].Value,
                    "!=" => value != match.Groups["value"].Value,
                    "in" => value is not null && values.Contains(value),
                    "notin" => value is null || !values.Contains(value),
                    _ => match.Groups["not"].Length > 0 ? value is null : value is not null,
                };
            });
    }

    [GeneratedRegex(
        @"(?<not>!?)(?<key>[A-Za-z0-9./_-]+)((?<operator>==?|!=)(?<value>[^,]*)|(?<operator> (in|notin)) \((?<values>[^)]*)\))?(,|$)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Requirements();
}
