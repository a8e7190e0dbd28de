using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using k8s;
using KubernetesObject = Tempo.PostRender.Graph.KubernetesObject;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// An API server over HTTP. The client library provides the connection, TLS and credentials. Objects are read as JSON instead of the
/// library's types, so that no fields are lost, and the same code checks manifests and live objects.
/// </summary>
public sealed class KubernetesApi : IKubernetesApi, IDisposable
{
    private const int PageSize = 250;
    private const int MaxRestarts = 3;
    private const int MaxBytes = 64 << 20;
    private const int MaxMessage = 400;

    private readonly Kubernetes _client;
    private readonly ConnectionSettings _settings;
    private readonly RetryPolicy _retries;
    private readonly TimeProvider _time;

    internal KubernetesApi(Kubernetes client, ConnectionSettings settings, RetryPolicy retries, TimeProvider time)
    {
        _client = client;
        _settings = settings;
        _retries = retries;
        _time = time;
    }

    /// <inheritdoc/>
    public string Server => _settings.Description;

    /// <inheritdoc/>
    public string? Namespace => _settings.Namespace;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

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
        var answer = await SendAsync(HttpMethod.Get, resource.PathTo(ns, name), content: null, RequestKind.Read, call, cancellationToken)
            .ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        using var json = Parse(answer, call);
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
            var answer = await SendAsync(
                    HttpMethod.Get,
                    resource.PathTo(ns) + Query(filter, next),
                    content: null,
                    RequestKind.Read,
                    call,
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (answer.Status == HttpStatusCode.Gone && next is not null && restarts++ < MaxRestarts)
            {
                // The server keeps the snapshot behind the pages for some minutes only. Objects of earlier pages are not returned twice.
                next = null;
                continue;
            }

            using var page = Parse(answer, call);
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
        var answer = await SendAsync(
                HttpMethod.Patch,
                resource.PathTo(ns, name, subresource),
                Content,
                RequestKind.Write,
                call,
                cancellationToken
            )
            .ConfigureAwait(false);
        using var json = Parse(answer, call);
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
        var answer = await SendAsync(HttpMethod.Post, resource.PathTo(ns), Content, RequestKind.Write, call, cancellationToken)
            .ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw Refused(answer, call);
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
        var answer = await SendAsync(HttpMethod.Delete, resource.PathTo(ns, name), content: null, RequestKind.Read, call, cancellationToken)
            .ConfigureAwait(false);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.NotFound)
        {
            throw Refused(answer, call);
        }
    }

    /// <inheritdoc/>
    public async Task<string> ReadLogAsync(string ns, string pod, string container, CancellationToken cancellationToken)
    {
        var call = GetOfPod(ns, pod, "log");
        var path = $"{ApiResource.Pods.PathTo(ns, pod, "log")}?container={Uri.EscapeDataString(container)}";
        var answer = await SendAsync(HttpMethod.Get, path, content: null, RequestKind.Read, call, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? Encoding.UTF8.GetString(answer.Body) : throw Refused(answer, call);
    }

    /// <inheritdoc/>
    public async Task<PodResponse> GetFromPodAsync(string ns, string pod, PodPort port, string path, CancellationToken cancellationToken)
    {
        var call = GetOfPod(ns, pod, "proxy");
        // In the path the port is part of the name; RBAC checks the name of the pod only.
        var target = $"{(port.IsTls ? "https:" : "")}{Uri.EscapeDataString(pod)}:{port.Number}";
        var uri = $"{ApiResource.Pods.PathTo(ns)}/{target}/proxy/{path.TrimStart('/')}";
        var answer = await SendAsync(HttpMethod.Get, uri, content: null, RequestKind.Pod, call, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess || answer.StatusObject is null
            ? new PodResponse(answer.Status, Encoding.UTF8.GetString(answer.Body))
            : throw Refused(answer, call);
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

    private JsonDocument Parse(ApiAnswer answer, ApiCall call)
    {
        if (!answer.IsSuccess)
        {
            throw Refused(answer, call);
        }

        try
        {
            return JsonDocument.Parse(answer.Body);
        }
        catch (JsonException)
        {
            throw NoJson(call);
        }
    }

    private JsonElement.ArrayEnumerator ItemsOf(JsonElement list, ApiCall call) =>
        list.ValueKind == JsonValueKind.Object && list.TryGetProperty("items", out var items)
            ? items.ValueKind switch
            {
                JsonValueKind.Array => items.EnumerateArray(),
                // Go's name for an empty list.
                JsonValueKind.Null => default,
                _ => throw NoJson(call),
            }
            : throw NoJson(call);

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
            return LiveObjects.Read(json, call.Resource) ?? throw NoJson(call);
        }
        catch (JsonException)
        {
            throw NoJson(call);
        }
    }

    private ClusterException NoJson(ApiCall call) =>
        new(
            $"{Server} does not answer {call.Method} with Kubernetes objects. Check that the server in the kubeconfig is a Kubernetes API "
                + "server"
        );

    private ApiException Refused(ApiAnswer answer, ApiCall call)
    {
        var (message, reason) = answer.StatusObject ?? ("no reason is given", null);
        message = Manifests.Printable.OneLine(message, MaxMessage);
        var text = answer.Status switch
        {
            HttpStatusCode.Forbidden when ApiException.SaysPermission(message) =>
                $"{Server} does not allow {call}: {message}. Grant the verb {call.Verb} on "
                    + $"{call.RbacResource}{call.InNamespace}; docs/rbac.md has ready Roles",
            HttpStatusCode.Unauthorized =>
                $"{Server} does not accept the credentials ({message}). Log in again, or pass another --context or --kubeconfig",
            _ => $"{Server} answers {call} with {(int)answer.Status}: {message}",
        };
        return new ApiException(text, answer.Status, reason);
    }

    private async Task<ApiAnswer> SendAsync(
        HttpMethod method,
        string path,
        Func<HttpContent>? content,
        RequestKind kind,
        ApiCall call,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(_retries.Timeout);
            TimeSpan? pause;
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(_client.BaseUri, path))
                {
                    Version = HttpVersion.Version20,
                    Content = content?.Invoke(),
                };
                await _settings.AuthorizeAsync(request, _client, timeout.Token).ConfigureAwait(false);
                using var response = await _client
                    .HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token)
                    .ConfigureAwait(false);
                pause = _retries.PauseAfter(response, kind, attempt, _time);
                if (pause is null)
                {
                    return await ApiAnswer.ReadAsync(response, MaxBytes, timeout.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                pause =
                    _retries.PauseAfterFailure(kind, attempt)
                    ?? throw new ClusterException(
                        $"{Server} did not answer {call} within {_retries.Timeout.TotalSeconds:0} seconds, in {attempt} attempts. "
                            + "Check that it is reachable and not overloaded"
                    );
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                pause = ConnectionFailure.IsPermanent(exception) ? null : _retries.PauseAfterFailure(kind, attempt);
                if (pause is null)
                {
                    throw new ClusterException(
                        $"{Server} cannot be reached: {ConnectionFailure.Describe(exception)}. Check the cluster and the "
                            + "kubeconfig, or pass another --context or --kubeconfig",
                        exception
                    );
                }
            }

            await Task.Delay(pause.Value, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
