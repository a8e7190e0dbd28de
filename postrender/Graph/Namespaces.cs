namespace Tempo.PostRender.Graph;

/// <summary>The namespaces of the objects of a stream. An object without one is installed into the release's namespace.</summary>
internal sealed class Namespaces
{
    private readonly string _release;

    /// <summary>
    /// If the namespace of the release is unknown, but all objects that set one set the same, that namespace is used. Tempo's objects
    /// are asked first; if none of them sets a namespace, the Services that may belong to Tempo.
    /// </summary>
    public Namespaces(string? releaseNamespace, IEnumerable<KubernetesObject> objects, IEnumerable<KubernetesObject> services) =>
        _release = releaseNamespace ?? Only(objects) ?? Only(services) ?? "";

    public string Of(KubernetesObject found) => found.Namespace ?? _release;

    /// <summary>The namespace of a Service that an object names. The name's own namespace is used if the release's is unknown.</summary>
    public string Of(ServiceName name, KubernetesObject from) =>
        from.Namespace is null && _release.Length == 0 ? "" : name.Namespace ?? Of(from);

    private static string? Only(IEnumerable<KubernetesObject> objects)
    {
        var stated = objects.Select(static found => found.Namespace).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList();
        return stated.Count == 1 ? stated[0] : null;
    }
}
