using System.Net;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Graph;

namespace Tempo.Helm.Tests.Cluster.Api;

/// <summary>What the client reads of pods through the server, and permissions that are missing.</summary>
public sealed class PodAccessTests : ApiTest
{
    [Fact]
    public async Task A_missing_permission_names_verb_resource_and_namespace()
    {
        Server.Store.Add(Pod);
        Server.IsPermitted = static request => request.Subresource is null && request.Resource == "pods";

        var proxy = await Assert.ThrowsAsync<ApiException>(() =>
            Api.GetFromPodAsync("obs", "tempo-0", new PodPort(3200), "/ready", default)
        );
        var slices = await Assert.ThrowsAsync<ApiException>(async () => await ListAsync(ApiResource.EndpointSlices, "obs"));
        var nodes = await Assert.ThrowsAsync<ApiException>(async () => await ListAsync(ApiResource.Nodes, ns: null));

        Assert.Contains("Grant the verb get on pods/proxy in the namespace obs; docs/rbac.md", proxy.Message);
        Assert.Contains("Grant the verb list on endpointslices of the API group discovery.k8s.io in the namespace obs;", slices.Message);
        Assert.Contains("Grant the verb list on nodes;", nodes.Message);
        Assert.Equal(HttpStatusCode.Forbidden, nodes.Status);
    }

    [Fact]
    public async Task Errors_of_a_pod_are_answers_and_errors_of_the_server_are_not()
    {
        Server.Store.Add(Pod);
        Server.PodServers["obs/tempo-0/3200"] = static path => path == "/ready?verbose=true" ? (503, "Ingester not ready") : (200, path);

        Assert.Equal(
            new PodResponse(HttpStatusCode.ServiceUnavailable, "Ingester not ready"),
            await Api.GetFromPodAsync("obs", "tempo-0", new PodPort(3200), "/ready?verbose=true", default)
        );
        Assert.Equal(
            new PodResponse(HttpStatusCode.OK, "/status/config"),
            await Api.GetFromPodAsync("obs", "tempo-0", new PodPort(3200), "/status/config", default)
        );
        var refused = await Assert.ThrowsAsync<ApiException>(() => Api.GetFromPodAsync("obs", "tempo-0", new PodPort(9095), "/", default));
        Assert.Contains("answers get pods/proxy tempo-0 in the namespace obs with 503: error trying to reach service", refused.Message);
        Assert.Equal(3, Server.Requests.Count);
    }

    /// <summary>Without this header Tempo sends its pages as HTML.</summary>
    [Fact]
    public async Task A_pod_is_asked_for_JSON()
    {
        var accepted = "";
        Server.Store.Add(Pod);
        Server.PodServers["obs/tempo-0/3200"] = static _ => (200, "{}");
        Server.Intercept = (http, _) =>
        {
            accepted = http.Request.Headers.Accept.ToString();
            return Task.FromResult(false);
        };

        await Api.GetFromPodAsync("obs", "tempo-0", new PodPort(3200), "/memberlist", default);

        Assert.StartsWith("application/json,", accepted);
    }

    [Fact]
    public async Task An_ephemeral_container_is_patched_in_and_its_log_is_read_when_it_ended()
    {
        Server.Store.Add(Pod);
        var gate = new TaskCompletionSource();
        Server.EphemeralContainers.Gate = gate.Task;
        Server.EphemeralContainers.Outcome = static (pod, container) =>
            new ContainerOutcome($"{container["command"]![0]} in {pod["metadata"]!["name"]}");

        var patched = await PatchPodAsync(
            """{"spec":{"ephemeralContainers":[{"name":"debug-1","image":"busybox","command":["ss"],"targetContainerName":"tempo"}]}}"""
        );

        Assert.Equal("debug-1", patched.Find("spec", "ephemeralContainers").Items().Single().Text("name"));
        var early = await Assert.ThrowsAsync<ApiException>(() => Api.ReadLogAsync("obs", "tempo-0", "debug-1", default));
        Assert.Equal(HttpStatusCode.BadRequest, early.Status);
        gate.SetResult();
        for (
            KubernetesObject? pod = null;
            pod?.Find("status", "ephemeralContainerStatuses").Items().SingleOrDefault().Get("state").Get("terminated") is null;

        )
        {
            await Task.Delay(20);
            pod = await FindPodAsync();
        }

        Assert.Equal("ss in tempo-0", await Api.ReadLogAsync("obs", "tempo-0", "debug-1", default));
        var changed = await Assert.ThrowsAsync<ApiException>(() =>
            PatchPodAsync("""{"spec":{"ephemeralContainers":[{"name":"debug-1","image":"other"}]}}""")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.Status);
    }
}
