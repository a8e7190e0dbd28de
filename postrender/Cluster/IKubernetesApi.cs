using System.Net;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster;

/// <summary>The calls to a live API server. Every call may throw a <see cref="ClusterException"/>.</summary>
public interface IKubernetesApi
{
    /// <summary>The server for messages: its URL and context.</summary>
    string Server { get; }

    /// <summary>The namespace that the kubeconfig's context names, or null.</summary>
    string? Namespace { get; }

    /// <summary>Reads an object, or returns null if it does not exist.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace; null for an object without one.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<KubernetesObject?> FindAsync(ApiResource resource, string? ns, string name, CancellationToken cancellationToken);

    /// <summary>Reads the objects of a collection, page by page as the caller takes them.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace; null for all.</param>
    /// <param name="filter">Which objects.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">With the status 404 where the server does not serve the resource.</exception>
    IAsyncEnumerable<KubernetesObject> ListAsync(ApiResource resource, string? ns, ListFilter filter, CancellationToken cancellationToken);

    /// <summary>Changes an object, or a subresource of it, by a strategic merge patch.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The object.</param>
    /// <param name="subresource">The subresource (<c>ephemeralcontainers</c>), or null.</param>
    /// <param name="patch">The patch, as JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<KubernetesObject> PatchAsync(
        ApiResource resource,
        string ns,
        string name,
        string? subresource,
        ReadOnlyMemory<byte> patch,
        CancellationToken cancellationToken
    );

    /// <summary>Creates an object.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="manifest">The object, as JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task CreateAsync(ApiResource resource, string ns, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken);

    /// <summary>Deletes an object. One that is not there is no error.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task DeleteAsync(ApiResource resource, string ns, string name, CancellationToken cancellationToken);

    /// <summary>Reads the log of a container.</summary>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container, which may be an ephemeral one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<string> ReadLogAsync(string ns, string pod, string container, CancellationToken cancellationToken);

    /// <summary>Sends a GET request to a pod through the API server. Every answer of the pod is returned, errors as well.</summary>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="port">The port, and whether it uses TLS; the API server does not check the certificates of pods.</param>
    /// <param name="path">Path and query: <c>/status/config</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">The API server itself refuses, or cannot reach the pod (503).</exception>
    Task<PodResponse> GetFromPodAsync(string ns, string pod, PodPort port, string path, CancellationToken cancellationToken);
}

/// <summary>Selects objects of a collection; the API server applies it.</summary>
/// <param name="Labels">A label selector, as <c>kubectl -l</c> takes it, or null.</param>
/// <param name="Fields">A field selector, as <c>kubectl --field-selector</c> takes it, or null.</param>
/// <param name="First">The highest number of objects, or null for all.</param>
public sealed record ListFilter(string? Labels = null, string? Fields = null, int? First = null)
{
    /// <summary>Every object.</summary>
    public static ListFilter All { get; } = new();
}

/// <summary>A port of a pod's HTTP server.</summary>
/// <param name="Number">The number.</param>
/// <param name="IsTls">Whether it uses TLS.</param>
public readonly record struct PodPort(int Number, bool IsTls = false)
{
    /// <summary>A port without TLS.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator PodPort(int number) => new(number);
}

/// <summary>The answer of a pod.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, decoded as UTF-8.</param>
public sealed record PodResponse(HttpStatusCode Status, string Body)
{
    /// <summary>Whether the status is a success.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
