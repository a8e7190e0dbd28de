using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using ApiRequest = Tempo.Helm.Tests.Cluster.Server.ApiRequest;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>The client against a real HTTP server: objects, pages, faults.</summary>
public sealed class KubernetesApiTests : IAsyncLifetime
{
    private const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: tempo-0, namespace: obs, labels: {app: tempo, tier: "1"}}
        spec: {nodeName: n1, containers: [{name: tempo, image: grafana/tempo:3.0.3}]}
        status: {phase: Running, podIP: "fd00::1", podIPs: [{ip: "fd00::1"}, {ip: 10.0.0.1}]}
        """;

    private TestApiServer _server = null!;
    private KubernetesApi _api = null!;

    public async Task InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = await TestKubeconfig.ConnectAsync(_server);
    }

    public async Task DisposeAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_live_object_is_read_as_a_manifest_is()
    {
        _server.Store.Add(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: tempo, namespace: obs, annotations: {note: "tab\t, emoji \U0001F680, \x7f, \u2028 and \"quotes\""}}
            spec: {clusterIP: None, ipFamilies: [IPv6], selector: {app: tempo}, ports: [{port: 3200}]}
            """
        );

        var found = await _api.FindAsync(ApiResource.Services, "obs", "tempo", default);

        Assert.Equal("Service/obs/tempo", found!.Reference);
        Assert.Equal("v1", found.Text("apiVersion"));
        Assert.Equal(["IPv6"], found.Texts("spec", "ipFamilies"));
        Assert.Equal("3200", found.Find("spec", "ports").Items().Single().Text("port"));
        Assert.Equal("tab\t, emoji \U0001F680, \x7f, \u2028 and \"quotes\"", found.Annotation("note"));
        Assert.NotNull(found.Text("metadata", "uid"));
        Assert.IsType<LiveDocument>(found.Document);
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_what_is_not_served_is_an_error()
    {
        _server.NotServed.Add("networking.k8s.io/v1/servicecidrs");

        Assert.Null(await _api.FindAsync(ApiResource.Services, "obs", "tempo", default));
        var error = await Assert.ThrowsAsync<ApiException>(() => ListAsync(ApiResource.ServiceCidrs, ns: null, ListFilter.All));
        Assert.Equal(HttpStatusCode.NotFound, error.Status);
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_and_selectors_are_the_servers_work()
    {
        AddPods(600);

        Assert.Equal(600, (await ListAsync(ApiResource.Pods, "obs", ListFilter.All)).Count);
        Assert.Equal(3, _server.Requests.Count(static request => request.Verb == "list"));
        Assert.Equal(["pod-000", "pod-001"], await NamesAsync(new ListFilter(Labels: "number in (0, 1),app=tempo,!other")));
        Assert.Equal(3, (await ListAsync(ApiResource.Pods, ns: null, ListFilter.All with { First = 3 })).Count);
        Assert.Empty(await ListAsync(ApiResource.Pods, "other", ListFilter.All));
    }

    [Fact]
    public async Task A_page_that_expired_starts_the_list_again_and_hands_nothing_out_twice()
    {
        AddPods(600);
        _server.ExpireNextPage = true;

        var names = await NamesAsync(ListFilter.All);

        Assert.Equal(600, names.Distinct().Count());
        Assert.Equal(600, names.Count);
        Assert.Equal(5, _server.Requests.Count);
    }

    [Theory]
    [InlineData(429, "1")]
    [InlineData(429, null)]
    [InlineData(500, null)]
    [InlineData(503, null)]
    public async Task A_busy_server_is_asked_again_when_it_says(int status, string? retryAfter)
    {
        _server.Store.Add(Pod);
        var faults = 2;
        _server.Intercept = async (http, _) =>
        {
            if (faults-- <= 0)
            {
                return false;
            }

            http.Response.Headers.RetryAfter = retryAfter is null ? default : new Microsoft.Extensions.Primitives.StringValues(retryAfter);
            await ApiStatus.WriteAsync(http, status, "TooManyRequests", "please try again later");
            return true;
        };

        var started = TimeProvider.System.GetTimestamp();
        Assert.NotNull(await _api.FindAsync(ApiResource.Pods, "obs", "tempo-0", default));
        Assert.True(retryAfter is null || TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(1.9));
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_not_asked_for_ever()
    {
        _server.Intercept = Answer(429, "TooManyRequests", "too many requests");

        var error = await Assert.ThrowsAsync<ApiException>(() => _api.FindAsync(ApiResource.Pods, "obs", "tempo-0", default));

        Assert.Equal(
            $"{_server.Url} (context test) answers get pods tempo-0 in the namespace obs with 429: too many requests",
            error.Message
        );
        Assert.Equal(4, _server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"items":null}""", true)]
    [InlineData("""{"items":null,"metadata":null}""", true)]
    [InlineData("""{"items":{}}""", false)]
    [InlineData("""{"items":[1]}""", false)]
    [InlineData("""{"items":[{"metadata":{"name":"\ud83d"}}]}""", false)]
    [InlineData("""{"kind":"Something"}""", false)]
    [InlineData("[]", false)]
    [InlineData("<html>", false)]
    public async Task An_answer_that_is_no_list_is_refused(string body, bool isList)
    {
        _server.Intercept = async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(body);
            return true;
        };

        var reading = () => ListAsync(ApiResource.Pods, "obs", ListFilter.All);

        if (isList)
        {
            Assert.Empty(await reading());
        }
        else
        {
            Assert.Contains(
                "does not answer list pods with Kubernetes objects",
                (await Assert.ThrowsAsync<ClusterException>(reading)).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_missing_permission_names_verb_resource_and_namespace()
    {
        _server.Store.Add(Pod);
        _server.IsPermitted = static request => request.Subresource is null && request.Resource == "pods";

        var proxy = await Assert.ThrowsAsync<ApiException>(() =>
            _api.GetFromPodAsync("obs", "tempo-0", new PodPort(3200), "/ready", default)
        );
        var slices = await Assert.ThrowsAsync<ApiException>(() => ListAsync(ApiResource.EndpointSlices, "obs", ListFilter.All));
        var nodes = await Assert.ThrowsAsync<ApiException>(() => ListAsync(ApiResource.Nodes, ns: null, ListFilter.All));

        Assert.Contains("Grant the verb get on pods/proxy in the namespace obs; docs/rbac.md", proxy.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Grant the verb list on endpointslices of the API group discovery.k8s.io in the namespace obs;",
            slices.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("Grant the verb list on nodes;", nodes.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, nodes.Status);
    }

    [Fact]
    public async Task Connections_that_are_cut_are_opened_again_and_what_changes_something_is_not_sent_twice()
    {
        _server.Store.Add(Pod);
        var faults = 3;
        _server.Intercept = async (http, request) =>
        {
            if (faults-- <= 0)
            {
                return false;
            }

            // Half an answer, then nothing.
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("{\"kind\":");
            await http.Response.Body.FlushAsync();
            http.Abort();
            return true;
        };

        Assert.NotNull(await _api.FindAsync(ApiResource.Pods, "obs", "tempo-0", default));
        faults = 1;
        var error = await Assert.ThrowsAsync<ClusterException>(() => PatchAsync("{}"));
        Assert.StartsWith($"{_server.Url} (context test) cannot be reached: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, _server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_given_up()
    {
        using var api = await TestKubeconfig.ConnectAsync(
            _server,
            new RetryPolicy(TimeSpan.FromMilliseconds(300), 2, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1))
        );
        _server.Intercept = static async (http, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return true;
        };

        var error = await Assert.ThrowsAsync<ClusterException>(() => api.FindAsync(ApiResource.Pods, "obs", "tempo-0", default));

        Assert.Contains(
            "did not answer get pods tempo-0 in the namespace obs within 0 seconds, in 2 attempts",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_that_is_no_API_server_is_told_apart()
    {
        _server.Intercept = static async (http, _) =>
        {
            await http.Response.WriteAsync("<html>Welcome</html>");
            return true;
        };

        var error = await Assert.ThrowsAsync<ClusterException>(() => _api.FindAsync(ApiResource.Pods, "obs", "tempo-0", default));

        Assert.Contains("Check that the server in the kubeconfig is a Kubernetes API server", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pods_answer_through_the_server_and_their_errors_are_answers()
    {
        _server.Store.Add(Pod);
        _server.PodServers["obs/tempo-0/3200"] = static path => path == "/ready?verbose=true" ? (503, "Ingester not ready") : (200, path);

        Assert.Equal(
            new PodResponse(HttpStatusCode.ServiceUnavailable, "Ingester not ready"),
            await _api.GetFromPodAsync("obs", "tempo-0", new PodPort(3200), "/ready?verbose=true", default)
        );
        Assert.Equal(
            new PodResponse(HttpStatusCode.OK, "/status/config"),
            await _api.GetFromPodAsync("obs", "tempo-0", new PodPort(3200), "/status/config", default)
        );
        var refused = await Assert.ThrowsAsync<ApiException>(() => _api.GetFromPodAsync("obs", "tempo-0", new PodPort(9095), "/", default));
        Assert.Contains(
            "answers get pods/proxy tempo-0 in the namespace obs with 503: error trying to reach service",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task An_ephemeral_container_is_patched_in_and_its_log_is_read_when_it_ended()
    {
        _server.Store.Add(Pod);
        var gate = new TaskCompletionSource();
        _server.EphemeralContainers.Gate = gate.Task;
        _server.EphemeralContainers.Outcome = static (pod, container) =>
            new EphemeralOutcome($"{container["command"]![0]} in {pod["metadata"]!["name"]}");

        var patched = await PatchAsync(
            """{"spec":{"ephemeralContainers":[{"name":"debug-1","image":"busybox","command":["ss"],"targetContainerName":"tempo"}]}}"""
        );

        Assert.Equal("debug-1", patched.Find("spec", "ephemeralContainers").Items().Single().Text("name"));
        var early = await Assert.ThrowsAsync<ApiException>(() => _api.ReadLogAsync("obs", "tempo-0", "debug-1", default));
        Assert.Equal(HttpStatusCode.BadRequest, early.Status);
        gate.SetResult();
        for (
            KubernetesObject? pod = null;
            pod?.Find("status", "ephemeralContainerStatuses").Items().SingleOrDefault().Get("state").Get("terminated") is null;

        )
        {
            await Task.Delay(20);
            pod = await _api.FindAsync(ApiResource.Pods, "obs", "tempo-0", default);
        }

        Assert.Equal("ss in tempo-0", await _api.ReadLogAsync("obs", "tempo-0", "debug-1", default));
        var changed = await Assert.ThrowsAsync<ApiException>(() =>
            PatchAsync("""{"spec":{"ephemeralContainers":[{"name":"debug-1","image":"other"}]}}""")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.Status);
    }

    private static Func<HttpContext, ApiRequest, Task<bool>> Answer(int status, string reason, string message) =>
        async (http, _) =>
        {
            await ApiStatus.WriteAsync(http, status, reason, message);
            return true;
        };

    private Task<KubernetesObject> PatchAsync(string patch) =>
        _api.PatchAsync(ApiResource.Pods, "obs", "tempo-0", "ephemeralcontainers", Encoding.UTF8.GetBytes(patch), default);

    private async Task<List<string>> NamesAsync(ListFilter filter) =>
        (await ListAsync(ApiResource.Pods, "obs", filter)).ConvertAll(static pod => pod.Name);

    private async Task<List<KubernetesObject>> ListAsync(ApiResource resource, string? ns, ListFilter filter)
    {
        var all = new List<KubernetesObject>();
        await foreach (var found in _api.ListAsync(resource, ns, filter, default))
        {
            all.Add(found);
        }

        return all;
    }

    private void AddPods(int number)
    {
        for (var i = 0; i < number; i++)
        {
            // Long enough that a page of them is sent compressed.
            _server.Store.Put(
                JsonNode
                    .Parse(
                        $$$"""
                        {"apiVersion":"v1","kind":"Pod",
                        "metadata":{"name":"pod-{{{i:000}}}","namespace":"obs","labels":{"app":"tempo","number":"{{{i}}}"},
                        "annotations":{"filler":"{{{new string('x', 600)}}}"},"managedFields":[{"manager":"m"}]},"spec":{"containers":[]}}
                        """
                    )!
                    .AsObject()
            );
        }
    }
}
