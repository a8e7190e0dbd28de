using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>Gateways and caches of a release: checked like Tempo's pods.</summary>
public class VerifyOthersTests
{
    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_healthy_gateway_and_a_healthy_cache_have_their_lines(AddressFamily family)
    {
        var run = await Release(family).VerifyAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches("tempo-gateway-0 +nginx-unprivileged +ok +yes +1 ok +- +- +- ", run.Output);
        Assert.Matches("tempo-memcached-0 +memcached +ok +yes +2 ok +- +- +- ", run.Output);
        Assert.Matches(@"tempo-gateway\.obs\.svc +" + family, run.Output);
        Assert.EndsWith("tempo-postrender: 11 pods; 0 errors, 0 warnings\n", run.Output);
    }

    [Theory]
    [InlineData(AddressFamily.IPv6, "0.0.0.0:8080", "every IPv4 address only")]
    [InlineData(AddressFamily.IPv4, "[::]:8080", "every IPv6 address only")]
    public async Task A_gateway_that_listens_on_the_other_family_alone_is_found(AddressFamily family, string socket, string listens)
    {
        var release = Release(family);
        release.Others[0].Sockets = [socket];

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        run.AssertOneFinding(
            $"error TPF203 Pod/obs/tempo-gateway-0 port 8080 (http): listens on {listens}; other pods cannot reach it over {family}. "
        );
        Assert.Matches("tempo-gateway-0 +nginx-unprivileged +error +yes +not 8080 ", run.Output);
    }

    /// <summary>The failure of IPv6 releases in IPv4-primary clusters, and the other way round.</summary>
    [Theory]
    [InlineData(AddressFamily.IPv6, "[::]:8080", "10.1.9.1", "add a listen line for IPv4 to nginx")]
    [InlineData(AddressFamily.IPv4, "0.0.0.0:8080", "fd00:1::9:1", "add a listen line for IPv6 to nginx")]
    public async Task A_gateway_that_kubelet_does_not_reach_is_found(AddressFamily family, string socket, string probed, string remedy)
    {
        var release = Release(family, family.Other(), family);
        release.Others[0].Sockets = [socket];
        release.Others[0].Ready = "status: \"False\", reason: ContainersNotReady, message: \"containers with unready status: [nginx]\"";

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        var probe = Assert.Single(run.Findings("TPF202"));
        Assert.Contains($"kubelet probes the first address of the pod, {probed}, and fails", probe);
        Assert.Contains(remedy, probe);
        run.AssertOneFinding(
            "error TPF204 Pod/obs/tempo-gateway-0 status.conditions: is not ready: ContainersNotReady (containers with "
                + "unready status: [nginx]); "
        );
    }

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task Each_port_of_a_cache_and_its_exporter_is_checked(AddressFamily family)
    {
        var release = Release(family);
        release.Others[1].Sockets = ["127.0.0.1:11211", family == AddressFamily.IPv6 ? "0.0.0.0:9150" : "[::]:9150"];

        var run = await release.VerifyAsync();

        Assert.Equal(
            [
                "Pod/obs/tempo-memcached-0 port 11211 (client): listens on the loopback address 127.0.0.1 only",
                $"Pod/obs/tempo-memcached-0 port 9150 (http-metrics): listens on every {family.Other()} address only",
            ],
            run.Findings("TPF203").Select(static line => line["error TPF203 ".Length..].Split(';')[0])
        );
    }

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_gateway_that_its_Service_does_not_lead_to_over_the_family_is_found(AddressFamily family)
    {
        var release = Release(family);
        release.Others[0].HasEndpoint = false;

        var run = await release.VerifyAsync();

        run.AssertOneFinding($"error TPF207 Service/obs/tempo-gateway: has no {family} endpoint, but selects tempo-gateway-0; ");
    }

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_vulture_is_a_pod_of_the_release(AddressFamily family)
    {
        var release = new LiveRelease(family);
        release.Others.Add(LiveOther.Vulture());

        var run = await release.VerifyAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches("tempo-vulture-0 +tempo-vulture +ok +yes +1 ok +- +- +- ", run.Output);
        Assert.Matches(@"tempo-vulture\.obs\.svc +" + family, run.Output);
    }

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_vulture_is_checked_like_other_pods(AddressFamily family)
    {
        var release = new LiveRelease(family, family.Other(), family);
        release.Others.Add(LiveOther.Vulture());
        release.Others[0].Sockets = [family == AddressFamily.IPv6 ? "[::]:8080" : "0.0.0.0:8080"];
        release.Others[0].HasEndpoint = false;

        var run = await release.VerifyAsync();

        Assert.Contains("error TPF202 Pod/obs/tempo-vulture-0 port 8080 (http-metrics): listens on every ", run.Output);
        Assert.Contains($"error TPF207 Service/obs/tempo-vulture: has no {family} endpoint, but selects tempo-vulture-0; ", run.Output);
    }

    [Theory]
    [InlineData("tempo-distributor.obs.svc", true)]
    [InlineData("tempo-distributor", true)]
    [InlineData("tempo-distributor.other.svc", false)]
    [InlineData("grafana", false)]
    public async Task An_exporter_belongs_to_the_release_whose_Service_it_reads(string reads, bool belongs)
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Others.Add(LiveOther.Exporter(reads));
        release.Others[0].Sockets = ["127.0.0.1:9115"];

        var run = await release.VerifyAsync();

        Assert.Equal(
            belongs ? ["error TPF203 Pod/obs/tempo-exporter-0 port 9115 (metrics): listens on the loopback address 127.0.0.1 only"] : [],
            run.Findings("TPF203").Select(static line => line.Split(';')[0])
        );
    }

    private static LiveRelease Release(AddressFamily family, params AddressFamily[] cluster)
    {
        var release = new LiveRelease(family, cluster);
        release.Config += "\ncache: {caches: [{memcached: {host: tempo-memcached.obs.svc, service: client}, roles: [bloom]}]}";
        release.Others.AddRange([LiveOther.Gateway(), LiveOther.Cache()]);
        return release;
    }
}
