using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// The calls to a live API server. Every call may throw a <see cref="ClusterException"/>. Objects are read as JSON instead of the client
/// library's types, so that no fields are lost, and the same code checks manifests and live objects.
/// </summary>
internal sealed class KubernetesApi(ApiTransport transport) : IDisposable
{
    private const int PageSize = 250;
    private const int MaxRestarts = 3;

    /// <summary>The server for messages: its URL and context.</summary>
    public string Server => transport.Server;

    /// <summary>The namespace that the kubeconfig's context names, or null.</summary>
    public string? Namespace => transport.Namespace;

    public void Dispose() => transport.Dispose();

    /// <summary>Reads an object, or returns null if it does not exist.</summary>
    /// <param name="ns">The namespace; null for an object without one.</param>
    public async Task<KubernetesObject?> FindAsync(ApiResource resource, string? ns, string name, CancellationToken cancellationToken)
    {
        var call = new ApiCall("get", resource, ns, name);
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound ? null : ReadObject(answer, call);
    }

    /// <summary>Reads the objects of a collection, page by page as the caller takes them.</summary>
    /// <param name="ns">The namespace; null for all.</param>
    /// <param name="labels">A label selector, as <c>kubectl -l</c> takes it, or null.</param>
    /// <exception cref="ApiException">With the status 404 where the server does not serve the resource.</exception>
    public async IAsyncEnumerable<KubernetesObject> ListAsync(
        ApiResource resource,
        string? ns,
        string? labels,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var call = new ApiCall("list", resource, ns);
        var first = $"{call.Path}?limit={PageSize}{Parameter("labelSelector", labels)}";
        var seen = new HashSet<(string?, string)>();
        var restarts = 0;
        for (string? next = null; ; )
        {
            var answer = await transport.SendAsync(call with { Path = first + Parameter("continue", next) }, cancellationToken);
            if (answer.Status == HttpStatusCode.Gone && next is not null && restarts++ < MaxRestarts)
            {
                // The server keeps the snapshot behind the pages for some minutes only. Objects of earlier pages are not returned twice.
                next = null;
                continue;
            }

            using var page = transport.Parse(answer, call);
            foreach (var item in ItemsOf(page.RootElement, call))
            {
                var found = ReadObject(item, call);
                if (seen.Add((found.Namespace, found.Name)))
                {
                    yield return found;
                }
            }

            next = page.RootElement.TryGetProperty("metadata", out var metadata) ? metadata.Text("continue") : null;
            if (string.IsNullOrEmpty(next))
            {
                yield break;
            }
        }
    }

    /// <summary>Reads all objects of a collection.</summary>
    /// <param name="ns">The namespace; null for all.</param>
    /// <exception cref="ApiException">With the status 404 where the server does not serve the resource.</exception>
    public ValueTask<List<KubernetesObject>> ListAsync(ApiResource resource, string? ns, CancellationToken cancellationToken) =>
        ListAsync(resource, ns, labels: null, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Reads all objects of a collection, or returns null where the server does not serve the resource.</summary>
    /// <param name="ns">The namespace; null for all.</param>
    public async Task<List<KubernetesObject>?> ListIfServedAsync(ApiResource resource, string? ns, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(resource, ns, cancellationToken);
        }
        catch (ApiException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Changes a subresource of an object by a strategic merge patch.</summary>
    /// <param name="subresource">The subresource: <c>ephemeralcontainers</c>.</param>
    public async Task<KubernetesObject> PatchAsync(
        ApiResource resource,
        string ns,
        string name,
        string subresource,
        JsonObject patch,
        CancellationToken cancellationToken
    )
    {
        var call = new ApiCall("patch", resource, ns, name) { Subresource = subresource, Body = patch };
        return ReadObject(await transport.SendAsync(call, cancellationToken), call);
    }

    public async Task CreateAsync(ApiResource resource, string ns, JsonObject manifest, CancellationToken cancellationToken)
    {
        var call = new ApiCall("create", resource, ns) { Body = manifest };
        var answer = await transport.SendAsync(call, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw transport.Refused(answer, call);
        }
    }

    /// <summary>Deletes an object. One that does not exist is no error.</summary>
    public async Task DeleteAsync(ApiResource resource, string ns, string name, CancellationToken cancellationToken)
    {
        var call = new ApiCall("delete", resource, ns, name);
        var answer = await transport.SendAsync(call, cancellationToken);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.NotFound)
        {
            throw transport.Refused(answer, call);
        }
    }

    /// <summary>Reads the log of a container, which may be an ephemeral one.</summary>
    public async Task<string> ReadLogAsync(string ns, string pod, string container, CancellationToken cancellationToken)
    {
        var call = new ApiCall("get", ApiResource.Pods, ns, pod) { Subresource = "log" };
        var answer = await transport.SendAsync(
            call with
            {
                Path = $"{call.Path}?container={Uri.EscapeDataString(container)}",
            },
            cancellationToken
        );
        return answer.IsSuccess ? Encoding.UTF8.GetString(answer.Body) : throw transport.Refused(answer, call);
    }

    /// <summary>Sends a GET request to a pod through the API server. Every answer of the pod is returned, errors as well.</summary>
    /// <param name="port">The port, and whether it uses TLS; the API server does not check the certificates of pods.</param>
    /// <param name="path">Path and query: <c>/status/config</c>.</param>
    /// <exception cref="ApiException">The API server itself refuses, or cannot reach the pod (503).</exception>
    public async Task<PodResponse> GetFromPodAsync(string ns, string pod, PodPort port, string path, CancellationToken cancellationToken)
    {
        // In the path the port is part of the name; RBAC checks the name of the pod only.
        var target = $"{(port.IsTls ? "https:" : "")}{Uri.EscapeDataString(pod)}:{port.Number}";
        var call = new ApiCall("get", ApiResource.Pods, ns, pod)
        {
            Subresource = "proxy",
            Path = $"{ApiResource.Pods.PathTo(ns)}/{target}/proxy/{path.TrimStart('/')}",
        };
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.IsSuccess || answer.StatusMessage is null
            ? new PodResponse(answer.Status, Encoding.UTF8.GetString(answer.Body))
            : throw transport.Refused(answer, call);
    }

    private static string Parameter(string name, string? value) =>
        string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private JsonElement.ArrayEnumerator ItemsOf(JsonElement list, ApiCall call) =>
        list.ValueKind == JsonValueKind.Object && list.TryGetProperty("items", out var items)
            ? items.ValueKind switch
            {
                JsonValueKind.Array => items.EnumerateArray(),
                // Go encodes an empty list as null.
                JsonValueKind.Null => default,
                _ => throw transport.NoJson(call),
            }
            : throw transport.NoJson(call);

    private KubernetesObject ReadObject(ApiAnswer answer, ApiCall call)
    {
        using var json = transport.Parse(answer, call);
        return ReadObject(json.RootElement, call);
    }

    /// <summary>Reads JSON into the nodes of manifests. Items of a list do not state their kind; the resource has it.</summary>
    private KubernetesObject ReadObject(JsonElement json, ApiCall call)
    {
        try
        {
            var document = LiveDocument.OfJson(JsonMarshal.GetRawUtf8Value(json));
            return document.Root is MappingNode root
                ? new KubernetesObject(document, NodePath.Root, root, call.Resource.Kind)
                : throw transport.NoJson(call);
        }
        catch (JsonException)
        {
            throw transport.NoJson(call);
        }
    }
}
