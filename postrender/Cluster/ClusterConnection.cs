using System.Net;
using System.Security.Cryptography.X509Certificates;
using k8s;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster;

/// <summary>Connects to an API server.</summary>
internal static class ClusterConnection
{
    /// <summary>
    /// Connects as kubectl does: with the given kubeconfig, else the variable KUBECONFIG, else ~/.kube/config, else the pod's own service
    /// account.
    /// </summary>
    /// <param name="kubeconfig">The file, or null.</param>
    /// <param name="context">The context, or null for the current one.</param>
    /// <exception cref="ClusterException">There is no usable configuration.</exception>
    public static async Task<KubernetesApi> OpenAsync(
        string? kubeconfig,
        string? context,
        Func<string, string?> environment,
        RetryPolicy retries,
        CancellationToken cancellationToken
    )
    {
        var files = Kubeconfig.Files(kubeconfig, environment);
        if (files.Count > 0)
        {
            var settings = Kubeconfig.Read(files, context);
            await settings.PrepareAsync(cancellationToken);
            return Connect(settings, retries);
        }

        if (!KubernetesClientConfiguration.IsInCluster())
        {
            throw new ClusterException(
                "no kubeconfig was found: --kubeconfig and the variable KUBECONFIG are not set, ~/.kube/config does not exist, and the "
                    + "command does not run in a pod. Pass --kubeconfig"
            );
        }

        var pod = KubernetesClientConfiguration.InClusterConfig();
        return Connect(new ConnectionSettings { Configuration = pod, Description = $"{pod.Host} (service account of this pod)" }, retries);
    }

    private static KubernetesApi Connect(ConnectionSettings settings, RetryPolicy retries)
    {
        var configuration = settings.Configuration;
        configuration.UserAgent = $"{ProgramInfo.Name}/{ProgramInfo.Version}";
        // The library's own check of certificates (21.0.8) accepts any host name if the authority is private, so the platform checks
        // them: https://github.com/kubernetes-client/csharp/blob/master/src/KubernetesClient/Kubernetes.ConfigInit.cs
        var authorities = configuration.SslCaCerts;
        configuration.SslCaCerts = null;
        configuration.FirstMessageHandlerSetup = handler =>
        {
            handler.AutomaticDecompression = DecompressionMethods.GZip;
            handler.ConnectTimeout = retries.Timeout;
            // Credentials are never sent to another server.
            handler.AllowAutoRedirect = false;
            if (settings.Proxy is not null)
            {
                handler.Proxy = new WebProxy(settings.Proxy);
            }

            if (authorities is not null)
            {
                handler.SslOptions.CertificateChainPolicy = TrustOnly(authorities);
            }
        };
        try
        {
            return new KubernetesApi(new ApiTransport(new Kubernetes(configuration), settings, retries));
        }
        catch (Exception exception)
            when (exception
                    is k8s.Exceptions.KubeConfigException
                        or System.Security.Cryptography.CryptographicException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
                        or ArgumentException
            )
        {
            throw ClusterException.Because($"{settings.Description}: the client certificate or key cannot be used", exception);
        }
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
