using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>What <c>verify</c> says of releases that are not microservices on memberlist, and of gossip rings that lead too far.</summary>
public class VerifyShapeTests
{
    [Theory]
    [InlineData(AddressFamily.IPv6, "", 1, AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv6, "inmemory", 1, AddressFamily.IPv4, AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv6, "memberlist", 2, AddressFamily.IPv6, AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv4, "", 1, AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv4, "inmemory", 2, AddressFamily.IPv6, AddressFamily.IPv4)]
    public async Task A_single_binary_registers_loopback_in_memory_by_itself_and_is_healthy(
        AddressFamily family,
        string workerStore,
        int count,
        params AddressFamily[] cluster
    )
    {
        var release = LiveShapes.SingleBinary(family, workerStore, count, cluster);

        var run = await release.VerifyAsync("--address-family", family.ToString());

        Assert.Empty(run.Findings());
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"tempo-all-0 +all +ok +yes +4 ok +ok +- +- ", run.Output);
    }

    /// <summary>What is wrong with a single binary is still found.</summary>
    [Fact]
    public async Task A_single_binary_that_runs_with_an_old_receiver_is_found()
    {
        var release = LiveShapes.SingleBinary(AddressFamily.IPv6, "", 1);
        release.Pods[0].EffectiveConfig = release.Pods[0].EffectiveConfig!.Replace("'[::]:4317'", "'127.0.0.1:4317'");
        release.Pods[0].ListensOn[4317] = "127.0.0.1";

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        run.AssertOneFinding(
            "error TPF006 Pod/obs/tempo-all-0 /status/config#distributor.receivers.otlp.protocols.grpc.endpoint: is 127.0.0.1:4317; "
        );
        Assert.Single(run.Findings("TPF203"));
    }

    [Theory]
    [InlineData(AddressFamily.IPv6, "127.0.0.1")]
    [InlineData(AddressFamily.IPv6, "::1")]
    [InlineData(AddressFamily.IPv6, "::")]
    [InlineData(AddressFamily.IPv4, "127.0.0.1")]
    [InlineData(AddressFamily.IPv4, "0.0.0.0")]
    public async Task In_microservices_a_loopback_address_in_a_ring_is_wrong_in_either_family(AddressFamily family, string address)
    {
        var release = new LiveRelease(family);
        release.Pod("live-store").RingAddress = address;

        var run = await release.VerifyAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            $"error TPF206 Member/tempo-live-store-2 /live-store/ring: registers {Endpoint.Join(address, "9095")} in "
                + "the ring of the live-store; every member that connects to this address reaches itself. Remove "
                + "instance_addr of that ring, and restart the pod. (live)",
            Assert.Single(run.Findings("TPF206"))
        );
    }

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task The_scalable_single_binary_gossips_and_is_checked_like_microservices(AddressFamily family)
    {
        await using var healthy = await LiveShapes.ScalableSingleBinary(family).StartAsync();
        var loopback = LiveShapes.ScalableSingleBinary(family);
        loopback.Pods[1].RingAddress = "127.0.0.1";
        await using var ill = await loopback.StartAsync();

        var good = await VerifyRunner.RunAsync(healthy, "--address-family", family.ToString());
        var bad = await VerifyRunner.RunAsync(ill, "--address-family", family.ToString());

        Assert.Equal((0, ""), (good.ExitCode, good.Error));
        Assert.Matches("tempo-scalable-single-binary-0 +scalable-single-binary +ok +yes +5 ok +ok +3 members +ingester:3 ", good.Output);
        Assert.EndsWith("tempo-postrender: 3 pods; 0 errors, 0 warnings\n", good.Output);
        Assert.Equal(2, bad.ExitCode);
        Assert.Contains("registers 127.0.0.1:9095 in the ring of the ingester; ", Assert.Single(bad.Findings("TPF206")));
    }

    /// <summary>As tempo-distributed has it: healthy, and a warning in check, in the post-renderer and here.</summary>
    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_gossip_ring_that_selects_pods_which_do_not_join_is_a_warning_here_as_in_check(AddressFamily family)
    {
        var release = new LiveRelease(family);
        release.Pods.ForEach(static pod => pod.IsLabelled = true);
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server);
        var strict = await VerifyRunner.RunAsync(server, "--fail-on", "warning");

        Assert.Equal((0, 2), (run.ExitCode, strict.ExitCode));
        Assert.All(run.Findings("TPF010").Concat(run.Findings("TPF009")), static line => Assert.StartsWith("warning ", line));
        Assert.Contains(
            "selects Pod/obs/tempo-backend-scheduler-7, Pod/obs/tempo-backend-worker-8, Pod/obs/tempo-query-frontend-5, which do not join",
            Assert.Single(run.Findings("TPF010"))
        );
        // The endpoints follow from the selector: the same fact is not said twice.
        Assert.Empty(run.Findings("TPF207"));
    }

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_release_whose_rings_are_all_in_etcd_has_no_gossip_to_check(AddressFamily family)
    {
        var release = LiveShapes.OnEtcd(family);

        var run = await release.VerifyAsync("--address-family", family.ToString());

        Assert.Empty(run.Findings());
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("tempo-querier-4 +querier +ok +yes +2 ok +ok +- +live-store:2 ", run.Output);
    }

    /// <summary>The process knows best: settings of components that it does not run say memberlist too.</summary>
    [Fact]
    public async Task A_process_that_says_it_does_not_use_memberlist_has_no_gossip_to_check()
    {
        var release = new LiveRelease(AddressFamily.IPv6);
        release.Pods.ForEach(static pod => (pod.Joins, pod.IsLabelled) = (false, true));

        var run = await release.VerifyAsync();

        Assert.Empty(run.Findings("TPF201"));
        Assert.Empty(run.Findings("TPF203"));
        Assert.Empty(run.Findings("TPF205"));
        Assert.Matches("tempo-querier-4 +querier +ok +yes +2 ok +ok +- +live-store:2 ", run.Output);
    }
}
