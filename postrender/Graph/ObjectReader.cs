using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>Finds the Kubernetes objects of a document.</summary>
internal static class ObjectReader
{
    /// <summary>The limit for Lists inside Lists.</summary>
    private const int MaxListDepth = 10;

    /// <summary>The objects of a document: one object, or the items of a <c>List</c>.</summary>
    /// <exception cref="InvalidInputException">The document is not YAML, or not a manifest.</exception>
    public static List<KubernetesObject> Read(ManifestDocument document)
    {
        var objects = new List<KubernetesObject>();
        switch (document.Root)
        {
            case null or ScalarNode { IsNull: true }:
                break;
            case MappingNode root:
                Collect(document, NodePath.Root, root, objects, depth: 0);
                break;
            default:
                throw new InvalidInputException(
                    $"document {document.Index + 1} is not a Kubernetes manifest: it is not a mapping",
                    document.File,
                    document.Locate(document.Root.Start)
                );
        }

        return objects;
    }

    private static void Collect(ManifestDocument document, NodePath path, MappingNode node, List<KubernetesObject> objects, int depth)
    {
        var found = new KubernetesObject(document, path, node);
        if (!found.Kind.EndsWith("List", StringComparison.Ordinal) || node.Find("items") is not SequenceNode items || depth > MaxListDepth)
        {
            objects.Add(found);
            return;
        }

        for (var i = 0; i < items.Items.Count; i++)
        {
            if (AliasNode.Resolve(items.Items[i]) is MappingNode item)
            {
                Collect(document, path.Key("items").Item(i), item, objects, depth + 1);
            }
        }
    }
}
