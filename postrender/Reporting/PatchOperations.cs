using System.Globalization;
using System.Text.Encodings.Web;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Reporting;

/// <summary>Edits of one object as JSON Patch operations.</summary>
/// <param name="patched">The object as it is.</param>
internal sealed class PatchOperations(KubernetesObject patched)
{
    /// <summary>What the operations before have added, as pointers.</summary>
    private readonly HashSet<string> _added = new(StringComparer.Ordinal);

    /// <summary>The operations, those last that shift the items of lists.</summary>
    public IEnumerable<(string Operation, string Path, string? Value)> Of(IReadOnlyList<Edit> edits)
    {
        var own = edits.Where(static edit => edit.Document is ManifestDocument).ToList();
        return own.Where(static edit => edit.Operation != EditOperation.Remove)
            .Select(Add)
            .Concat(
                own.Where(static edit => edit.Operation == EditOperation.Remove)
                    .Reverse()
                    .Select(edit => ("remove", Pointer(edit.Path), (string?)null))
            );
    }

    /// <summary>A path of the document as a JSON Pointer into the object.</summary>
    public string Pointer(NodePath path) => Pointer(Relative(path), path.Segments.Count - patched.Path.Segments.Count);

    private static string Pointer(IReadOnlyList<PathSegment> segments, int count) =>
        string.Concat(
            segments
                .Take(count)
                .Select(static segment =>
                    "/"
                    + (
                        segment.Key?.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                        ?? segment.Index.ToString(CultureInfo.InvariantCulture)
                    )
                )
        );

    private List<PathSegment> Relative(NodePath path) => [.. path.Segments.Skip(patched.Path.Segments.Count)];

    private (string Operation, string Path, string? Value) Add(Edit edit)
    {
        var segments = Relative(edit.Path);
        var value = Json(edit.Value!);
        var present = 0;
        YamlNode? node = patched.Node;
        while (present < segments.Count && Exists(ref node, segments, present))
        {
            present++;
        }

        if (present == segments.Count)
        {
            return edit.Operation == EditOperation.Append
                ? ("add", Pointer(segments, present) + "/-", value)
                : ("replace", Pointer(segments, present), value);
        }

        if (edit.Operation == EditOperation.Append)
        {
            value = $"[{value}]";
        }

        for (var i = segments.Count - 1; i > present; i--)
        {
            value = $"{{{Quote(segments[i].Key!)}: {value}}}";
        }

        for (var i = present + 1; i <= segments.Count; i++)
        {
            _added.Add(Pointer(segments, i));
        }

        return ("add", Pointer(segments, present + 1), value);
    }

    /// <summary>Whether the object has the next segment; one that is null contains nothing, so it is replaced.</summary>
    private bool Exists(ref YamlNode? node, List<PathSegment> segments, int index)
    {
        node = AliasNode.Resolve(node) switch
        {
            MappingNode mapping when segments[index].Key is { } key => mapping.Find(key),
            SequenceNode sequence when segments[index].Key is null && segments[index].Index < sequence.Items.Count => sequence.Items[
                segments[index].Index
            ],
            _ => null,
        };
        return node is not (null or ScalarNode { IsNull: true }) || _added.Contains(Pointer(segments, index + 1));
    }

    private static string Json(YamlValue value) =>
        value switch
        {
            YamlValue.Text text => Quote(text.Value),
            YamlValue.Entry entry => $"{{{Quote(entry.Key)}: {Json(entry.Value)}}}",
            YamlValue.List list => $"[{string.Join(", ", list.Items.Select(Json))}]",
            _ => value.ToString()!,
        };

    /// <summary>A text between quotes, as JSON and YAML read it.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
