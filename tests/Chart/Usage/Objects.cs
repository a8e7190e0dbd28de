using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>The objects of a rendered stream, and which pods they select.</summary>
internal static class Objects
{
    public static IReadOnlyList<YamlMappingNode> Of(string stream)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(stream));
        return [.. yaml.Documents.Select(static document => document.RootNode).OfType<YamlMappingNode>()];
    }

    /// <summary><c>Kind/name</c>.</summary>
    public static string Id(this YamlNode document) => $"{document.Text("kind")}/{document.Text("metadata", "name")}";

    /// <summary>The scalar at a path; empty where there is none.</summary>
    public static string Text(this YamlNode node, params string[] path) => (node.At(path) as YamlScalarNode)?.Value ?? "";

    public static YamlNode? At(this YamlNode? node, params string[] path) =>
        path.Aggregate(
            node,
            static (at, key) => at is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null
        );

    public static Dictionary<string, string> Map(this YamlNode? node, params string[] path) =>
        (node.At(path) as YamlMappingNode)?.Children.ToDictionary(
            static child => ((YamlScalarNode)child.Key).Value!,
            static child => ((YamlScalarNode)child.Value).Value!
        ) ?? [];

    /// <summary>The labels that a Service, a workload, a budget or a policy selects pods by; none where it selects none.</summary>
    public static Dictionary<string, string> Selector(this YamlNode document) =>
        document.Text("kind") switch
        {
            "Service" => document.Map("spec", "selector"),
            "NetworkPolicy" => document.Map("spec", "podSelector", "matchLabels"),
            _ => document.Map("spec", "selector", "matchLabels"),
        };

    /// <summary>Every object of one stream that selects a pod of the other, as a sentence.</summary>
    public static IEnumerable<string> SelectionsAcross(IReadOnlyList<YamlMappingNode> objects, IReadOnlyList<YamlMappingNode> others) =>
        from one in objects
        let selector = one.Selector()
        where selector.Count > 0
        from other in others
        let labels = other.Map("spec", "template", "metadata", "labels")
        where labels.Count > 0 && selector.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value)
        select $"{one.Id()} selects the pods of {other.Id()}";
}
