using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Graph;

namespace Tempo.Helm.Tests.Cluster.Api;

/// <summary>The client and the HTTP server of a test.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    private protected const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: tempo-0, namespace: obs, labels: {app: tempo, tier: "1"}}
        spec: {nodeName: n1, containers: [{name: tempo, image: grafana/tempo:3.0.3}]}
        status: {phase: Running, podIP: "fd00::1", podIPs: [{ip: "fd00::1"}, {ip: 10.0.0.1}]}
        """;

    private protected TestApiServer Server { get; private set; } = null!;

    private protected KubernetesApi Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestApiServer.StartAsync();
        Api = await TestKubeconfig.ConnectAsync(Server);
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        await Server.DisposeAsync();
    }

    private protected ValueTask<List<KubernetesObject>> ListAsync(ApiResource resource, string? ns) => Api.ListAsync(resource, ns, default);

    private protected Task<KubernetesObject?> FindPodAsync() => Api.FindAsync(ApiResource.Pods, "obs", "tempo-0", default);

    private protected Task<KubernetesObject> PatchPodAsync(string patch) =>
        Api.PatchAsync(ApiResource.Pods, "obs", "tempo-0", "ephemeralcontainers", JsonNode.Parse(patch)!.AsObject(), default);

    /// <summary>Lets the server answer every request with a body.</summary>
    private protected void Answer(string body) =>
        Server.Intercept = async (http, _) =>
        {
            await http.Response.WriteAsync(body);
            return true;
        };
}
