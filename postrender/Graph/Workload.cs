using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>An object that creates pods: a Deployment, a StatefulSet, a Pod, a CronJob or any other kind with a pod template.</summary>
public sealed class Workload
{
    private Workload(KubernetesObject @object, NodePath templatePath, MappingNode template)
    {
        Object = @object;
        TemplatePath = templatePath;
        Template = template;
        Labels = template.Find("metadata").Get("labels").TextMap();
        var path = templatePath.Key("spec", "containers");
        var items = template.Find("spec").Get("containers").Items();
        var containers = new List<Container>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is MappingNode container)
            {
                containers.Add(new Container(this, path.Item(i), container));
            }
        }

        Containers = containers;
    }

    /// <summary>The object.</summary>
    public KubernetesObject Object { get; }

    /// <summary>
    /// The path of the pod template in the document. The pod template is the mapping with <c>metadata</c> and <c>spec</c> of the pods.
    /// </summary>
    public NodePath TemplatePath { get; }

    /// <summary>The pod template.</summary>
    public MappingNode Template { get; }

    /// <summary>The labels of the pods.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>The containers of the pods, init containers excluded.</summary>
    public IReadOnlyList<Container> Containers { get; }

    /// <summary>Reads the pod template of an object, or returns null if it has none.</summary>
    internal static Workload? Read(KubernetesObject @object)
    {
        NodePath tail = @object.Kind switch
        {
            "Pod" => NodePath.Root,
            "CronJob" => NodePath.Of("spec", "jobTemplate", "spec", "template"),
            _ => NodePath.Of("spec", "template"),
        };
        YamlNode? template = @object.Node;
        foreach (var segment in tail.Segments)
        {
            template = template.Get(segment.Key!);
        }

        return template is MappingNode mapping && mapping.Find("spec").Get("containers") is SequenceNode
            ? new Workload(@object, @object.Path.Append(tail), mapping)
            : null;
    }
}
