namespace Tempo.PostRender.Cluster;

/// <summary>A request in the terms of RBAC, for messages.</summary>
internal sealed record ApiCall
{
    /// <summary>The verb: <c>list</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>The resource.</summary>
    public required ApiResource Resource { get; init; }

    /// <summary>The namespace; null for all of them, or for a resource that has none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The object, or null for the collection.</summary>
    public string? Name { get; init; }

    /// <summary>The subresource, or null.</summary>
    public string? Subresource { get; init; }

    public string RbacResource =>
        (Subresource is null ? Resource.Plural : $"{Resource.Plural}/{Subresource}")
        + (Resource.Group.Length == 0 ? "" : $" of the API group {Resource.Group}");

    public string InNamespace =>
        Resource.IsNamespaced
            ? Namespace is null
                ? " in all namespaces"
                : $" in the namespace {Namespace}"
            : "";

    public string Method => $"{Verb} {Resource.Plural}";

    public override string ToString() => $"{Verb} {RbacResource}{(Name is null ? "" : $" {Name}")}{InNamespace}";
}
