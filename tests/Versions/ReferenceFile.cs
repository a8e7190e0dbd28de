using Tempo.PostRender.Tempo;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Versions;

/// <summary>
/// config-keys.tsv: the keys of Tempo's configuration reference, with the first and last version that lists each. Open parts (receivers,
/// caches) are not listed.
/// </summary>
/// <param name="Head">The comments above the versions.</param>
/// <param name="Versions">The versions whose reference was read, oldest first, as they are written in the file.</param>
/// <param name="Rows">The keys, with the first version and the last, or null for the newest.</param>
internal sealed record ReferenceFile(
    IReadOnlyList<string> Head,
    IReadOnlyList<string> Versions,
    IReadOnlyDictionary<string, (string Since, string? Until)> Rows
)
{
    private const string VersionsMark = "# versions: ";
    private const string Newest = "-";
    private const string Columns = "key\tsince\tuntil";

    public static ReferenceFile Parse(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        return new ReferenceFile(
            [.. lines.TakeWhile(static line => !line.StartsWith(VersionsMark))],
            lines.Single(static line => line.StartsWith(VersionsMark))[VersionsMark.Length..].Split(' '),
            lines
                .SkipWhile(static line => line != Columns)
                .Skip(1)
                .Select(static line => line.Split('\t'))
                .ToDictionary(static row => row[0], static row => (row[1], row[2] == Newest ? null : row[2]))
        );
    }

    /// <summary>
    /// The file with one more version. A version in development that was read before, or that has been released since, is replaced.
    /// </summary>
    /// <param name="version">The version: <c>3.2.0</c>, or <c>3.2-dev</c> for one in development.</param>
    /// <param name="keys">The keys of its reference.</param>
    public ReferenceFile With(string version, IReadOnlySet<string> keys)
    {
        var replaced = TempoVersion.Parse(Versions[^1]) == TempoVersion.Parse(version) ? Versions[^1] : null;
        var earlier = replaced is null ? Versions : [.. Versions.Take(Versions.Count - 1)];
        var rows = new Dictionary<string, (string Since, string? Until)>();
        foreach (var (key, row) in Rows.Where(row => row.Value.Since != replaced))
        {
            var isGone = row.Until is not null && !(replaced is not null && row.Until == earlier[^1]);
            rows[key] = (isGone, keys.Contains(key)) switch
            {
                (false, true) => (row.Since, null),
                (false, false) => (row.Since, earlier[^1]),
                (true, false) => row,
                (true, true) => throw new InvalidOperationException($"{key} is back since {version}, which a row cannot say"),
            };
        }

        foreach (var key in keys.Where(key => !rows.ContainsKey(key)))
        {
            rows[key] = (version, null);
        }

        return this with
        {
            Versions = [.. earlier, version],
            Rows = rows,
        };
    }

    /// <summary>The key paths of a reference: docs/sources/tempo/configuration/manifest.md of Tempo's sources.</summary>
    public static IReadOnlySet<string> KeysOf(string manifest)
    {
        var text = manifest[(manifest.IndexOf("```yaml\n") + "```yaml\n".Length)..];
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text[..text.IndexOf("```")]));
        return Below(yaml.Documents[0].RootNode, "").ToHashSet();
    }

    public override string ToString() =>
        string.Concat([
            .. Head.Append(VersionsMark + string.Join(' ', Versions)).Append(Columns).Select(static line => $"{line}\n"),
            .. Rows.OrderBy(static row => row.Key).Select(static row => $"{row.Key}\t{row.Value.Since}\t{row.Value.Until ?? Newest}\n"),
        ]);

    private static IEnumerable<string> Below(YamlNode node, string path) =>
        node switch
        {
            YamlMappingNode map => map.Children.SelectMany(entry =>
            {
                var key = path.Length == 0 ? $"{entry.Key}" : $"{path}.{entry.Key}";
                return Below(entry.Value, key).Prepend(key);
            }),
            YamlSequenceNode list => list.OfType<YamlMappingNode>().SelectMany(item => Below(item, $"{path}[]")),
            _ => [],
        };
}
