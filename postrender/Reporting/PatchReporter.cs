using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>
/// The fixes, as Kustomize patches: for a kustomization, and for Flux, whose HelmRelease takes them in
/// <c>spec.postRenderers</c>. An object has one patch of JSON Patch operations (RFC 6902).
/// </summary>
internal static class PatchReporter
{
    /// <summary>The first line, by which a later run recognizes the file.</summary>
    public const string Heading =
        "# Kustomize patches for the manifests as they were rendered now. "
        + "Create them again for each version of the chart and its values.";

    /// <summary>The only key.</summary>
    public const string Key = "patches:";

    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        output.WriteLine(Heading);
        var patches = Objects(reports).ToList();
        output.WriteLine(patches.Count == 0 ? $"{Key} []" : Key);
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
                $"{ProgramInfo.Name}: warning: the patch of {Printable.OneLine(patched.Reference)} copies its config, of which some "
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
        output.WriteLine($"      kind: {PatchOperations.Quote(patched.Kind)}");
        // A target's name is a regular expression.
        output.WriteLine($"      name: {PatchOperations.Quote(patched.Name.Replace(".", "\\.", StringComparison.Ordinal))}");
        if (patched.Namespace is { } name)
        {
            output.WriteLine($"      namespace: {PatchOperations.Quote(name)}");
        }

        output.WriteLine("    patch: |");
        var operations = new PatchOperations(patched);
        foreach (var (operation, path, value) in operations.Of(edits))
        {
            output.WriteLine($"      - op: {operation}");
            output.WriteLine($"        path: {PatchOperations.Quote(path)}");
            if (value is not null)
            {
                output.WriteLine($"        value: {value}");
            }
        }

        foreach (var config in edits.Select(static edit => edit.Document).OfType<EmbeddedDocument>().Distinct())
        {
            output.WriteLine("      # The whole text, as this version of the chart renders it.");
            output.WriteLine($"      - path: {PatchOperations.Quote(operations.Pointer(config.ContainerPath))}");
            output.WriteLine(
                $"        value: {Block(ManifestWriter.Apply(config, edits.Where(edit => edit.Document == config)), "          ")}"
            );
            // Last, because Kustomize drops the line break that a patch ends in, and it would be one of the config's.
            output.WriteLine("        op: replace");
        }
    }

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
            : PatchOperations.Quote(text);
    }
}
