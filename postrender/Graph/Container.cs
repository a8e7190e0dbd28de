using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A container of a pod template.</summary>
public sealed class Container
{
    private Dictionary<string, YamlNode>? _environment;

    internal Container(Workload workload, NodePath path, MappingNode node)
    {
        Workload = workload;
        Path = path;
        Node = node;
        Name = node.Text("name") ?? "";
        Image = node.Text("image") ?? "";
        Flags = ContainerFlags.Read(path, node, EnvironmentValue);
    }

    /// <summary>The object the container belongs to.</summary>
    public Workload Workload { get; }

    /// <summary>The path of the container in the workload's document.</summary>
    public NodePath Path { get; }

    /// <summary>The container in its pod template.</summary>
    public MappingNode Node { get; }

    /// <summary>The container's name.</summary>
    public string Name { get; }

    /// <summary>The image reference as written.</summary>
    public string Image { get; }

    /// <summary>The command-line flags of <c>command</c> and <c>args</c>.</summary>
    public ContainerFlags Flags { get; }

    /// <summary>The image's last path segment, without tag and digest: <c>tempo</c> of <c>docker.io/grafana/tempo:3.0.3</c>.</summary>
    public string ImageName
    {
        get
        {
            var name = Image[(Image.LastIndexOf('/') + 1)..];
            var end = name.AsSpan().IndexOfAny(':', '@');
            return end < 0 ? name : name[..end];
        }
    }

    /// <summary>The image's tag, or null.</summary>
    public string? ImageTag
    {
        get
        {
            var name = Image[(Image.LastIndexOf('/') + 1)..].Split('@')[0];
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : name[(colon + 1)..];
        }
    }

    /// <summary>The literal value of an environment variable, or null if it is not set or comes from another source.</summary>
    /// <param name="name">The variable.</param>
    public string? EnvironmentValue(string name) => Environment(name).Text("value");

    /// <summary>The entry of an environment variable, or null.</summary>
    /// <param name="name">The variable.</param>
    public YamlNode? Environment(string name) => (_environment ??= ReadEnvironment()).GetValueOrDefault(name);

    private Dictionary<string, YamlNode> ReadEnvironment()
    {
        var variables = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var variable in Node.Find("env").Items())
        {
            if (variable.Text("name") is { } name)
            {
                // As in kubelet, the last of several entries with the same name wins.
                variables[name] = variable;
            }
        }

        return variables;
    }
}
