using System.Globalization;
using System.Text.Encodings.Web;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// What would be repaired, as Kustomize patches: for a kustomization, and for Flux, whose HelmRelease takes them in
/// <c>spec.postRenderers</c>. An object has one patch of JSON Patch operations (RFC 6902).
/// </summary>
internal static class PatchReporter
{
    /// <summary>Writes the patches.</summary>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        output.WriteLine(
            "# Kustomize patches for the manifests as they were rendered now: make them anew with each version of the chart and its values."
        );
        var patches = Objects(reports).ToList();
        output.WriteLine(patches.Count == 0 ? "patches: []" : "patches:");
        foreach (var (patched, edits) in patches)
        {
            Write(patched, edits, output);
        }
    }

    /// <summary>Warns of the configs that the patches copy although other reports do not show all of their lines.</summary>
    public static void WriteExposed(IReadOnlyList<Report> reports, TextWriter output)
    {
        foreach (
            var (patched, _) in Objects(reports)
                .Where(static found =>
                    found.Patched.Kind != "Secret"
                    && found
                        .Edits.Select(static edit => edit.Document)
                        .OfType<EmbeddedDocument>()
                        .Any(static config => HiddenLines.Of(config.Text.Split('\n')).Contains(true))
                )
        )
        {
            output.WriteLine(
                $"{TextReporter.Program}: warning: the patch of {Printable.OneLine(patched.Reference)} copies its config, of which some "
                    + "lines may hold a credential. Move credentials to a Secret, or protect the patches as you protect the config."
            );
        }
    }

    private static IEnumerable<(KubernetesObject Patched, List<Edit> Edits)> Objects(IReadOnlyList<Report> reports)
    {
        var objects = new Dictionary<ManifestDocument, IReadOnlyList<KubernetesObject>>();
        return reports
            .SelectMany(static report => report.Repairs)
            .GroupBy(edit =>
            {
                var (document, path) = Outermost(edit);
                objects.TryAdd(document, ObjectReader.Read(document));
                return objects[document]
                    .First(candidate => path.Segments.Take(candidate.Path.Segments.Count).SequenceEqual(candidate.Path.Segments));
            })
            .Select(static group => (group.Key, group.ToList()));
    }

    private static (ManifestDocument Document, NodePath Path) Outermost(Edit edit)
    {
        var (document, path) = (edit.Document, edit.Path);
        while (document is EmbeddedDocument embedded)
        {
            (document, path) = (embedded.Container, embedded.ContainerPath);
        }

        return ((ManifestDocument)document, path);
    }

    private static void Write(KubernetesObject patched, List<Edit> edits, TextWriter output)
    {
        if (patched.Kind == "Secret")
        {
            output.WriteLine(
                $"  # {Printable.OneLine(patched.Reference)} is not patched here, because a Secret is never printed; change the "
                    + "config at its source."
            );
            return;
        }

        output.WriteLine("  - target:");
        output.WriteLine($"      kind: {Quote(patched.Kind)}");
        // A target's name is a regular expression.
        output.WriteLine($"      name: {Quote(patched.Name.Replace(".", "\\.", StringComparison.Ordinal))}");
        if (patched.Namespace is { } name)
        {
            output.WriteLine($"      namespace: {Quote(name)}");
        }

        output.WriteLine("    patch: |");
        var operations = new PatchOperations(patched);
        foreach (var (operation, path, value) in operations.Of(edits))
        {
            output.WriteLine($"      - op: {operation}");
            output.WriteLine($"        path: {Quote(path)}");
            if (value is not null)
            {
                output.WriteLine($"        value: {value}");
            }
        }

        foreach (var config in edits.Select(static edit => edit.Document).OfType<EmbeddedDocument>().Distinct())
        {
            output.WriteLine("      # The whole text, as this version of the chart renders it.");
            output.WriteLine($"      - path: {Quote(operations.Pointer(config.ContainerPath))}");
            output.WriteLine(
                $"        value: {Block(ManifestWriter.Apply(config, edits.Where(edit => edit.Document == config)), "          ")}"
            );
            // Last, because Kustomize drops the line break that a patch ends in, and it would be one of the config's.
            output.WriteLine("        op: replace");
        }
    }

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    /// <summary>A text as a literal block, where it is one that a literal block can hold; else between quotes.</summary>
    private static string Block(string text, string indent)
    {
        var isPlain =
            text.Length > 1
            && text[0] is not (' ' or '\t' or '\n')
            && text.EndsWith('\n')
            && !text.EndsWith("\n\n", StringComparison.Ordinal)
            && text.All(static letter =>
                letter is '\n' or '\t'
                || (!char.IsControl(letter) && !char.IsSurrogate(letter) && letter is not ('\u2028' or '\u2029' or '\uFEFF'))
            );
        return isPlain
            ? $"|\n{string.Join('\n', text[..^1].Split('\n').Select(line => line.Length == 0 ? "" : indent + line))}"
            : Quote(text);
    }

    /// <summary>Edits of one object as JSON Patch operations.</summary>
    /// <param name="patched">The object as it is.</param>
    private sealed class PatchOperations(KubernetesObject patched)
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

        /// <summary>Whether the object has the next segment; one that is null has nothing below it, and is made anew.</summary>
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
    }
}
