extern alias typed;

using System.Globalization;
using typed::k8s;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Documents;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;
using typed::k8s.Models;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>Permissions, pods that cannot be looked into, and size.</summary>
public class VerifyLimitsTests
{
    public static TheoryData<string, string> Permissions =>
        new()
        {
            { "list", "pods" },
            { "list", "services" },
            { "list", "networkpolicies" },
            { "list", "endpointslices" },
            { "list", "ingresses" },
            { "list", "httproutes" },
            { "get", "configmaps" },
            { "get", "pods/proxy" },
            { "patch", "pods/ephemeralcontainers" },
            { "get", "pods" },
            { "get", "pods/log" },
        };

    [Theory]
    [MemberData(nameof(Permissions))]
    public async Task A_missing_permission_is_an_error_that_names_the_verb_and_the_resource(string verb, string resource)
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        server.IsPermitted = request => (request.Verb, request.RbacResource) != (verb, resource);

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal((69, ""), (run.ExitCode, run.Output));
        Assert.Contains($"Grant the verb {verb} on {resource}", run.Error);
        Assert.Contains("in the namespace obs", run.Error);
    }

    /// <summary>
    /// The Roles of the document, each against what a run in its mode asks of the server: no rule lacks, none is too many.
    /// </summary>
    [Theory]
    [InlineData("tempo-postrender-verify", "ConfigMap", "--yes")]
    [InlineData("tempo-postrender-verify", "ConfigMap", "--yes", "--reachability")]
    [InlineData("tempo-postrender-verify", "ConfigMap", "--yes", "--trace")]
    [InlineData("tempo-postrender-verify-probe-pod", "ConfigMap", "--probe-pod", "--reachability", "--trace")]
    [InlineData("tempo-postrender-verify,tempo-postrender-verify-watch", "ConfigMap", "--yes", "--watch")]
    [InlineData("tempo-postrender-verify-no-debug-container", "ConfigMap", "--no-debug-container")]
    [InlineData("tempo-postrender-verify-no-debug-container,tempo-postrender-verify-gateways", "ConfigMap", "--no-debug-container")]
    [InlineData(
        "tempo-postrender-verify-no-debug-container,tempo-postrender-verify-read-secrets",
        "Secret",
        "--no-debug-container",
        "--read-secrets"
    )]
    public async Task The_documented_Roles_are_exactly_what_is_needed(string names, string configKind, params string[] arguments)
    {
        var release = new LiveRelease(AddressFamily.IPv6) { ConfigKind = configKind };
        await using var server = await release.StartAsync();
        var documented = Document
            .Of("docs/rbac.md")
            .Blocks.Where(static block => block.Language == "yaml")
            .SelectMany(static block => block.Text.Split("---\n"))
            .Where(static text => text.Contains("kind: Role\n"))
            .Select(static text => KubernetesYaml.Deserialize<V1Role>(text, strict: true))
            .Where(role => names.Split(',').Contains(role.Metadata.Name))
            .SelectMany(static role => role.Rules)
            .SelectMany(static rule =>
                from apiGroup in rule.ApiGroups
                from resource in rule.Resources
                from verb in rule.Verbs
                select $"{verb} {apiGroup}/{resource}"
            )
            .ToHashSet();
        server.IsPermitted = request => documented.Contains(Permission(request));
        if (names.Contains("gateways"))
        {
            IngressPointTests.PutGateway(server);
        }

        var run = await VerifyRunner.RunAsync(server, answer: null, arguments);

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        // If the config is in a Secret, no ConfigMap is read.
        var needed = documented.Where(permission => configKind != "Secret" || permission != "get /configmaps");
        Assert.Equal(needed.Order(), server.Requests.Select(Permission).Distinct().Order());

        static string Permission(ApiRequest request) => $"{request.Verb} {request.Group}/{request.RbacResource}";
    }

    [Fact]
    public async Task A_config_in_a_Secret_is_read_only_with_the_option()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6) { ConfigKind = "Secret" }.StartAsync();

        var closed = await VerifyRunner.RunAsync(server, "--address-family", "IPv6");
        Assert.DoesNotContain(server.Requests, static request => request.Resource == "secrets");
        Assert.Contains("warning TPF016 Pod/obs/", closed.Output);

        var open = await VerifyRunner.RunAsync(server, "--read-secrets");
        Assert.Equal(0, open.ExitCode);
        Assert.Empty(open.Findings("TPF016"));
    }

    [Fact]
    public async Task A_slow_pod_is_reported_with_the_step_that_was_not_finished()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        server.Intercept = static async (http, request) =>
        {
            if (request.Subresource == "proxy" && request.ObjectName == "tempo-querier-4")
            {
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                return true;
            }

            return false;
        };

        var run = await VerifyRunner.RunAsync(server, "--timeout", "6", "--no-debug-container");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "error TPF201 Pod/obs/tempo-querier-4: could not be checked within 6 seconds; the last step was reading /ready; ",
            run.Output
        );
    }

    [Fact]
    public async Task The_listeners_of_a_pod_that_cannot_be_reached_are_listed()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pod("querier").ListensOn[3200] = "127.0.0.1";
        await using var server = await release.StartAsync();
        server.PodServers.TryRemove("obs/tempo-querier-4/3200", out _);

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("could not be checked, reading /ready failed: ", Assert.Single(run.Findings("TPF201")));
        Assert.Contains("connection refused", Assert.Single(run.Findings("TPF201")));
        Assert.Contains(
            "Pod/obs/tempo-querier-4 port 3200 (http): listens on the loopback address 127.0.0.1 only",
            Assert.Single(run.Findings("TPF203"))
        );
    }

    [Theory]
    [InlineData(
        "{waiting: {reason: CrashLoopBackOff, message: back-off 5m0s restarting failed container}}",
        "",
        "does not run: the container tempo is waiting, CrashLoopBackOff (back-off 5m0s restarting failed container)",
        "error"
    )]
    [InlineData(
        "{running: {startedAt: \"2026-01-02T03:00:00Z\"}}",
        "deletionTimestamp: \"2026-01-02T03:00:00Z\"",
        "is being deleted",
        "warning"
    )]
    public async Task A_pod_that_does_not_run_is_reported_and_not_changed(string state, string metadata, string reason, string level)
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        var pod = release.Pod("query-frontend");
        (pod.State, pod.MoreMetadata) = (state, metadata);
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal(level == "error" ? 2 : 0, run.ExitCode);
        run.AssertOneFinding($"{level} TPF201 Pod/obs/tempo-query-frontend-5: {reason}; ");
        Assert.DoesNotContain(
            server.Requests,
            static request => request.Subresource is not null && request.ObjectName == "tempo-query-frontend-5"
        );
    }

    [Fact]
    public async Task Pages_behind_TLS_and_a_path_are_found_by_the_config()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Config = release.Config.Replace(
            "  http_listen_port: 3200\n",
            "  http_listen_port: 8443\n  http_path_prefix: /tempo/\n  http_tls_config: {cert_file: /tls/tls.crt, key_file: /tls/tls.key}\n"
        );
        await using var server = await release.StartAsync();
        foreach (var pod in release.Pods)
        {
            server.PodServers.TryRemove($"obs/{pod.Name}/3200", out var serve);
            server.PodServers[$"obs/{pod.Name}/8443"] = path => path.StartsWith("/tempo/") ? serve!(path["/tempo".Length..]) : (404, "");
        }

        var run = await VerifyRunner.RunAsync(server, "--no-debug-container");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            server.Requests.Where(static request => request.Subresource == "proxy"),
            static request => Assert.StartsWith("https:", request.Name!)
        );
    }

    [Fact]
    public async Task Json_follows_its_schema()
    {
        var release = new LiveRelease(AddressFamily.IPv6, AddressFamily.IPv4, AddressFamily.IPv6);
        release.Pod("querier").Gossip = AddressFamily.IPv4;
        release.Pod("query-frontend").State = "{waiting: {reason: CrashLoopBackOff}}";
        await using var server = await release.StartAsync();

        foreach (
            var arguments in (string[][])
                [
                    ["--yes"],
                    ["--no-debug-container"],
                    ["--yes", "-l", "app=none"],
                ]
        )
        {
            var run = await VerifyRunner.RunAsync(server, answer: null, [.. arguments, "--format", "json"]);

            Assert.Equal(2, run.ExitCode);
            await SchemaAssert.MatchesAsync(run.Output, "verify.schema.json");
        }
    }

    [Fact]
    public async Task Progress_is_drawn_on_a_terminal_and_nowhere_else()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();

        var watched = await VerifyRunner.RunAsync(server, answer: null, ["--no-debug-container"], isWatched: true);
        var piped = await VerifyRunner.RunAsync(server, answer: null, ["--no-debug-container"]);

        Assert.Contains("Pods", watched.Error);
        Assert.Equal(("", 0), (piped.Error, piped.ExitCode));
        Assert.Equal(piped.Output, watched.Output);
    }

    /// <summary>The program itself, with a limit on its heap, which it exceeds if it keeps everything that it reads.</summary>
    [Theory]
    [InlineData("", "--yes")]
    [InlineData(@"; \d+ destinations tested from \d+ pods; 2 of 2 spans read back", "--probe-pod", "--reachability", "--trace")]
    public async Task A_thousand_pods_take_bounded_memory_and_no_more_requests_at_once_than_asked_for(
        string more,
        params string[] arguments
    )
    {
        const int parallel = 16;
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pods.AddRange(
            Enumerable
                .Range(release.Pods.Count, 1_000 - release.Pods.Count)
                .Select(static number => new LivePodFixture(number, "querier", AddressFamily.IPv6) { Node = $"node-{number % 50}" })
        );
        await using var server = await release.StartAsync();
        server.EphemeralContainers.Delay = TimeSpan.FromMilliseconds(1);
        using var kubeconfig = new TestKubeconfig().With(server.Url);

        var result = await CliWrap
            .Cli.Wrap(HelmRunner.Executable)
            .WithArguments([
                "verify",
                "-n",
                "obs",
                "--kubeconfig",
                kubeconfig.Path,
                .. arguments,
                "--parallel",
                parallel.ToString(CultureInfo.InvariantCulture),
                "--timeout",
                "600",
            ])
            .WithEnvironmentVariables(static variables =>
                variables.Set("DOTNET_GCHeapHardLimit", (128 << 20).ToString("x", CultureInfo.InvariantCulture))
            )
            .RunToEndAsync();

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches($"tempo-postrender: 1000 pods; 0 errors, 0 warnings{more}\n$", result.Output);
        Assert.InRange(server.MostInFlight, 2, parallel);
    }
}
