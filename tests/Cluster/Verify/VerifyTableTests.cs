using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>The table of a large release says at a glance what is wrong.</summary>
public class VerifyTableTests
{
    [Fact]
    public async Task Many_pods_are_counted_by_component()
    {
        var run = await Large().VerifyAsync("--no-debug-container");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("RUNS +PODS +OK +WARNING +ERROR +NOT CHECKED +READY +FINDINGS\n", run.Output);
        Assert.Matches("\nquerier +13 +13 +- +- +- +13 +-\n", run.Output);
        Assert.Matches("\ndistributor +2 +2 +- +- +- +2 +-\n", run.Output);
        Assert.DoesNotContain("tempo-querier-4 ", run.Output);
        Assert.Contains("tempo-gossip-ring.obs.svc", run.Output);
    }

    [Fact]
    public async Task Pods_with_findings_have_a_line_of_their_own()
    {
        var release = Large();
        release.Pod("querier").Ready = (503, "no frontend");
        release.Pod("distributor").State = "{waiting: {reason: CrashLoopBackOff}}";

        var run = await release.VerifyAsync("--no-debug-container");

        Assert.Equal(2, run.ExitCode);
        Assert.Matches("\nquerier +13 +12 +- +1 +- +12 +TPF204\n", run.Output);
        Assert.Matches("\ndistributor +2 +1 +- +- +1 +1 +TPF201\n", run.Output);
        Assert.Matches(
            "\n\nPOD +RUNS +VERDICT .*\ntempo-distributor-0 +distributor +not checked .*\ntempo-querier-4 +querier +error +no .*\n\n",
            run.Output
        );
    }

    private static LiveRelease Large()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pods.AddRange(
            Enumerable.Range(release.Pods.Count, 12).Select(static number => new LivePodFixture(number, "querier", AddressFamily.IPv6))
        );
        return release;
    }
}
