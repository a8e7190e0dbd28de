using System.Text.RegularExpressions;

namespace Tempo.Helm.Tests.Architecture;

/// <summary>A table of layers in a document: each row names a folder and the folders that it may use.</summary>
/// <param name="Rows">The rows, in order.</param>
internal sealed record LayerTable(IReadOnlyList<(string Layer, IReadOnlyList<string> Uses)> Rows)
{
    /// <summary>Reads a table.</summary>
    /// <param name="page">The document, as Markdown.</param>
    /// <param name="parent">The folder whose folders the table lists.</param>
    public static LayerTable Read(string page, string parent) =>
        new([
            .. Regex
                .Matches(page, $@"^\| `{parent}/(?<layer>\w+)` \|[^|]*\|(?<uses>[^|]*)\|$", RegexOptions.Multiline)
                .Select(static row =>
                    (
                        row.Groups["layer"].Value,
                        (IReadOnlyList<string>)row.Groups["uses"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
                    )
                ),
        ]);

    /// <summary>Where the table and the code differ, and where data would flow back.</summary>
    /// <param name="folders">The folders that exist.</param>
    /// <param name="uses">Which layer uses which, by which types.</param>
    public IEnumerable<string> Faults(IEnumerable<string> folders, IEnumerable<(string Layer, string Uses, string Type, string Used)> uses)
    {
        var names = folders.Select(static folder => Path.GetFileName(folder)).ToList();
        var found = uses.Where(static use => use.Layer != Layers.Root && use.Uses != Layers.Root).ToList();
        var layers = Rows.Select(static row => row.Layer).ToList();
        return
        [
            .. names.Except(layers).Select(static name => $"{name} is a folder without a row"),
            .. layers.Except(names).Select(static name => $"{name} has a row, but is not a folder"),
            .. from row in Rows
            from use in row.Uses
            where !layers.Take(layers.IndexOf(row.Layer)).Contains(use)
            select $"{row.Layer} uses {use}, which is not a row above it",
            .. from row in Rows
            from use in row.Uses
            where !found.Exists(one => one.Layer == row.Layer && one.Uses == use)
            select $"{row.Layer} does not use {use}: remove it from the row",
            .. from use in found
            where Rows.Any(row => row.Layer == use.Layer && !row.Uses.Contains(use.Uses))
            select $"{use.Layer} uses {use.Uses}, which its row does not allow: {use.Type} uses {use.Used}",
        ];
    }
}
