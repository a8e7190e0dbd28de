using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A Kubernetes object of the stream: a document, or an item of a <c>kind: List</c>.</summary>
public sealed class KubernetesObject
{
    /// <summary>Helm 4 names the template in this annotation of every document it hands to a post-renderer.</summary>
    public const string FilenameAnnotation = "postrenderer.helm.sh/postrender-filename";

    /// <summary>Helm runs objects with this annotation beside the release, and does not keep them in it.</summary>
    public const string HookAnnotation = "helm.sh/hook";

    /// <summary>The annotation that switches rules off for one object: ids, separated by commas.</summary>
    public const string IgnoreAnnotation = "tempo-postrender/ignore";

    internal KubernetesObject(ManifestDocument document, NodePath path, MappingNode node)
    {
        Document = document;
        Path = path;
        Node = node;
        Kind = Text("kind") ?? "";
        Name = Text("metadata", "name") ?? Text("metadata", "generateName") ?? "";
        Namespace = Text("metadata", "namespace") is { Length: > 0 } name ? name : null;
        Source = document.Source ?? Annotation(FilenameAnnotation);
    }

    /// <summary>The document the object stands in.</summary>
    public ManifestDocument Document { get; }

    /// <summary>Where in the document: the root, or <c>items[n]</c>.</summary>
    public NodePath Path { get; }

    /// <summary>The object's mapping.</summary>
    public MappingNode Node { get; }

    /// <summary>The kind, as <c>Service</c>.</summary>
    public string Kind { get; }

    /// <summary>The name, or empty where none is stated.</summary>
    public string Name { get; }

    /// <summary>The namespace as stated; null means the namespace of the Helm release.</summary>
    public string? Namespace { get; }

    /// <summary>The template the object was rendered from, as Helm tells it, or null.</summary>
    public string? Source { get; }

    /// <summary>The object in a user's terms: <c>Service/tempo/tempo-querier</c>.</summary>
    public string Reference => Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";

    /// <summary>The node below the object at these keys, or null.</summary>
    /// <param name="keys">The keys.</param>
    public YamlNode? Find(params ReadOnlySpan<string> keys)
    {
        YamlNode? node = Node;
        foreach (var key in keys)
        {
            node = (node as MappingNode)?.Find(key);
        }

        return node;
    }

    /// <summary>The scalar below the object at these keys, or null where there is none or it is null.</summary>
    /// <param name="keys">The keys.</param>
    public string? Text(params ReadOnlySpan<string> keys) => Find(keys) is ScalarNode { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>The list of scalars below the object at these keys; empty where there is none.</summary>
    /// <param name="keys">The keys.</param>
    public IReadOnlyList<string> Texts(params ReadOnlySpan<string> keys) => (Find(keys) as SequenceNode).Texts();

    /// <summary>The value of an annotation, or null.</summary>
    /// <param name="name">The annotation.</param>
    public string? Annotation(string name) => Text("metadata", "annotations", name);

    /// <summary>The rules that the object's author switched off for it, by <see cref="IgnoreAnnotation"/>.</summary>
    public IReadOnlyList<string> IgnoredRules =>
        (Annotation(IgnoreAnnotation) ?? "").Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The object's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => Find("metadata", "labels").TextMap();
}

/// <summary>Short ways to read nodes.</summary>
internal static class NodeReading
{
    /// <summary>The value of a scalar that is not null, or null.</summary>
    public static string? AsText(this YamlNode? node) => AliasNode.Resolve(node) is ScalarNode { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>A boolean as Go's YAML readers take it (<c>True</c>, <c>yes</c> and <c>on</c> too), or null for anything else.</summary>
    public static bool? AsBoolean(this YamlNode? node) => AliasNode.Resolve(node) is ScalarNode { Style: ScalarStyle.Plain, Tag: null } scalar ? ToBoolean(scalar.Value) : null;

    /// <summary>The boolean that a plain word stands for, or null.</summary>
    public static bool? ToBoolean(string word) => word switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" => false,
        _ => null,
    };

    /// <summary>A scalar of a mapping, or null.</summary>
    public static string? Text(this YamlNode? node, string key) => (AliasNode.Resolve(node) as MappingNode)?.Find(key).AsText();

    /// <summary>A node of a mapping, or null.</summary>
    public static YamlNode? Get(this YamlNode? node, string key) => (AliasNode.Resolve(node) as MappingNode)?.Find(key);

    /// <summary>The items of a sequence, aliases resolved; nothing for any other node.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node) =>
        AliasNode.Resolve(node) is SequenceNode sequence ? sequence.Items.Select(AliasNode.Resolve).OfType<YamlNode>() : [];

    /// <summary>The scalars of a sequence.</summary>
    public static IReadOnlyList<string> Texts(this SequenceNode? sequence) => [.. sequence.Items().OfType<ScalarNode>().Select(static item => item.Value)];

    /// <summary>The scalar entries of a mapping, those of its merges included; of duplicates the last.</summary>
    public static IReadOnlyDictionary<string, string> TextMap(this YamlNode? node)
    {
        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        Collect(node, map, []);
        return map.Where(static entry => entry.Value is not null).ToDictionary(static entry => entry.Key, static entry => entry.Value!, StringComparer.Ordinal);
    }

    /// <summary>Adds what a mapping has and the ones that merge it have not; each mapping once, because merges can lead to merges.</summary>
    private static void Collect(YamlNode? node, Dictionary<string, string?> map, HashSet<MappingNode> seen)
    {
        if (AliasNode.Resolve(node) is not MappingNode mapping || !seen.Add(mapping))
        {
            return;
        }

        var own = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries.Where(static entry => entry.Name is not (null or "<<")))
        {
            own[entry.Name!] = entry.Value.AsText();
        }

        foreach (var (name, value) in own)
        {
            map.TryAdd(name, value);
        }

        foreach (var merge in mapping.Entries.Where(static entry => entry.Name == "<<"))
        {
            foreach (var source in AliasNode.Resolve(merge.Value) is SequenceNode sequence ? sequence.Items : [merge.Value])
            {
                Collect(source, map, seen);
            }
        }
    }
}
