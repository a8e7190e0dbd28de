namespace Tempo.PostRender.Graph;

/// <summary>Which namespace an object of the stream goes to: where it says none, that of the release.</summary>
internal sealed class Namespaces
{
    private readonly string _release;

    /// <summary>
    /// Where the namespace of the release is not known and all objects that state one state the same, that is it: those of Tempo
    /// first, and where none of them states one, the Services that may be Tempo's.
    /// </summary>
    public Namespaces(string? releaseNamespace, IEnumerable<KubernetesObject> objects, IEnumerable<KubernetesObject> services) =>
        _release = releaseNamespace ?? Only(objects) ?? Only(services) ?? "";

    public string Of(KubernetesObject found) => found.Namespace ?? _release;

    /// <summary>The namespace of a Service that an object names. Where nothing tells the release's, what names state is taken for it.</summary>
    public string Of(ServiceName name, KubernetesObject from) => from.Namespace is null && _release.Length == 0 ? "" : name.Namespace ?? Of(from);

    private static string? Only(IEnumerable<KubernetesObject> objects)
    {
        var stated = objects.Select(static found => found.Namespace).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList();
        return stated.Count == 1 ? stated[0] : null;
    }
}
