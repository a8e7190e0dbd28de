using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using KubernetesObject = Tempo.PostRender.Graph.KubernetesObject;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// The calls to a live API server. Every call may throw a <see cref="ClusterException"/>. Objects are read as JSON instead of the client
/// library's types, so that no fields are lost, and the same code checks manifests and live objects.
/// </summary>
public sealed class KubernetesApi : IDisposable
{
    private const int PageSize = 250;
    private const int MaxRestarts = 3;

    private readonly ApiTransport _transport;

    internal KubernetesApi(ApiTransport transport) => _transport = transport;

    /// <summary>The server for messages: its URL and context.</summary>
    public string Server => _transport.Server;

    /// <summary>The namespace that the kubeconfig's context names, or null.</summary>
    public string? Namespace => _transport.Namespace;

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    /// <summary>Reads an object, or returns null if it does not exist.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace; null for an object without one.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<KubernetesObject?> FindAsync(ApiResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        var call = new ApiCall
        {
            Verb = "get",
            Resource = resource,
            Namespace = ns,
            Name = name,
        };
        var answer = await _transport.SendAsync(call, HttpMethod.Get, resource.PathTo(ns, name), RequestKind.Read, cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        using var json = _transport.Parse(answer, call);
        return ReadObject(json.RootElement, call);
    }

    /// <summary>Reads the objects of a collection, page by page as the caller takes them.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace; null for all.</param>
    /// <param name="filter">Which objects.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">With the status 404 where the server does not serve the resource.</exception>
    public async IAsyncEnumerable<KubernetesObject> ListAsync(
        ApiResource resource,
        string? ns,
        ListFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var call = new ApiCall
        {
            Verb = "list",
            Resource = resource,
            Namespace = ns,
        };
        var seen = new HashSet<(string?, string)>();
        var restarts = 0;
        for (string? next = null; ; )
        {
            var answer = await _transport.SendAsync(
                call,
                HttpMethod.Get,
                resource.PathTo(ns) + Query(filter, next),
                RequestKind.Read,
                cancellationToken
            );
            if (answer.Status == HttpStatusCode.Gone && next is not null && restarts++ < MaxRestarts)
            {
                // The server keeps the snapshot behind the pages for some minutes only. Objects of earlier pages are not returned twice.
                next = null;
                continue;
            }

            using var page = _transport.Parse(answer, call);
            foreach (var item in ItemsOf(page.RootElement, call))
            {
                var found = ReadObject(item, call);
                if (!seen.Add((found.Namespace, found.Name)))
                {
                    continue;
                }

                yield return found;
                if (seen.Count == filter.First)
                {
                    yield break;
                }
            }

            next = ContinueToken(page.RootElement);
            if (string.IsNullOrEmpty(next))
            {
                yield break;
            }
        }
    }

    /// <summary>Changes an object, or a subresource of it, by a strategic merge patch.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The object.</param>
    /// <param name="subresource">The subresource (<c>ephemeralcontainers</c>), or null.</param>
    /// <param name="patch">The patch, as JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<KubernetesObject> PatchAsync(
        ApiResource resource,
        string ns,
        string name,
        string? subresource,
        ReadOnlyMemory<byte> patch,
        CancellationToken cancellationToken
    )
    {
        var call = new ApiCall
        {
            Verb = "patch",
            Resource = resource,
            Namespace = ns,
            Name = name,
            Subresource = subresource,
        };
        var answer = await _transport.SendAsync(
            call,
            HttpMethod.Patch,
            resource.PathTo(ns, name, subresource),
            RequestKind.Write,
            Content,
            cancellationToken
        );
        using var json = _transport.Parse(answer, call);
        return ReadObject(json.RootElement, call);

        HttpContent Content() =>
            new ReadOnlyMemoryContent(patch)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/strategic-merge-patch+json") },
            };
    }

    private static ApiCall GetOfPod(string ns, string pod, string subresource) =>
        new()
        {
            Verb = "get",
            Resource = ApiResource.Pods,
            Namespace = ns,
            Name = pod,
            Subresource = subresource,
        };

    /// <summary>Creates an object.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="manifest">The object, as JSON in UTF-8.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task CreateAsync(ApiResource resource, string ns, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken)
    {
        var call = new ApiCall
        {
            Verb = "create",
            Resource = resource,
            Namespace = ns,
        };
        var answer = await _transport.SendAsync(call, HttpMethod.Post, resource.PathTo(ns), RequestKind.Write, Content, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw _transport.Refused(answer, call);
        }

        HttpContent Content() =>
            new ReadOnlyMemoryContent(manifest) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    /// <summary>Deletes an object. One that is not there is no error.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="name">The object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task DeleteAsync(ApiResource resource, string ns, string name, CancellationToken cancellationToken)
    {
        var call = new ApiCall
        {
            Verb = "delete",
            Resource = resource,
            Namespace = ns,
            Name = name,
        };
        // Deleting twice is no harm: it may be sent again like a request that reads.
        var answer = await _transport.SendAsync(call, HttpMethod.Delete, resource.PathTo(ns, name), RequestKind.Read, cancellationToken);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.NotFound)
        {
            throw _transport.Refused(answer, call);
        }
    }

    /// <summary>Reads the log of a container.</summary>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container, which may be an ephemeral one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<string> ReadLogAsync(string ns, string pod, string container, CancellationToken cancellationToken)
    {
        var call = GetOfPod(ns, pod, "log");
        var path = $"{ApiResource.Pods.PathTo(ns, pod, "log")}?container={Uri.EscapeDataString(container)}";
        var answer = await _transport.SendAsync(call, HttpMethod.Get, path, RequestKind.Read, cancellationToken);
        return answer.IsSuccess ? Encoding.UTF8.GetString(answer.Body) : throw _transport.Refused(answer, call);
    }

    /// <summary>Sends a GET request to a pod through the API server. Every answer of the pod is returned, errors as well.</summary>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="port">The port, and whether it uses TLS; the API server does not check the certificates of pods.</param>
    /// <param name="path">Path and query: <c>/status/config</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">The API server itself refuses, or cannot reach the pod (503).</exception>
    public async Task<PodResponse> GetFromPodAsync(string ns, string pod, PodPort port, string path, CancellationToken cancellationToken)
    {
        var call = GetOfPod(ns, pod, "proxy");
        // In the path the port is part of the name; RBAC checks the name of the pod only.
        var target = $"{(port.IsTls ? "https:" : "")}{Uri.EscapeDataString(pod)}:{port.Number}";
        var uri = $"{ApiResource.Pods.PathTo(ns)}/{target}/proxy/{path.TrimStart('/')}";
        var answer = await _transport.SendAsync(call, HttpMethod.Get, uri, RequestKind.Pod, cancellationToken);
        return answer.IsSuccess || answer.StatusMessage is null
            ? new PodResponse(answer.Status, Encoding.UTF8.GetString(answer.Body))
            : throw _transport.Refused(answer, call);
    }

    private static string Query(ListFilter filter, string? next)
    {
        var query = new StringBuilder($"?limit={Math.Min(filter.First ?? PageSize, PageSize)}");
        foreach (var (name, value) in (IEnumerable<(string, string?)>)[("labelSelector", filter.Labels), ("continue", next)])
        {
            query.Append(string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}");
        }

        return query.ToString();
    }

    private JsonElement.ArrayEnumerator ItemsOf(JsonElement list, ApiCall call) =>
        list.ValueKind == JsonValueKind.Object && list.TryGetProperty("items", out var items)
            ? items.ValueKind switch
            {
                JsonValueKind.Array => items.EnumerateArray(),
                // Go's name for an empty list.
                JsonValueKind.Null => default,
                _ => throw _transport.NoJson(call),
            }
            : throw _transport.NoJson(call);

    private static string? ContinueToken(JsonElement list) =>
        list.TryGetProperty("metadata", out var metadata)
        && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("continue", out var token)
        && token.ValueKind == JsonValueKind.String
            ? token.GetString()
            : null;

    private KubernetesObject ReadObject(JsonElement json, ApiCall call)
    {
        try
        {
            return LiveObjects.Read(json, call.Resource) ?? throw _transport.NoJson(call);
        }
        catch (JsonException)
        {
            throw _transport.NoJson(call);
        }
    }
}
