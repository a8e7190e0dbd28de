using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Graph;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary><c>verify --watch</c>: follows a rollout until nothing is found, or until the time limit.</summary>
public class WatchTests
{
    [Fact]
    public async Task A_healthy_release_is_reported_at_once()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        var plain = await VerifyRunner.RunAsync(server);

        var run = await VerifyRunner.RunAsync(server, "--watch", "--watch-timeout", "60");

        Assert.Equal((0, plain.Output), (run.ExitCode, run.Output));
        Assert.Contains("tempo-postrender: Pod/obs/tempo-querier-4: ok\n", run.Error);
    }

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_pod_that_becomes_ready_is_waited_for_and_no_debug_container_is_added_before(AddressFamily family)
    {
        var release = new LiveRelease(family);
        release.Pod("backend-worker").Ready = (503, "waiting for its ring");
        await using var server = await release.StartAsync();
        var running = VerifyRunner.RunAsync(server, "--watch", "--watch-timeout", "60");
        await UntilAsync(() =>
            server.Requests.Count(static request => request.ObjectName == "tempo-backend-worker-8" && request.Subresource == "proxy") > 1
        );
        var patchesBefore = server.Requests.Count(static request => request.Verb == "patch");
        release.Pod("backend-worker").Ready = (200, "ready");

        var run = await running;

        Assert.Equal((0, 0), (run.ExitCode, patchesBefore));
        Assert.Equal(
            ["error TPF204 /ready answers 503 (waiting for its ring)", "ok"],
            run.Error.Split('\n')
                .Where(static line => line.Contains("Pod/obs/tempo-backend-worker-8: "))
                .Select(static line => line.Split("worker-8: ")[1])
        );
        Assert.EndsWith("tempo-postrender: 9 pods; 0 errors, 0 warnings\n", run.Output);
        Assert.Equal(9, server.Requests.Count(static request => request.Verb == "patch"));
    }

    /// <summary>Right after an upgrade all old pods still run and are ready.</summary>
    [Fact]
    public async Task A_workload_that_has_not_rolled_out_is_waited_for()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        server.Store.Add(Deployment("status: {observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2}"));
        var running = VerifyRunner.RunAsync(server, "--watch", "--watch-timeout", "60");
        await UntilAsync(() => server.Requests.Any(static request => request.Resource == "endpointslices"));
        server.Store.Add(Deployment("status: {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2}"));

        var run = await running;

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["its controller has not processed the change yet", "ok"],
            run.Error.Split('\n')
                .Where(static line => line.Contains("Deployment/obs/tempo-querier: "))
                .Select(static line => line.Split("querier: ")[1])
        );
    }

    [Fact]
    public async Task After_the_time_limit_the_last_state_is_reported_and_nothing_was_changed()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pod("querier").Ready = (503, "no frontend");
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--watch", "--watch-timeout", "1");

        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith(
            "tempo-postrender: the time limit of --watch-timeout (1 s) has passed, and the release is not ready; this is its last state\n",
            run.Error
        );
        run.AssertOneFinding("error TPF204 Pod/obs/tempo-querier-4 /ready: answers 503 (no frontend); ");
        Assert.DoesNotContain(server.Requests, static request => request.Verb == "patch");
    }

    [Fact]
    public async Task An_empty_namespace_is_waited_for()
    {
        await using var server = await TestApiServer.StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--watch", "--watch-timeout", "1");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("tempo-postrender: Namespace/obs: no pod runs Tempo yet\n", run.Error);
    }

    [Fact]
    public async Task Without_a_terminal_the_confirmation_is_required_before_the_wait()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--watch"]);

        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains("Pass --yes to add them, or --no-debug-container", run.Error);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task On_a_terminal_the_lines_change_in_place()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--watch", "--no-debug-container"], isWatched: true);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Pod/obs/tempo-querier-4", run.Error);
        Assert.Contains("\u001b[", run.Error);
    }

    [Theory]
    [InlineData(
        "Deployment",
        "replicas: 3",
        "observedGeneration: 2, replicas: 4, updatedReplicas: 1, availableReplicas: 3",
        "1 of 3 pods have the new revision"
    )]
    [InlineData(
        "Deployment",
        "replicas: 3",
        "observedGeneration: 2, replicas: 4, updatedReplicas: 3, availableReplicas: 3",
        "1 pods of the old revision still run"
    )]
    [InlineData(
        "Deployment",
        "replicas: 3",
        "observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 2",
        "2 of 3 pods are ready"
    )]
    [InlineData("Deployment", "", "observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1", null)]
    [InlineData("Deployment", "replicas: 0", "observedGeneration: 2", null)]
    [InlineData(
        "Deployment",
        "replicas: 1",
        "observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1",
        "its controller has not processed the change yet"
    )]
    [InlineData(
        "StatefulSet",
        "replicas: 2",
        "observedGeneration: 2, replicas: 2, updatedReplicas: 1, readyReplicas: 2",
        "1 of 2 pods have the new revision"
    )]
    [InlineData(
        "StatefulSet",
        "replicas: 2, updateStrategy: {type: OnDelete}",
        "observedGeneration: 2, replicas: 2, readyReplicas: 2",
        null
    )]
    [InlineData(
        "StatefulSet",
        "replicas: 2, updateStrategy: {rollingUpdate: {partition: 1}}",
        "observedGeneration: 2, replicas: 2, updatedReplicas: 1, readyReplicas: 1",
        "1 of 2 pods are ready"
    )]
    [InlineData(
        "DaemonSet",
        "",
        "observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 2, numberAvailable: 3",
        "2 of 3 pods have the new revision"
    )]
    [InlineData("DaemonSet", "", "observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3", null)]
    public void A_rollout_is_done_when_kubectl_says_so(string kind, string spec, string status, string? lacks)
    {
        var text =
            $"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: a, namespace: obs, generation: 2}}\n"
            + $"spec: {{ {spec} }}\nstatus: {{ {status} }}\n";

        Assert.Equal(lacks, Rollout.Of(ObjectReader.Read(Yaml.Document(text))[0]).Lacks);
    }

    private static string Deployment(string status) =>
        $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: tempo-querier, namespace: obs, generation: 2}
            spec:
              replicas: 2
              selector: {matchLabels: {app: querier} }
              template:
                metadata: {labels: {app: querier} }
                spec:
                  containers:
                    - name: tempo
                      image: grafana/tempo:3.0.3
                      args: [-target=querier, -config.file=/conf/tempo.yaml]
                      volumeMounts: [{name: config, mountPath: /conf}]
                  volumes: [{name: config, configMap: {name: tempo-config} }]
            {{status}}
            """;

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 600 && !condition(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(condition());
    }
}
