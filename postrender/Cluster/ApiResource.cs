namespace Tempo.PostRender.Cluster;

/// <summary>
/// A resource of the Kubernetes API that the commands read, in a version that every API server since 1.27 serves, except where noted.
/// </summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version: <c>v1</c>.</param>
/// <param name="Kind">The kind of its objects: <c>EndpointSlice</c>.</param>
/// <param name="Plural">Its name in paths and in RBAC: <c>endpointslices</c>.</param>
public sealed record ApiResource(string Group, string Version, string Kind, string Plural)
{
    /// <summary>Whether its objects belong to a namespace.</summary>
    public bool IsNamespaced { get; init; } = true;

    /// <summary>Namespaces.</summary>
    public static ApiResource Namespaces { get; } = new("", "v1", "Namespace", "namespaces") { IsNamespaced = false };

    /// <summary>Nodes.</summary>
    public static ApiResource Nodes { get; } = new("", "v1", "Node", "nodes") { IsNamespaced = false };

    /// <summary>Pods.</summary>
    public static ApiResource Pods { get; } = new("", "v1", "Pod", "pods");

    /// <summary>Services.</summary>
    public static ApiResource Services { get; } = new("", "v1", "Service", "services");

    /// <summary>ConfigMaps.</summary>
    public static ApiResource ConfigMaps { get; } = new("", "v1", "ConfigMap", "configmaps");

    /// <summary>Secrets.</summary>
    public static ApiResource Secrets { get; } = new("", "v1", "Secret", "secrets");

    /// <summary>PersistentVolumeClaims.</summary>
    public static ApiResource PersistentVolumeClaims { get; } = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims");

    /// <summary>EndpointSlices.</summary>
    public static ApiResource EndpointSlices { get; } = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");

    /// <summary>NetworkPolicies.</summary>
    public static ApiResource NetworkPolicies { get; } = new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies");

    /// <summary>Ingresses.</summary>
    public static ApiResource Ingresses { get; } = new("networking.k8s.io", "v1", "Ingress", "ingresses");

    /// <summary>HTTPRoutes of the Gateway API, which a cluster need not have.</summary>
    public static ApiResource HttpRoutes { get; } = new("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes");

    /// <summary>GRPCRoutes of the Gateway API, which a cluster need not have.</summary>
    public static ApiResource GrpcRoutes { get; } = new("gateway.networking.k8s.io", "v1", "GRPCRoute", "grpcroutes");

    /// <summary>Gateways of the Gateway API, which a cluster need not have.</summary>
    public static ApiResource Gateways { get; } = new("gateway.networking.k8s.io", "v1", "Gateway", "gateways");

    /// <summary>Deployments.</summary>
    public static ApiResource Deployments { get; } = new("apps", "v1", "Deployment", "deployments");

    /// <summary>StatefulSets.</summary>
    public static ApiResource StatefulSets { get; } = new("apps", "v1", "StatefulSet", "statefulsets");

    /// <summary>DaemonSets.</summary>
    public static ApiResource DaemonSets { get; } = new("apps", "v1", "DaemonSet", "daemonsets");

    /// <summary>Jobs.</summary>
    public static ApiResource Jobs { get; } = new("batch", "v1", "Job", "jobs");

    /// <summary>The address ranges of Services, since Kubernetes 1.33.</summary>
    public static ApiResource ServiceCidrs { get; } =
        new("networking.k8s.io", "v1", "ServiceCIDR", "servicecidrs") { IsNamespaced = false };

    /// <summary>The path of the collection, or of one object, or of its subresource, relative to the server's root.</summary>
    /// <param name="ns">The namespace; null for all of them, or for a resource without namespaces.</param>
    /// <param name="name">The object, or null for the collection.</param>
    /// <param name="subresource">The subresource, or null.</param>
    public string PathTo(string? ns, string? name = null, string? subresource = null)
    {
        var path = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        path += ns is null || !IsNamespaced ? $"/{Plural}" : $"/namespaces/{Uri.EscapeDataString(ns)}/{Plural}";
        path += name is null ? "" : $"/{Uri.EscapeDataString(name)}";
        return subresource is null ? path : $"{path}/{subresource}";
    }
}
