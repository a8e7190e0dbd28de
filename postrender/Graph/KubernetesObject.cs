using System.Collections.ObjectModel;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A Kubernetes object: a document of the stream, an item of a <c>kind: List</c>, or an object of an API server.</summary>
public sealed class KubernetesObject
{
    /// <summary>The annotation in which Helm 4 names the template of every document that it passes to a post-renderer.</summary>
    public const string FilenameAnnotation = "postrenderer.helm.sh/postrender-filename";

    /// <summary>The annotation of Helm hooks, which are not part of the stored release.</summary>
    public const string HookAnnotation = "helm.sh/hook";

    /// <summary>The annotation that disables rules for one object: ids, separated by commas.</summary>
    public const string IgnoreAnnotation = "tempo-postrender/ignore";

    private bool _isWorkloadRead;
    private Workload? _workload;
    private string? _reference;
    private string[]? _ignoredRules;

    /// <summary>An object.</summary>
    /// <param name="document">The document that contains it.</param>
    /// <param name="path">The path of the object in the document.</param>
    /// <param name="node">The object's mapping.</param>
    /// <param name="kind">The kind, if the document does not set it because a list sets it once for all items; otherwise null.</param>
    internal KubernetesObject(YamlDocument document, NodePath path, MappingNode node, string? kind = null)
    {
        var manifest = document as ManifestDocument;
        Document = document;
        Position = manifest?.Index ?? 0;
        File = manifest?.File;
        Path = path;
        Node = node;
        Kind = kind ?? Text("kind") ?? "";
        Name = Text("metadata", "name") ?? Text("metadata", "generateName") ?? "";
        Namespace = Text("metadata", "namespace") is { Length: > 0 } name ? name : null;
        Source = manifest?.Source ?? Annotation(FilenameAnnotation);
    }

    /// <summary>The document that contains the object.</summary>
    public YamlDocument Document { get; }

    /// <summary>The index of the document in its stream, from 0; objects of an API server all have 0.</summary>
    public int Position { get; }

    /// <summary>The file the object was read from, or null for standard input and for an API server.</summary>
    public string? File { get; }

    /// <summary>The path of the object in the document: the root, or <c>items[n]</c>.</summary>
    public NodePath Path { get; }

    /// <summary>The object in its document.</summary>
    public MappingNode Node { get; }

    /// <summary>The kind, for example <c>Service</c>.</summary>
    public string Kind { get; }

    /// <summary>The name; empty if none is set.</summary>
    public string Name { get; }

    /// <summary>The namespace in the object; null means the namespace of the Helm release.</summary>
    public string? Namespace { get; }

    /// <summary>The template from which Helm rendered the object, or null if unknown.</summary>
    public string? Source { get; }

    /// <summary>The object as a workload, or null if it has no pod template.</summary>
    public Workload? Workload
    {
        get
        {
            if (!_isWorkloadRead)
            {
                (_workload, _isWorkloadRead) = (Workload.Read(this), true);
            }

            return _workload;
        }
    }

    /// <summary>The object as it is shown to users: <c>Service/tempo/tempo-querier</c>.</summary>
    public string Reference => _reference ??= Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";

    /// <summary>The node below the object at these keys, or null.</summary>
    public YamlNode? Find(params ReadOnlySpan<string> keys)
    {
        YamlNode? node = Node;
        foreach (var key in keys)
        {
            node = (node as MappingNode)?.Find(key);
        }

        return node;
    }

    /// <summary>The scalar below the object at these keys, or null if it is missing or null.</summary>
    public string? Text(params ReadOnlySpan<string> keys) => Find(keys) is ScalarNode { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>The list of scalars below the object at these keys; empty if it is missing.</summary>
    public IReadOnlyList<string> Texts(params ReadOnlySpan<string> keys) => (Find(keys) as SequenceNode).Texts();

    /// <summary>The value of an annotation, or null.</summary>
    /// <param name="name">The annotation.</param>
    public string? Annotation(string name) => Text("metadata", "annotations", name);

    /// <summary>The rules that <see cref="IgnoreAnnotation"/> disables for the object.</summary>
    public IReadOnlyList<string> IgnoredRules =>
        _ignoredRules ??= (Annotation(IgnoreAnnotation) ?? "").Split(
            [',', ' '],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>The object's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels => Find("metadata", "labels").TextMap();
}

/// <summary>Reads values from nodes.</summary>
internal static class NodeReading
{
    /// <summary>The value of a scalar that is not null, or null.</summary>
    public static string? AsText(this YamlNode? node) =>
        AliasNode.Resolve(node) is ScalarNode { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>A boolean as Go's YAML readers accept it (also <c>True</c>, <c>yes</c> and <c>on</c>), or null.</summary>
    public static bool? AsBoolean(this YamlNode? node) =>
        AliasNode.Resolve(node) is ScalarNode { Style: ScalarStyle.Plain, Tag: null } scalar ? ToBoolean(scalar.Value) : null;

    /// <summary>The boolean value of a plain scalar's text, or null.</summary>
    public static bool? ToBoolean(string word) =>
        word switch
        {
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" => true,
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" => false,
            _ => null,
        };

    /// <summary>A scalar of a mapping, or null.</summary>
    public static string? Text(this YamlNode? node, string key) => (AliasNode.Resolve(node) as MappingNode)?.Find(key).AsText();

    /// <summary>A node of a mapping, or null.</summary>
    public static YamlNode? Get(this YamlNode? node, string key) => (AliasNode.Resolve(node) as MappingNode)?.Find(key);

    /// <summary>The items of a sequence with aliases resolved; empty for any other node.</summary>
    public static YamlNode[] Items(this YamlNode? node) => (AliasNode.Resolve(node) as SequenceNode)?.ResolvedItems ?? [];

    /// <summary>The scalars of a sequence.</summary>
    public static IReadOnlyList<string> Texts(this SequenceNode? sequence) =>
        Array.ConvertAll(Array.FindAll(sequence.Items(), static item => item is ScalarNode), static item => ((ScalarNode)item).Value);

    /// <summary>The scalar entries of a mapping, including merge keys. Of duplicate keys the last one wins.</summary>
    public static IReadOnlyDictionary<string, string> TextMap(this YamlNode? node)
    {
        if (AliasNode.Resolve(node) is not MappingNode mapping)
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        return mapping.FindOwn("<<") is null ? OwnTexts(mapping) : MergedTexts(mapping);
    }

    private static Dictionary<string, string> OwnTexts(MappingNode mapping)
    {
        var map = new Dictionary<string, string>(mapping.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            if (entry.Name is not { } name)
            {
                continue;
            }

            if (entry.Value.AsText() is { } text)
            {
                map[name] = text;
            }
            else
            {
                map.Remove(name);
            }
        }

        return map;
    }

    private static Dictionary<string, string> MergedTexts(MappingNode node)
    {
        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        Collect(node, map, []);
        return map.Where(static entry => entry.Value is not null)
            .ToDictionary(static entry => entry.Key, static entry => entry.Value!, StringComparer.Ordinal);
    }

    /// <summary>Adds the entries of a mapping that are not set yet. Visits each mapping once, because merges can contain merges.</summary>
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
