using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>What <c>verify</c> finds in the Services of a release, and in the gossip between its members.</summary>
public class VerifyServiceTests
{
    [Fact]
    public async Task Services_are_checked_by_the_rules_for_manifests()
    {
        var release = new LiveRelease(AddressFamily.IPv6, AddressFamily.IPv4, AddressFamily.IPv6)
        {
            ServiceFamilies = { ["tempo-query-frontend-discovery"] = "IPv4" },
        };

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        run.AssertOneFinding("error TPF001 Service/obs/tempo-query-frontend-discovery spec.ipFamilies: is [IPv4]; ");
        run.AssertOneFinding(
            "error TPF207 Service/obs/tempo-query-frontend-discovery: has no IPv6 endpoint, but selects tempo-query-frontend-5; "
        );
        Assert.Matches(@"tempo-query-frontend-discovery\.obs\.svc +IPv4 +A 10\.1\.0\.6\n", run.Output);
    }

    [Fact]
    public async Task The_gossip_ring_leads_to_exactly_the_pods_that_join()
    {
        var release = new LiveRelease(AddressFamily.IPv6)
        {
            InGossipRing = { ["tempo-querier-4"] = false, ["tempo-query-frontend-5"] = true },
        };

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            [
                "error TPF207 Service/obs/tempo-gossip-ring: has no IPv6 endpoint for tempo-querier-4",
                "warning TPF207 Service/obs/tempo-gossip-ring: has endpoints for tempo-query-frontend-5",
            ],
            run.Findings("TPF207").Select(static line => line.Split(';')[0])
        );
    }

    [Fact]
    public async Task A_pod_that_does_not_see_all_members_is_found()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pod("querier").DoesNotSee.Add("tempo-live-store-3");

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        run.AssertOneFinding("error TPF205 Pod/obs/tempo-querier-4 /memberlist: does not see tempo-live-store-3; ");
    }
}
