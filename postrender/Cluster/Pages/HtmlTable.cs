using System.Net;
using System.Text.RegularExpressions;

namespace Tempo.PostRender.Cluster.Pages;

/// <summary>Parses tables of the simple HTML that Go's templates write: not nested, and with every cell closed.</summary>
internal static partial class HtmlTable
{
    /// <summary>The rows of the first table that has these columns, each as a map from column to text; or null if there is none.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>>? Find(string html, params IReadOnlyList<string> columns)
    {
        foreach (var table in Tables().Matches(html).Select(static match => match.Value))
        {
            var rows = Rows()
                .Matches(table)
                .Select(static row => Cells().Matches(row.Value).Select(static cell => Text(cell.Groups[1].Value)).ToList())
                .ToList();
            if (rows.Count > 0 && columns.All(rows[0].Contains))
            {
                return
                [
                    .. rows.Skip(1)
                        .Where(row => row.Count == rows[0].Count)
                        .Select(row => rows[0].Zip(row).DistinctBy(static cell => cell.First).ToDictionary()),
                ];
            }
        }

        return null;
    }

    private static string Text(string cell) => WebUtility.HtmlDecode(Tags().Replace(cell, "")).Trim();

    [GeneratedRegex(@"<table\b.*?</table>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tables();

    [GeneratedRegex(@"<tr\b.*?</tr>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rows();

    [GeneratedRegex(@"<t[dh]\b[^>]*>(.*?)</t[dh]>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cells();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();
}
