using System.Net;
using System.Text.Json;
using k8s;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// Sends requests to an API server and waits for its answers, with retries. The client library provides the connection, TLS and
/// credentials.
/// </summary>
internal sealed class ApiTransport(Kubernetes client, ConnectionSettings settings, RetryPolicy retries) : IDisposable
{
    private const int MaxBytes = 64 << 20;
    private const int MaxMessage = 400;

    /// <summary>The server for messages.</summary>
    public string Server => settings.Description;

    /// <summary>The namespace of the context, or null.</summary>
    public string? Namespace => settings.Namespace;

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>Sends a request.</summary>
    /// <exception cref="ClusterException">The server cannot be reached, or does not answer.</exception>
    public async Task<ApiAnswer> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(retries.Timeout);
            TimeSpan? pause;
            try
            {
                using var request = new HttpRequestMessage(call.Method, new Uri(client.BaseUri, call.Path))
                {
                    Version = HttpVersion.Version20,
                    Content = call.Content(),
                };
                await settings.AuthorizeAsync(request, client, timeout.Token);
                using var response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
                pause = retries.PauseAfter(response, call.Kind, attempt);
                if (pause is null)
                {
                    return await ApiAnswer.ReadAsync(response, MaxBytes, timeout.Token);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                pause =
                    retries.PauseAfterFailure(call.Kind, attempt)
                    ?? throw new ClusterException(
                        $"{Server} did not answer {call} within {retries.Timeout.TotalSeconds:0} seconds, in {attempt} attempts. "
                            + "Check that it is reachable and not overloaded"
                    );
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                pause = ConnectionFailure.IsPermanent(exception) ? null : retries.PauseAfterFailure(call.Kind, attempt);
                if (pause is null)
                {
                    throw new ClusterException(
                        $"{Server} cannot be reached: {ConnectionFailure.Describe(exception)}. Check the cluster and the "
                            + "kubeconfig, or pass another --context or --kubeconfig",
                        exception
                    );
                }
            }

            await Task.Delay(pause.Value, cancellationToken);
        }
    }

    /// <summary>Reads the JSON of an answer.</summary>
    /// <exception cref="ApiException">The server refuses the request.</exception>
    /// <exception cref="ClusterException">The answer is not JSON.</exception>
    public JsonDocument Parse(ApiAnswer answer, ApiCall call)
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

    /// <summary>The exception for an answer that does not contain Kubernetes objects.</summary>
    public ClusterException NoJson(ApiCall call) =>
        new(
            $"{Server} does not answer {call.Verb} {call.Resource.Plural} with Kubernetes objects. Check that the server in the kubeconfig "
                + "is a Kubernetes API server"
        );

    /// <summary>The exception for a request that the server refuses.</summary>
    public ApiException Refused(ApiAnswer answer, ApiCall call)
    {
        var message = Printable.OneLine(answer.StatusMessage ?? "no reason is given", MaxMessage);
        var text = answer.Status switch
        {
            HttpStatusCode.Forbidden when ApiException.SaysPermission(message) =>
                $"{Server} does not allow {call}: {message}. Grant the verb {call.Verb} on "
                    + $"{call.RbacResource}{call.InNamespace}; docs/rbac.md has ready Roles",
            HttpStatusCode.Unauthorized =>
                $"{Server} does not accept the credentials ({message}). Log in again, or pass another --context or --kubeconfig",
            _ => $"{Server} answers {call} with {(int)answer.Status}: {message}",
        };
        return new ApiException(text, answer.Status);
    }
}
