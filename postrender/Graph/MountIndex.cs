using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>The workloads whose pods get the data of a ConfigMap or Secret, whichever program reads it.</summary>
internal sealed class MountIndex
{
    private readonly DictionaryOfLists<KubernetesObject, ConfigMount> _byOwner = new();

    /// <summary>Finds the workloads of all objects in one pass over the stream.</summary>
    public MountIndex(StreamIndex index, IReadOnlyCollection<KubernetesObject> owners, Namespaces namespaces)
    {
        if (owners.Count == 0)
        {
            return;
        }

        var byName = owners.ToLookup(owner => (namespaces.Of(owner), owner.Kind, owner.Name));
        foreach (var workload in index.FindWorkloadsWithAny(owners.Select(static owner => owner.Name)))
        {
            foreach (var (kind, name) in Used(workload))
            {
                foreach (var owner in byName[(namespaces.Of(workload.Object), kind, name)])
                {
                    _byOwner.Add(owner, new ConfigMount(workload, owner));
                }
            }
        }
    }

    /// <summary>The workloads that use any of the objects, in the order of the stream.</summary>
    public IReadOnlyList<ConfigMount> Of(IEnumerable<KubernetesObject> owners) =>
        [.. owners.SelectMany(owner => _byOwner[owner]).OrderBy(static user => user.Workload.Object.Position)];

    private static HashSet<(string Kind, string Name)> Used(Workload workload)
    {
        var used = new HashSet<(string Kind, string Name)>();
        var spec = workload.Template.Find("spec");
        foreach (var volume in spec.Get("volumes").Items())
        {
            AddVolume(volume);
            foreach (var source in volume.Get("projected").Get("sources").Items())
            {
                AddVolume(source);
            }
        }

        foreach (var container in (List<YamlNode>)[.. spec.Get("containers").Items(), .. spec.Get("initContainers").Items()])
        {
            foreach (var source in container.Get("envFrom").Items())
            {
                Add(source.Get("configMapRef").Text("name"), source.Get("secretRef").Text("name"));
            }

            foreach (var variable in container.Get("env").Items())
            {
                var source = variable.Get("valueFrom");
                Add(source.Get("configMapKeyRef").Text("name"), source.Get("secretKeyRef").Text("name"));
            }
        }

        return used;

        void AddVolume(YamlNode volume)
        {
            var secret = volume.Get("secret");
            Add(volume.Get("configMap").Text("name"), secret.Text("secretName") ?? secret.Text("name"));
        }

        void Add(string? configMap, string? secret)
        {
            if (configMap is not null)
            {
                used.Add(("ConfigMap", configMap));
            }

            if (secret is not null)
            {
                used.Add(("Secret", secret));
            }
        }
    }
}
