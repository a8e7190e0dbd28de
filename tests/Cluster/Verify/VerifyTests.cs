using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>What <c>verify</c> finds in the pods of healthy and broken releases.</summary>
public class VerifyTests
{
    public static TheoryData<AddressFamily, string> Clusters =>
        new()
        {
            { AddressFamily.IPv6, "IPv6" },
            { AddressFamily.IPv6, "IPv6,IPv4" },
            { AddressFamily.IPv6, "IPv4,IPv6" },
            { AddressFamily.IPv4, "IPv4" },
            { AddressFamily.IPv4, "IPv4,IPv6" },
            { AddressFamily.IPv4, "IPv6,IPv4" },
        };

    [Theory]
    [MemberData(nameof(Clusters))]
    public async Task A_healthy_release_holds_on_every_cluster_that_has_its_family(AddressFamily family, string cluster)
    {
        var run = await new LiveRelease(family, Families(cluster)).VerifyAsync("--verbose");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Empty(run.Findings());
        Assert.Contains($"obs/tempo is {family}, by the config", run.Output);
        Assert.EndsWith("tempo-postrender: 9 pods; 0 errors, 0 warnings\n", run.Output);
        Assert.All(Enumerable.Range(201, 7), number => Assert.Contains($"holds TPF{number} obs/tempo: ", run.Output));
    }

    [Fact]
    public async Task The_report_is_a_line_for_every_pod_and_every_name()
    {
        var run = await new LiveRelease(AddressFamily.IPv6).VerifyAsync();

        SnapshotAssert.Match(run.Output, "Cluster", "verify-healthy");
    }

    /// <summary>The failure that shows nowhere else: everything is ready and works.</summary>
    [Theory]
    [InlineData("IPv4,IPv6")]
    [InlineData("IPv6,IPv4")]
    public async Task A_ring_on_one_family_and_gossip_on_the_other_is_found_on_a_dual_stack_cluster(string cluster)
    {
        var release = new LiveRelease(AddressFamily.IPv6, Families(cluster));
        release.Pods.ForEach(static pod => pod.Gossip = AddressFamily.IPv4);
        release.Config = release.Config.Replace("bind_addr: ['::']", "bind_addr: []");

        var run = await release.VerifyAsync("--address-family", "IPv6");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "error TPF205 Pod/obs/tempo-live-store-2 /memberlist: advertises 10.1.0.3 to memberlist; the other members "
                + "connect to this address over IPv4, but the release is IPv6.",
            run.Output
        );
        Assert.Contains(
            "error TPF206 Pod/obs/tempo-live-store-2 /live-store/ring: registers [fd00:1::3]:9095 in the ring of the live-store, but "
                + "advertises 10.1.0.3 to memberlist; the ring and memberlist disagree",
            run.Output
        );
        Assert.Single(run.Findings("TPF004"));
    }

    [Fact]
    public async Task Rings_on_the_other_family_are_found()
    {
        var release = new LiveRelease(AddressFamily.IPv6, AddressFamily.IPv4, AddressFamily.IPv6);
        release.Pods.ForEach(static pod => pod.Ring = AddressFamily.IPv4);

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            ["Pod/obs/tempo-live-store-2", "Pod/obs/tempo-live-store-3"],
            run.Findings("TPF206").Select(static line => line.Split(' ')[2])
        );
        Assert.All(
            run.Findings("TPF206"),
            static line =>
                Assert.Matches(
                    @"registers 10\.1\.0\.\d:9095 in the ring of the live-store, but advertises fd00:1::\d to memberlist; ",
                    line
                )
        );
    }

    [Theory]
    [InlineData("0.0.0.0", "listens on every IPv4 address only; other pods cannot reach it over IPv6")]
    [InlineData("127.0.0.1", "listens on the loopback address 127.0.0.1 only; other pods cannot reach it over IPv6")]
    [InlineData("[::1]", "listens on the loopback address ::1 only; other pods cannot reach it over IPv6")]
    [InlineData("", "has no listener; other pods cannot reach it over IPv6")]
    public async Task A_pod_that_listens_elsewhere_is_found(string address, string found)
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pod("distributor").ListensOn[4317] = address;

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        run.AssertOneFinding($"error TPF203 Pod/obs/tempo-distributor-0 port 4317 (otlp/grpc): {found}. ");
        Assert.Matches(@"tempo-distributor-0 +distributor +error +yes +not 4317 +ok", run.Output);
    }

    [Theory]
    [InlineData("readinessProbe: {httpGet: {path: /ready, port: http-metrics}}", true)]
    [InlineData("startupProbe: {httpGet: {path: /ready, port: 3200}}", true)]
    [InlineData("livenessProbe: {tcpSocket: {port: 3200}}", true)]
    [InlineData("readinessProbe: {grpc: {port: 3200}}", true)]
    [InlineData("readinessProbe: {exec: {command: [/tempo, -health]}}", false)]
    [InlineData("readinessProbe: {httpGet: {path: /ready, port: 3200, host: elsewhere.example}}", false)]
    [InlineData("readinessProbe: {tcpSocket: {port: 9095}}", false)]
    public async Task Probes_that_go_to_the_family_nobody_listens_on_are_found(string probes, bool fails)
    {
        foreach (
            var (family, listens, first) in (IEnumerable<(AddressFamily, string, string)>)
                [(AddressFamily.IPv6, "[::]", "10.1.0.5"), (AddressFamily.IPv4, "0.0.0.0", "fd00:1::5")]
        )
        {
            var release = new LiveRelease(family, family.Other(), family);
            release.Pod("querier").ListensOn[3200] = listens;
            release.Pod("querier").Probes = probes;
            await using var server = await release.StartAsync();

            var run = await VerifyRunner.RunAsync(server);

            Assert.Equal(fails ? 2 : 0, run.ExitCode);
            Assert.Equal(
                fails ? [$"kubelet probes the first address of the pod, {first}, and fails"] : [],
                run.Findings("TPF202").Select(static line => line.Split("; ")[1].Split(". ")[0])
            );
        }
    }

    [Fact]
    public async Task Pods_without_an_address_of_the_family_are_found()
    {
        var release = new LiveRelease(AddressFamily.IPv6, AddressFamily.IPv6, AddressFamily.IPv4);
        release.Pods.Where(static pod => pod.Target == "distributor").ToList().ForEach(static pod => pod.Families = [AddressFamily.IPv4]);
        release.Pods.ForEach(static pod => pod.ListensOn.Clear());

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Findings("TPF202").Count);
        Assert.Contains(
            "error TPF202 Pod/obs/tempo-distributor-0 status.podIPs: is [10.1.0.1]; other pods cannot reach it over IPv6.",
            run.Output
        );
    }

    [Fact]
    public async Task Settings_that_the_running_process_does_not_share_with_its_file_are_found_at_the_pod()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        var old = release.Config.Replace("ring: {enable_inet6: true}", "ring: {enable_inet6: false}");
        release
            .Pods.Where(static pod => pod.Target == "live-store")
            .ToList()
            .ForEach(pod => pod.EffectiveConfig = $"target: live-store\n{old}");

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "error TPF005 Pod/obs/tempo-live-store-2 /status/config#live_store.ring.enable_inet6: is false (the same at "
                + "tempo-live-store-3); the live-store would register an IPv4 address, or exit if it has none. "
                + "The config file has another value: unless a flag overrides it, restart the pod so that it reads the file. (live)",
            Assert.Single(run.Findings("TPF005"))
        );
    }

    [Fact]
    public async Task A_finding_in_the_config_file_is_reported_once_with_its_place_in_the_file()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Config = release.Config.Replace("live_store:\n  ring: {enable_inet6: true}", "live_store:\n  ring: {enable_inet6: false}");

        var run = await release.VerifyAsync("--address-family", "IPv6");

        Assert.Equal(2, run.ExitCode);
        run.AssertOneFinding("error TPF005 ConfigMap/obs/tempo-config data[\"tempo.yaml\"]#live_store.ring.enable_inet6: is false; ");
    }

    [Fact]
    public async Task A_pod_that_is_not_ready_says_why()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pod("querier").Ready = (503, "querier not ready: no frontend connection\nmore");

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        run.AssertOneFinding("error TPF204 Pod/obs/tempo-querier-4 /ready: answers 503 (querier not ready: no frontend connection); ");
        Assert.StartsWith("tempo-postrender: obs/tempo should be IPv6, by the config ", run.Output);
    }

    [Fact]
    public async Task A_family_that_cannot_be_decided_stops_before_any_pod_is_touched()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Config = release.Config.Replace("bind_addr: ['::']", "bind_addr: ['0.0.0.0']");
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Findings("TPF000"));
        Assert.DoesNotContain(server.Requests, static request => request.Subresource is not null);
    }

    [Fact]
    public async Task A_namespace_without_Tempo_is_an_error()
    {
        var release = new LiveRelease(AddressFamily.IPv6);

        var run = await release.VerifyAsync("-l", "app.kubernetes.io/instance=other");

        Assert.Equal(
            (2, "tempo-postrender: none of the 0 pods in the namespace obs runs Tempo; check --namespace, --selector and --context\n"),
            (run.ExitCode, run.Output)
        );
    }

    private static AddressFamily[] Families(string text) => [.. text.Split(',').Select(static name => AddressFamilies.Parse(name)!.Value)];
}
