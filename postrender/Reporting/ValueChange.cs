using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>A change of one value as a report shows it: printable, in one line, and without anything secret.</summary>
/// <param name="Path">Where in the object, or in the config: <c>spec.ipFamilies</c>, <c>memberlist.bind_addr</c>.</param>
/// <param name="Before">The old value, or null if there is none.</param>
/// <param name="After">The new value, or null if it is removed.</param>
public sealed record ValueChange(string Path, string? Before, string? After)
{
    private const int MaxItems = 8;

    /// <summary>The old value, or that there is none.</summary>
    public string Old => Before ?? "not set";

    /// <summary>The new value, or that there is none.</summary>
    public string New => After ?? "removed";

    /// <summary>The changes that fix a finding.</summary>
    public static IEnumerable<ValueChange> Of(Finding finding)
    {
        var place = finding.Place;
        return finding.Edits.Select(edit => new ValueChange(
            finding.Edits.Count == 1 ? place.ConfigPath ?? place.Path : edit.Path.ToString(),
            OldValue(edit) is { } before ? Redaction.Value(before, place.IsSecret) : null,
            NewValue(edit) is { } after ? Redaction.Value(after, place.IsSecret) : null
        ));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Old} -> {New}";

    private static string? OldValue(Edit edit) =>
        edit.Operation switch
        {
            EditOperation.Set or EditOperation.Remove => edit.Document.Find(edit.Path) is { } node ? Written(node) : null,
            EditOperation.SetLine => edit.Document.Line(edit.Path.Segments[0].Index).Trim(),
            _ => null,
        };

    /// <summary>A line of a file that is not YAML is not written with YAML's quotes.</summary>
    private static string? NewValue(Edit edit) =>
        edit is { Operation: EditOperation.SetLine or EditOperation.InsertLine, Value: YamlValue.Text line }
            ? line.Value.Trim()
            : edit.Value?.ToString();

    /// <summary>Only scalars and short lists of them, because aliases in nested lists can make a value of any size.</summary>
    private static string Written(YamlNode node) =>
        AliasNode.Resolve(node) switch
        {
            SequenceNode { Items: { Count: <= MaxItems } items } when items.All(IsScalar) =>
                $"[{string.Join(", ", items.Select(Written))}]",
            SequenceNode => "[…]",
            ScalarNode { IsNull: true } => "null",
            ScalarNode { Style: ScalarStyle.Plain } scalar => scalar.Value,
            ScalarNode scalar => new YamlValue.Text(scalar.Value).ToString(),
            _ => "{…}",
        };

    private static bool IsScalar(YamlNode node) => AliasNode.Resolve(node) is ScalarNode;
}
