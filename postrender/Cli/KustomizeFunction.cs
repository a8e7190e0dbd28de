using System.Text;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>
/// The post-renderer as a KRM function, for Kustomize and kpt: the objects come as the items of one <c>ResourceList</c>, whose
/// <c>functionConfig</c> holds the options, and leave as items of the same list, in their order, with findings as
/// <c>results</c> (https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md).
/// </summary>
internal sealed class KustomizeFunction
{
    private const string ListKind = "ResourceList";
    private const string ConfigKey = "functionConfig";
    private const string ResultsKey = "results";

    /// <summary>The keys of a functionConfig's <c>spec</c>: the post-renderer's options.</summary>
    private static readonly string[] Keys = ["addressFamily", "disable", "failOn", "gossipLabel", "mode", "namespace"];

    private readonly ManifestDocument _list;

    private KustomizeFunction(ManifestDocument list, IReadOnlyList<string> options)
    {
        _list = list;
        Options = options;
    }

    /// <summary>The options of the functionConfig as command-line arguments.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>The function for a stream with a ResourceList, or null for a stream of manifests.</summary>
    /// <exception cref="UsageException">The functionConfig has an option that does not exist.</exception>
    public static KustomizeFunction? Find(ManifestStream stream)
    {
        if (stream.DocumentCount != 1 || stream.Bytes.Span.IndexOf("ResourceList"u8) < 0)
        {
            return null;
        }

        var list = OnlyDocument(stream);
        return list.Root is MappingNode root && root.Find("kind") is ScalarNode { Value: ListKind }
            ? new KustomizeFunction(list, OptionsOf(root.Find(ConfigKey) as MappingNode))
            : null;
    }

    /// <summary>The ResourceList to return: the output of the run, or its input if the release is refused, with the findings.</summary>
    /// <exception cref="OutputMismatchException">The list cannot be parsed again.</exception>
    public ReadOnlyMemory<byte> Answer(Outcome outcome)
    {
        var list = Without(ResultsKey, ManifestStream.Open(Join(outcome.Output ?? [_list.Stream.Bytes])));
        var results = FunctionResults.Write(outcome.Report, _list);
        var document = OnlyDocument(list);
        var root = (MappingNode)document.Root!;
        // Inserts before the first key, because a block scalar or the end of the document may follow the last key.
        var (place, entry) = root.IsFlow
            ? (root.Start + 1, $"\"{ResultsKey}\": {results}, ")
            : (root.Entries[0].Key.Start, $"{ResultsKey}: {results}\n{new string(' ', root.Indent)}");
        var position = list.Slices[document.Index].Start + Encoding.UTF8.GetByteCount(document.Text.AsSpan(0, place));
        var answer = Join([list.Bytes[..position], Encoding.UTF8.GetBytes(entry), list.Bytes[position..]]);
        return OnlyDocument(ManifestStream.Open(answer)).Root is MappingNode read && read.Entries.Count == root.Entries.Count + 1
            ? answer
            : throw new InvalidOperationException("the results of the function cannot be read back");
    }

    private static ManifestStream Without(string key, ManifestStream stream)
    {
        var document = OnlyDocument(stream);
        return document.Root is MappingNode root && root.Find(key) is not null
            ? ManifestStream.Open(Join(ManifestWriter.Apply(stream, [Edit.Remove(document, NodePath.Of(key))])))
            : stream;
    }

    private static ManifestDocument OnlyDocument(ManifestStream stream) =>
        stream.Document(Enumerable.Range(0, stream.Slices.Count).Single(index => stream.Slices[index].TopLevel != TopLevelForm.Empty));

    private static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var joined = new byte[parts.Sum(static part => part.Length)];
        var position = 0;
        foreach (var part in parts)
        {
            part.CopyTo(joined.AsMemory(position));
            position += part.Length;
        }

        return joined;
    }

    /// <summary>The options are below <c>spec</c>, or below <c>data</c> if the functionConfig is a ConfigMap, as in kpt.</summary>
    private static List<string> OptionsOf(MappingNode? config)
    {
        var isConfigMap = config?.Find("kind") is ScalarNode { Value: "ConfigMap" };
        var options = new List<string>();
        foreach (var entry in (config?.Find(isConfigMap ? "data" : "spec") as MappingNode)?.Entries ?? [])
        {
            if (!Keys.Contains(entry.Name))
            {
                throw new UsageException(
                    $"{ConfigKey} has {Printable.OneLine(entry.Name ?? "a key that is no text")}, which is no "
                        + $"option{NearestWord.Question(entry.Name ?? "", Keys)}; the options are {string.Join(", ", Keys)}"
                );
            }

            var values = (entry.Value is SequenceNode sequence ? sequence.Items : [entry.Value])
                .Select(AliasNode.Resolve)
                .OfType<ScalarNode>()
                .Where(static value => !value.IsNull)
                .Select(static value => value.Value)
                .ToList();
            // An empty list or no value is the default.
            if (values.Count > 0)
            {
                options.Add($"--{ToOption(entry.Name!)}={string.Join(',', values)}");
            }
        }

        return options;
    }

    private static string ToOption(string key) =>
        string.Concat(
            key.Select(static letter => char.IsAsciiLetterUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : letter.ToString())
        );
}
