using System.Text;
using System.Text.RegularExpressions;
using Tempo.PostRender.Migration;

namespace Tempo.Helm.Tests.Generated;

/// <summary>The tables of the migration guides, from the rows that the command migrate reads.</summary>
internal static partial class MigrationDocumentation
{
    /// <summary>The tables of one source, a heading above each.</summary>
    public static string Markdown(MigrationTable table)
    {
        var text = new StringBuilder();
        foreach (var group in table.Groups)
        {
            var rows = group.Rows.Where(static row => Cell(row).Length > 0).ToList();
            if (rows.Count == 0)
            {
                continue;
            }

            text.Append(text.Length == 0 ? "" : "\n").Append("### ").Append(group.Title).Append("\n\n");
            text.Append($"| {table.Kind ?? table.Name} | here |\n| --- | --- |\n");
            var component = group.Components.Count == 1 ? $"{group.Components[0]}." : "";
            foreach (var row in rows)
            {
                text.Append($"| {string.Join(", ", row.Keys.Select(key => $"`{component}{key}`"))} | {Cell(row)} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The defaults that differ between the charts.</summary>
    public static string Differences(MigrationTable table)
    {
        var text = new StringBuilder($"| | {table.Name} | here | set |\n| --- | --- | --- | --- |\n");
        foreach (var row in table.Differences)
        {
            text.Append($"| {row.What} | {row.There} | {Here(row)} | {string.Join(", ", row.Set.Select(static path => $"`{path}`"))} |\n");
        }

        return text.ToString();
    }

    private static string Here(MigrationDifference row) =>
        Placeholder()
            .Replace(
                row.Here,
                static match =>
                    ValuesFile.Chart.Find(match.Groups["path"].Value)?.Value.ToString()
                    ?? throw new InvalidOperationException($"the chart has no value {match.Groups["path"].Value}")
            );

    private static string Cell(MigrationRow row)
    {
        var places = Places(row);
        var said = row.Gone is null ? row.Remark : $"{row.Gone}{(row.Instead is null ? "" : $"; {row.Instead}")}";
        return row.Gone is null ? string.Join("; ", new[] { places, said }.OfType<string>()) : $"removed: {said}";
    }

    private static string? Places(MigrationRow row)
    {
        if (row.Here.Count == 0)
        {
            return null;
        }

        if (row.Here is ["same"])
        {
            return "same";
        }

        var several = row.Keys.Count > 1;
        return string.Join(
            ", ",
            row.Here.Select(here =>
                here switch
                {
                    "same" => $"`{row.Keys[0]}`",
                    "*" => "the same at the top",
                    _ when several && here.EndsWith(".*") => $"the same under `{here[..^2]}`",
                    _ when here.EndsWith(".<key>") => $"the same under `{here[..^".<key>".Length]}`",
                    _ => $"`{new MigrationEntry(row, "", row.Keys[0]).Fill(here.Replace("<component>.", ""))}`",
                }
            )
        );
    }

    [GeneratedRegex(@"\{(?<path>[\w.]+)\}")]
    private static partial Regex Placeholder();
}
