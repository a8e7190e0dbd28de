using System.Text;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Cluster;

namespace Tempo.Helm.Tests.Cluster.Api;

/// <summary>A kubeconfig, and the server that it names.</summary>
public abstract class KubeconfigTest : IDisposable
{
    private protected TestCertificates Certificates { get; } = new();

    private protected TestKubeconfig Kubeconfig { get; } = new();

    private protected string Authority => $"certificate-authority-data: {Base64(Certificates.AuthorityPem)}";

    public void Dispose()
    {
        Kubeconfig.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private protected Task<TestApiServer> StartAsync(bool trustClients = false) =>
        TestApiServer.StartAsync(Certificates.Server("127.0.0.1"), trustClients ? Certificates.Authority : null);

    private protected async Task AskAsync()
    {
        using var api = await Kubeconfig.ConnectAsync();
        Assert.Null(await api.FindAsync(ApiResource.Services, "obs", "tempo", default));
    }

    private protected async Task<string> RefusedAsync(string message)
    {
        var error = await Assert.ThrowsAnyAsync<ClusterException>(AskAsync);
        Assert.Contains(message, error.Message);
        return error.Message;
    }
}
