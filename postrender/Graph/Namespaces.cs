namespace Tempo.PostRender.Graph;

/// <summary>The namespaces of the objects of a stream. An object without one is installed into the release's namespace.</summary>
internal sealed class Namespaces
{
    private readonly string _release;

    /// <summary>
    /// If the namespace of the release is unknown, but all objects that set one set the same, that namespace is used. Tempo's objects
    /// are asked first; if none of them sets a namespace, the Services that may belong to Tempo.
    /// </summary>
    public Namespaces(string? releaseNamespace, List<KubernetesObject> objects, List<KubernetesObject> services) =>
        _release = releaseNamespace ?? Only(objects) ?? Only(services) ?? "";

    public string Of(KubernetesObject found) => found.Namespace ?? _release;

    /// <summary>The namespace of a Service that an object names. The name's own namespace is used if the release's is unknown.</summary>
    public string Of(ServiceName name, KubernetesObject from) =>
        from.Namespace is null && _release.Length == 0 ? "" : name.Namespace ?? Of(from);

    private static string? Only(List<KubernetesObject> objects)
    {
        var stated = objects.Find(static found => found.Namespace is not null)?.Namespace;
        return objects.TrueForAll(found => found.Namespace is null || found.Namespace == stated) ? stated : null;
    }
}
