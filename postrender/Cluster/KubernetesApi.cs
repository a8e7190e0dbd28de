using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using KubernetesObject = Tempo.PostRender.Graph.KubernetesObject;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// The calls to an API server over HTTP. Objects are read as JSON instead of the client library's types, so that no fields are lost, and
/// the same code checks manifests and live objects.
/// </summary>
public sealed class KubernetesApi : IKubernetesApi, IDisposable
{
    private const int PageSize = 250;
    private const int MaxRestarts = 3;

    private readonly ApiTransport _transport;

    internal KubernetesApi(ApiTransport transport) => _transport = transport;

    /// <inheritdoc/>
    public string Server => _transport.Server;

    /// <inheritdoc/>
    public string? Namespace => _transport.Namespace;

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    /// <inheritdoc/>
    public async Task<KubernetesObject?> FindAsync(ApiResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        var call = new ApiCall
        {
            Verb = "get",
            Resource = resource,
            Namespace = ns,
            Name = name,
        };
        var answer = await _transport
            .SendAsync(call, HttpMethod.Get, resource.PathTo(ns, name), RequestKind.Read, cancellationToken)
            .ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        using var json = _transport.Parse(answer, call);
        return ReadObject(json.RootElement, call);
    }

    /// <inheritdoc/>
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
            var answer = await _transport
                .SendAsync(call, HttpMethod.Get, resource.PathTo(ns) + Query(filter, next), RequestKind.Read, cancellationToken)
                .ConfigureAwait(false);
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

    /// <inheritdoc/>
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
        var answer = await _transport
            .SendAsync(call, HttpMethod.Patch, resource.PathTo(ns, name, subresource), RequestKind.Write, Content, cancellationToken)
            .ConfigureAwait(false);
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

    /// <inheritdoc/>
    public async Task CreateAsync(ApiResource resource, string ns, ReadOnlyMemory<byte> manifest, CancellationToken cancellationToken)
    {
        var call = new ApiCall
        {
            Verb = "create",
            Resource = resource,
            Namespace = ns,
        };
        var answer = await _transport
            .SendAsync(call, HttpMethod.Post, resource.PathTo(ns), RequestKind.Write, Content, cancellationToken)
            .ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw _transport.Refused(answer, call);
        }

        HttpContent Content() =>
            new ReadOnlyMemoryContent(manifest) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    /// <inheritdoc/>
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
        var answer = await _transport
            .SendAsync(call, HttpMethod.Delete, resource.PathTo(ns, name), RequestKind.Read, cancellationToken)
            .ConfigureAwait(false);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.NotFound)
        {
            throw _transport.Refused(answer, call);
        }
    }

    /// <inheritdoc/>
    public async Task<string> ReadLogAsync(string ns, string pod, string container, CancellationToken cancellationToken)
    {
        var call = GetOfPod(ns, pod, "log");
        var path = $"{ApiResource.Pods.PathTo(ns, pod, "log")}?container={Uri.EscapeDataString(container)}";
        var answer = await _transport.SendAsync(call, HttpMethod.Get, path, RequestKind.Read, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? Encoding.UTF8.GetString(answer.Body) : throw _transport.Refused(answer, call);
    }

    /// <inheritdoc/>
    public async Task<PodResponse> GetFromPodAsync(string ns, string pod, PodPort port, string path, CancellationToken cancellationToken)
    {
        var call = GetOfPod(ns, pod, "proxy");
        // In the path the port is part of the name; RBAC checks the name of the pod only.
        var target = $"{(port.IsTls ? "https:" : "")}{Uri.EscapeDataString(pod)}:{port.Number}";
        var uri = $"{ApiResource.Pods.PathTo(ns)}/{target}/proxy/{path.TrimStart('/')}";
        var answer = await _transport.SendAsync(call, HttpMethod.Get, uri, RequestKind.Pod, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess || answer.StatusMessage is null
            ? new PodResponse(answer.Status, Encoding.UTF8.GetString(answer.Body))
            : throw _transport.Refused(answer, call);
    }

    private static string Query(ListFilter filter, string? next)
    {
        var query = new StringBuilder($"?limit={Math.Min(filter.First ?? PageSize, PageSize)}");
        foreach (
            var (name, value) in (IEnumerable<(string, string?)>)
                [("labelSelector", filter.Labels), ("fieldSelector", filter.Fields), ("continue", next)]
        )
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
