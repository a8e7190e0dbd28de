using System.Net.Http.Headers;
using k8s;

namespace Tempo.PostRender.Cluster;

/// <summary>The API server, and the credentials.</summary>
internal sealed class ConnectionSettings
{
    /// <summary>The settings of the client library.</summary>
    public required KubernetesClientConfiguration Configuration { get; init; }

    /// <summary>The server for messages: <c>https://host:6443 (context dev)</c>.</summary>
    public required string Description { get; init; }

    /// <summary>The proxy that the kubeconfig names, or null to use the environment.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The user to act as, or null.</summary>
    public string? Impersonate { get; init; }

    /// <summary>The groups to act as.</summary>
    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    /// <summary>The credential plugin, or null.</summary>
    public ExecCredentials? Exec { get; init; }

    /// <summary>The namespace of the context, or null.</summary>
    public string? Namespace => Configuration.Namespace is { Length: > 0 } name ? name : null;

    /// <summary>Runs the credential plugin, whose client certificate is needed before the first connection.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Exec is not null)
        {
            await Exec.ConfigureAsync(Configuration, cancellationToken);
        }
    }

    /// <summary>Adds the credentials to a request.</summary>
    /// <exception cref="ClusterException">They cannot be sent.</exception>
    public async Task AuthorizeAsync(HttpRequestMessage request, Kubernetes client, CancellationToken cancellationToken)
    {
        try
        {
            await AddCredentialsAsync(request, client, cancellationToken);
        }
        catch (FormatException)
        {
            // The exception's own message contains the value.
            throw new ClusterException($"{Description}: the credentials contain a character that HTTP does not allow in a header");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ClusterException.Because($"{Description}: the credentials cannot be read", exception);
        }
    }

    private async Task AddCredentialsAsync(HttpRequestMessage request, Kubernetes client, CancellationToken cancellationToken)
    {
        if (client.Credentials is not null)
        {
            await client.Credentials.ProcessHttpRequestAsync(request, cancellationToken);
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
        if (Configuration.TlsServerName is { Length: > 0 } name)
        {
            request.Headers.Host = name;
        }

        if (Impersonate is not null)
        {
            request.Headers.Add("Impersonate-User", Impersonate);
            request.Headers.Add("Impersonate-Group", ImpersonateGroups);
        }
    }
}
