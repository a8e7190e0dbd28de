using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>The debug containers of <c>verify</c>: asked for, added once, and never a reason to pass over a pod.</summary>
public class DebugContainerTests
{
    private const string Denial =
        "pods \"tempo-querier-4\" is forbidden: violates PodSecurity \"restricted:latest\": seccompProfile (pod or container "
        + "\"debug\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")";

    [Fact]
    public async Task Without_a_terminal_and_without_the_option_no_debug_container_is_added()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer: null, []);

        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains("Pass --yes to add it, or --no-debug-container", run.Error);
        Assert.DoesNotContain(server.Requests, static request => request.Verb == "patch");
    }

    [Theory]
    [InlineData("y\n", 0, 9)]
    [InlineData("n\n", 64, 0)]
    [InlineData("\n", 64, 0)]
    public async Task A_user_at_the_terminal_is_asked_for_confirmation(string answer, int exitCode, int added)
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer, []);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(
            "verify adds an ephemeral debug container (docker.io/nicolaka/netshoot:v0.13) to 9 pods of the namespace obs",
            run.Error
        );
        Assert.Contains("cannot be removed", run.Error);
        Assert.Equal(added, server.Requests.Count(static request => request.Verb == "patch"));
    }

    [Fact]
    public async Task Without_debug_containers_all_other_checks_run()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pods.ForEach(static pod => pod.Ring = AddressFamily.IPv4);
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, answer: null, ["--no-debug-container"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Findings("TPF206").Count);
        Assert.DoesNotContain(server.Requests, static request => request.Verb == "patch" || request.Subresource == "log");
        Assert.EndsWith("; listeners were not checked (--no-debug-container)\n", run.Output);
    }

    [Fact]
    public async Task A_second_run_reads_what_the_first_one_left()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        await VerifyRunner.RunAsync(server);
        server.Requests.Clear();

        var run = await VerifyRunner.RunAsync(server, answer: null, []);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain(server.Requests, static request => request.Verb == "patch");
        Assert.Single(LiveRelease.DebugContainers(server, "tempo-querier-4"));
    }

    [Fact]
    public async Task The_output_of_a_debug_container_from_before_the_pod_was_ready_does_not_count()
    {
        await using var first = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        await VerifyRunner.RunAsync(first);
        var old = LiveRelease.DebugContainers(first, "tempo-querier-4").Single().ToJsonString();
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pod("querier").MoreSpec = $"ephemeralContainers: [{old}]";
        release.Pod("querier").MoreStatus = """
            ephemeralContainerStatuses:
              - name: tempo-postrender-verify-1
                image: x
                imageID: x
                ready: false
                restartCount: 0
                state: {terminated: {exitCode: 0, startedAt: "2026-01-02T03:00:05Z"}}
            """;
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["tempo-postrender-verify-1", "tempo-postrender-verify-2"],
            LiveRelease.DebugContainerNames(server, "tempo-querier-4")
        );
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_reported_and_the_other_pods_are_checked()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        var outcome = server.EphemeralContainers.Outcome;
        server.EphemeralContainers.Outcome = (pod, container) =>
            pod["metadata"]!["name"]!.GetValue<string>() == "tempo-querier-4"
                ? new ContainerOutcome("", WaitingReason: "ImagePullBackOff")
                : outcome(pod, container);

        var run = await VerifyRunner.RunAsync(server, "--debug-image", "registry.example/none:1");

        Assert.Equal(2, run.ExitCode);
        run.AssertOneFinding(
            "error TPF201 Pod/obs/tempo-querier-4: its listeners could not be listed: the debug container "
                + "tempo-postrender-verify-1 does not start, ImagePullBackOff; it could not be "
                + "checked, or only in part. "
        );
        Assert.Matches("tempo-querier-4 +querier +not checked +yes +\\? +ok +6 members", run.Output);
        Assert.EndsWith("tempo-postrender: 9 pods, 1 of them not checked; 1 error, 0 warnings\n", run.Output);
        Assert.Equal(
            "registry.example/none:1",
            LiveRelease.DebugContainers(server, "tempo-querier-4").Single()["image"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task A_debug_container_that_fails_or_prints_something_else_is_named()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        var outcome = server.EphemeralContainers.Outcome;
        server.EphemeralContainers.Outcome = (pod, container) =>
            pod["metadata"]!["name"]!.GetValue<string>() switch
            {
                "tempo-querier-4" => new ContainerOutcome("sh: not found", ExitCode: 127),
                "tempo-query-frontend-5" => new ContainerOutcome("== ss\nLISTEN 0 1 *:3200"),
                _ => outcome(pod, container),
            };

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "Pod/obs/tempo-querier-4: its listeners could not be listed: the debug container tempo-postrender-verify-1 "
                + "failed with exit code 127, Error;",
            run.Output
        );
        Assert.Contains(
            "Pod/obs/tempo-query-frontend-5: its listeners could not be listed: the output of the debug container is not complete;",
            run.Output
        );
    }

    [Fact]
    public async Task An_image_without_ss_is_a_warning_for_ports_that_the_tables_of_the_kernel_do_not_decide()
    {
        var release = new LiveRelease(AddressFamily.IPv4, AddressFamily.IPv4, AddressFamily.IPv6);
        await using var server = await release.StartAsync();
        var rows = string.Concat(
            new[] { "0C80", "2387", "1F0A", "10DD", "10DE" }.Select(static port =>
                $"  0: 00000000000000000000000000000000:{port} 00000000000000000000000000000000:0000 0A 0 0\n"
            )
        );
        server.EphemeralContainers.Outcome = (_, _) =>
            new ContainerOutcome($"== proc\n  sl  local_address\n  sl  local_address\n{rows}== end\n");

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning TPF203 Pod/obs/", run.Output);
        Assert.Contains(
            "the debug image has no ss, so it is unknown whether other pods can reach the port over IPv4. Pass a "
                + "--debug-image with ss (iproute2)",
            run.Output
        );
    }

    /// <summary>Pod Security of the level restricted, as an API server applies it to the subresource.</summary>
    [Fact]
    public async Task A_restricted_namespace_admits_the_debug_containers()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        server.Intercept = async (http, request) =>
        {
            if (!IsPatch(request))
            {
                return false;
            }

            http.Request.EnableBuffering();
            var patch = (await JsonNode.ParseAsync(http.Request.Body))!;
            http.Request.Body.Position = 0;
            if (patch["spec"]!["ephemeralContainers"]!.AsArray().All(static container => IsRestricted(container!)))
            {
                return false;
            }

            await ApiStatus.WriteAsync(http, 403, "Forbidden", Denial);
            return true;
        };

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("tempo", LiveRelease.DebugContainers(server, "tempo-querier-4").Single()["targetContainerName"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_namespace_that_refuses_debug_containers_is_not_reported_as_a_missing_permission()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        server.Refuse(IsPatch, 403, "Forbidden", Denial);
        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal(2, run.ExitCode);
        Assert.All(run.Findings("TPF201"), static line => Assert.Contains("violates PodSecurity", line));
        Assert.DoesNotContain("Grant the verb", run.Output);
        Assert.EndsWith("tempo-postrender: 9 pods, 9 of them not checked; 9 errors, 0 warnings\n", run.Output);
    }

    [Fact]
    public async Task The_change_of_a_pod_is_repeated_after_a_conflict()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        var conflicts = 0;
        server.Refuse(
            request => IsPatch(request) && Interlocked.Increment(ref conflicts) <= 2,
            409,
            "Conflict",
            "the object has been modified; please apply your changes to the latest version and try again"
        );
        Assert.Equal(0, (await VerifyRunner.RunAsync(server, "--parallel", "1")).ExitCode);
    }

    private static bool IsRestricted(JsonNode container) =>
        container["securityContext"] is { } context
        && context["runAsNonRoot"]?.GetValue<bool>() == true
        && context["runAsUser"]?.GetValue<int>() > 0
        && context["allowPrivilegeEscalation"]?.GetValue<bool>() == false
        && context["capabilities"]?["drop"]?.AsArray() is [var dropped]
        && dropped!.GetValue<string>() == "ALL"
        && context["capabilities"]!["add"] is null
        && context["seccompProfile"]?["type"]?.GetValue<string>() == "RuntimeDefault"
        && context["privileged"] is null;

    private static bool IsPatch(ApiRequest request) => request.Subresource == "ephemeralcontainers";
}
