namespace Tempo.PostRender.Graph;

/// <summary>The workloads whose pods get the data of a ConfigMap or Secret, whichever program reads it.</summary>
internal sealed class FileUsers
{
    private readonly DictionaryOfLists<KubernetesObject, FileUser> _byOwner = new();

    /// <summary>Finds the users of all objects in one pass over the stream.</summary>
    public FileUsers(StreamIndex index, IReadOnlyCollection<KubernetesObject> owners, Namespaces namespaces)
    {
        if (owners.Count == 0)
        {
            return;
        }

        var byName = owners.ToLookup(owner => (namespaces.Of(owner), owner.Kind, owner.Name));
        foreach (var workload in index.FindWorkloadsWithAny(owners.Select(static owner => owner.Name)))
        {
            foreach (
                var owner in Used(workload).Distinct().SelectMany(used => byName[(namespaces.Of(workload.Object), used.Kind, used.Name)])
            )
            {
                _byOwner.Add(owner, new FileUser(workload, owner));
            }
        }
    }

    /// <summary>The workloads that use any of the objects, in the order of the stream.</summary>
    public IReadOnlyList<FileUser> Of(IEnumerable<KubernetesObject> owners) =>
        [.. owners.SelectMany(owner => _byOwner[owner]).OrderBy(static user => user.Workload.Object.Position)];

    private static IEnumerable<(string Kind, string Name)> Used(Workload workload)
    {
        var spec = workload.Template.Find("spec");
        var volumes = spec.Get("volumes")
            .Items()
            .SelectMany(static volume => volume.Get("projected").Get("sources").Items().Prepend(volume))
            .SelectMany(static source =>
                Names(source.Get("configMap").Text("name"), source.Get("secret").Text("secretName") ?? source.Get("secret").Text("name"))
            );
        var variables = spec.Get("containers")
            .Items()
            .Concat(spec.Get("initContainers").Items())
            .SelectMany(static container =>
                container
                    .Get("envFrom")
                    .Items()
                    .SelectMany(static source => Names(source.Get("configMapRef").Text("name"), source.Get("secretRef").Text("name")))
                    .Concat(
                        container
                            .Get("env")
                            .Items()
                            .Select(static variable => variable.Get("valueFrom"))
                            .SelectMany(static from =>
                                Names(from.Get("configMapKeyRef").Text("name"), from.Get("secretKeyRef").Text("name"))
                            )
                    )
            );
        return volumes.Concat(variables);
    }

    private static IEnumerable<(string Kind, string Name)> Names(string? configMap, string? secret)
    {
        if (configMap is not null)
        {
            yield return ("ConfigMap", configMap);
        }

        if (secret is not null)
        {
            yield return ("Secret", secret);
        }
    }
}
