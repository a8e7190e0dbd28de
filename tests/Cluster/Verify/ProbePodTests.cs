using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary><c>verify --probe-pod</c>: short-lived pods connect in the place of debug containers, and are gone afterwards.</summary>
public class ProbePodTests
{
    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_healthy_release_is_checked_without_debug_containers_and_without_confirmation(AddressFamily family)
    {
        var release = Release(family);
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod", "--reachability", "--trace", "--verbose"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All((string[])["TPF203", "TPF208", "TPF210", "TPF211"], id => Assert.Contains($"holds {id} ", run.Output));
        Assert.Matches("tempo-distributor-0 +distributor +ok +yes +5 ok ", run.Output);
        Assert.DoesNotContain(server.Requests, static request => request.Verb == "patch");
        AssertGone(server);
    }

    /// <summary>Every port of every pod, from another node: what is on the same one may take another way.</summary>
    [Fact]
    public async Task Every_port_is_connected_to_from_another_node()
    {
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();

        await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod"]);

        var pods = server.CreatedPods.Asked;
        Assert.Equal(["node-a", "node-b"], pods.Select(static pod => pod["spec"]!["nodeName"]!.GetValue<string>()).Order());
        foreach (var pod in release.Pods)
        {
            var from = pods.Single(probe => LiveNetwork.CommandOf(Container(probe)).Contains(Endpoint.Join(pod.IPv6, "3200")));
            Assert.NotEqual(pod.Node, from["spec"]!["nodeName"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData(
        "7 0.000000",
        "error",
        "the connection is refused, or there is no route; other pods cannot reach it over IPv6, either. Listen on ::"
    )]
    [InlineData(
        "28 0.000000",
        "warning",
        "there is no answer within 3 seconds; other pods may be able to connect: a NetworkPolicy that admits only"
    )]
    public async Task A_port_that_cannot_be_connected_to_is_found(string came, string level, string said)
    {
        var release = Release(AddressFamily.IPv6);
        var port = Endpoint.Join(release.Pod("distributor").IPv6, "4317");
        release.Network.Connects = (_, to, _) => to == port ? came : null;
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod"]);

        Assert.Equal(level == "error" ? 2 : 0, run.ExitCode);
        run.AssertOneFinding(
            $"{level} TPF203 Pod/obs/tempo-distributor-0 port 4317 (otlp/grpc): a probe pod cannot connect to it over IPv6: {said}"
        );
        Assert.Matches($"tempo-distributor-0 +distributor +{level} +yes +not 4317 ", run.Output);
    }

    /// <summary>A probe pod is not one of the release's: what it cannot reach in silence, the pod may.</summary>
    [Fact]
    public async Task A_probe_pod_without_an_answer_is_a_warning()
    {
        const string frontend = "tempo-query-frontend-discovery.obs.svc:9095";
        var release = Release(AddressFamily.IPv6);
        release.Network.Connects = static (_, to, _) => to == frontend ? "28 0.000000" : null;
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod", "--reachability"]);

        Assert.Equal(0, run.ExitCode);
        run.AssertOneFinding(
            "warning TPF208 Pod/obs/tempo-querier-4 querier.frontend_worker.frontend_address: a probe pod on its node "
                + $"cannot connect to {frontend} over IPv6: there is no answer within 3 seconds"
        );
    }

    /// <summary>Pod Security of the level restricted admits it, nothing of the release selects it, and it ends by itself.</summary>
    [Fact]
    public async Task A_probe_pod_has_no_privilege_no_token_and_no_label_of_the_release()
    {
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();

        await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod", "--timeout", "77"]);

        Assert.All(
            server.CreatedPods.Asked,
            static pod =>
            {
                var spec = pod["spec"]!;
                Assert.False(spec["automountServiceAccountToken"]!.GetValue<bool>());
                Assert.Equal("Never", spec["restartPolicy"]!.GetValue<string>());
                Assert.Equal(77, spec["activeDeadlineSeconds"]!.GetValue<int>());
                Assert.Null(spec["volumes"]);
                Assert.Null(spec["hostNetwork"]);
                var security = Container(pod)["securityContext"]!;
                Assert.True(security["runAsNonRoot"]!.GetValue<bool>());
                Assert.False(security["allowPrivilegeEscalation"]!.GetValue<bool>());
                Assert.True(security["readOnlyRootFilesystem"]!.GetValue<bool>());
                Assert.Equal("ALL", security["capabilities"]!["drop"]![0]!.GetValue<string>());
                Assert.Equal("RuntimeDefault", security["seccompProfile"]!["type"]!.GetValue<string>());
                Assert.NotNull(Container(pod)["resources"]!["limits"]);
                Assert.Equal(
                    ["app.kubernetes.io/name", "app.kubernetes.io/managed-by"],
                    pod["metadata"]!["labels"]!.AsObject().Select(static label => label.Key)
                );
            }
        );
    }

    [Theory]
    [InlineData("ImagePullBackOff", 0, "does not start, ImagePullBackOff")]
    [InlineData(null, 1, "failed, Error")]
    public async Task A_probe_pod_that_does_not_work_is_named_and_removed(string? waiting, int exitCode, string said)
    {
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        server.CreatedPods.Outcome = _ => new ContainerOutcome("", exitCode, waiting);

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod"]);

        Assert.Equal(2, run.ExitCode);
        Assert.All(run.Findings("TPF201"), line => Assert.Contains(said, line));
        Assert.NotEmpty(run.Findings("TPF201"));
        AssertGone(server);
    }

    [Fact]
    public async Task A_probe_pod_that_hangs_is_removed_when_its_time_is_over()
    {
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        server.CreatedPods.Outcome = static _ => new ContainerOutcome("", ExitCode: null);

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod", "--timeout", "1"]);

        Assert.Equal(2, run.ExitCode);
        Assert.All(run.Findings("TPF201"), static line => Assert.Contains("it took longer than --timeout", line));
        AssertGone(server);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_leaves_no_probe_pod_and_no_report()
    {
        using var cancellation = new CancellationTokenSource();
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        server.CreatedPods.Outcome = _ =>
        {
            cancellation.Cancel();
            return new ContainerOutcome("", ExitCode: null);
        };

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod"], cancellationToken: cancellation.Token);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("cancelled", run.Error);
        AssertGone(server);
    }

    [Fact]
    public async Task A_namespace_that_refuses_probe_pods_is_not_reported_as_a_missing_permission()
    {
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        server.Refuse(
            static request => request.Verb == "create",
            403,
            "Forbidden",
            "pods \"tempo-postrender-probe-x\" is forbidden: exceeded quota: pods=10"
        );
        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod"]);

        Assert.Equal(2, run.ExitCode);
        Assert.All(run.Findings("TPF201"), static line => Assert.Contains("exceeded quota", line));
        Assert.DoesNotContain("Grant the verb", run.Output);
    }

    [Fact]
    public async Task A_missing_permission_is_named_with_what_to_grant()
    {
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        server.IsPermitted = static request => request.Verb != "create";

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod"]);

        Assert.Equal((69, ""), (run.ExitCode, run.Output));
        Assert.Contains("Grant the verb create on pods", run.Error);
    }

    /// <summary>The program itself, interrupted by a user or by a pipeline.</summary>
    [Fact]
    public async Task The_first_interrupt_removes_the_probe_pods()
    {
        using var interrupt = new CancellationTokenSource();
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        server.CreatedPods.Outcome = _ =>
        {
            interrupt.Cancel();
            return new ContainerOutcome("", ExitCode: null);
        };
        using var kubeconfig = new TestKubeconfig().With(server.Url);
        var (output, error) = (new StringBuilder(), new StringBuilder());

        await CliWrap
            .Cli.Wrap(HelmRunner.Executable)
            .WithArguments(["verify", "-n", LiveRelease.Namespace, "--kubeconfig", kubeconfig.Path, "--probe-pod", "--timeout", "300"])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(CancellationToken.None, interrupt.Token)
            .Task.ContinueWith(static _ => { }, TaskScheduler.Default);

        Assert.Equal("", output.ToString());
        Assert.Contains("cancelled", error.ToString());
        AssertGone(server);
    }

    /// <summary>Otherwise probe pods would accumulate.</summary>
    [Fact]
    public async Task A_missing_permission_to_delete_probe_pods_is_an_error()
    {
        var release = Release(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        server.IsPermitted = static request => request.Verb != "delete";

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod"]);

        Assert.Equal((69, ""), (run.ExitCode, run.Output));
        Assert.Contains("Grant the verb delete on pods", run.Error);
    }

    [Fact]
    public async Task The_report_as_JSON_says_which_ports_are_reached()
    {
        var release = Release(AddressFamily.IPv6);
        var port = Endpoint.Join(release.Pod("distributor").IPv6, "4317");
        release.Network.Connects = (_, to, over) =>
            to == port ? "7 0.000000"
            : over == AddressFamily.IPv4 && to[0] == '[' ? "6 0.000000"
            : null;
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--probe-pod", "--reachability", "--format", "json"]);

        await SchemaAssert.MatchesAsync(run.Output, "verify.schema.json");
        using var json = JsonDocument.Parse(run.Output);
        var found = json.RootElement.GetProperty("releases")[0];
        var ports = found
            .GetProperty("pods")
            .EnumerateArray()
            .First(static pod => pod.GetProperty("name").GetString() == "tempo-distributor-0")
            .GetProperty("ports")
            .EnumerateArray()
            .ToDictionary(
                static port => port.GetProperty("port").GetInt32(),
                static port => (port.GetProperty("overIPv4").ValueKind, port.GetProperty("overIPv6").ValueKind)
            );
        Assert.Equal((JsonValueKind.Null, JsonValueKind.True), ports[4318]);
        Assert.Equal(JsonValueKind.False, ports[4317].Item2);
        Assert.All(
            found.GetProperty("reachability").EnumerateArray(),
            static reached => Assert.StartsWith("node-", reached.GetProperty("probeNode").GetString())
        );
    }

    private static LiveRelease Release(AddressFamily family)
    {
        var release = new LiveRelease(family, family.Other(), family) { ReceiverPorts = [4317, 4318] };
        release.Pods.ForEach(pod => pod.Node = release.Pods.IndexOf(pod) % 2 == 0 ? "node-a" : "node-b");
        return release;
    }

    private static JsonObject Container(JsonObject pod) => pod["spec"]!["containers"]![0]!.AsObject();

    private static void AssertGone(TestApiServer server)
    {
        Assert.NotEmpty(server.CreatedPods.Asked);
        Assert.All(
            server.CreatedPods.Asked,
            pod => Assert.Null(server.Store.FindPod(LiveRelease.Namespace, pod["metadata"]!["name"]!.GetValue<string>()))
        );
    }
}
