using System.Text.Json;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary><c>verify --reachability</c>: what pods dial is connected to, over each family apart.</summary>
public class ReachabilityTests
{
    private const string Frontend = "tempo-query-frontend-discovery.obs.svc:9095";

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_healthy_release_reaches_all_it_dials(AddressFamily family)
    {
        var release = Release(family);
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--reachability", "--verbose");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("holds TPF208 obs/tempo: ", run.Output);
        Assert.Matches(@"0 errors, 0 warnings; \d\d destinations tested from 7 pods\n$", run.Output);
        // The destinations of one pod of every workload: names from its settings, addresses of its peers.
        var querier = LiveRelease.LastCommand(server, "tempo-querier-4")[4..];
        Assert.Contains(Frontend, querier);
        Assert.Contains("tempo-gossip-ring.obs.svc:7946", querier);
        Assert.Contains(Endpoint.Join(release.Pod("distributor").AddressOf(family), "7946"), querier);
        Assert.Contains(Endpoint.Join(release.Pod("live-store").AddressOf(family), "9095"), querier);
        Assert.DoesNotContain(Endpoint.Join(release.Pod("distributor").AddressOf(family), "9095"), querier);
        Assert.Single(LiveRelease.DebugContainers(server, "tempo-distributor-1"));
    }

    [Fact]
    public async Task Without_the_option_nothing_is_connected_to()
    {
        await using var server = await Release(AddressFamily.IPv6).StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--verbose");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("TPF208", run.Output);
        Assert.Single(LiveRelease.DebugContainers(server, "tempo-querier-4"));
    }

    [Theory]
    [InlineData(
        "6 0.000000",
        "the name has no {0} record; over {1} it can; Tempo then dials it over {1}, but the release is {2}. Add {2} to the families of its "
            + "Service."
    )]
    [InlineData(
        "7 0.000000",
        "the connection is refused, or there is no route; over {1} it can; Tempo then dials it over {1}, but the release "
            + "is {2}. Let it listen on {3}:9095, and check that it runs."
    )]
    [InlineData(
        "28 0.000000",
        "there is no answer within 3 seconds; over {1} it can; Tempo then dials it over {1}, but the release is {2}. Look for a "
            + "NetworkPolicy or a firewall without a rule for {2}."
    )]
    public async Task A_component_that_is_reached_over_the_other_family_alone_is_an_error(string came, string said)
    {
        foreach (var family in (AddressFamily[])[AddressFamily.IPv6, AddressFamily.IPv4])
        {
            var release = Release(family);
            release.Network.Connects = (_, to, over) => to == Frontend && over == family ? came : null;
            await using var server = await release.StartAsync();

            var run = await VerifyRunner.RunAsync(server, "--reachability");

            Assert.Equal(2, run.ExitCode);
            Assert.Equal(
                "error TPF208 Pod/obs/tempo-querier-4 querier.frontend_worker.frontend_address: cannot connect to "
                    + $"{Frontend} over {family}: "
                    + string.Format(null, said, family == AddressFamily.IPv6 ? "AAAA" : "A", family.Other(), family, family.WildcardHost())
                    + " (live)",
                Assert.Single(run.Findings("TPF208"))
            );
        }
    }

    /// <summary>A NetworkPolicy that blocks a member: each blocked address is reported, from every workload.</summary>
    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task Peers_that_do_not_answer_are_named_with_their_pods(AddressFamily family)
    {
        var release = Release(family);
        var shut = Endpoint.Join(release.Pod("live-store").AddressOf(family), "7946");
        release.Network.Connects = (_, to, _) => to == shut ? "28 0.000000" : null;
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--reachability");

        var finding = Assert.Single(run.Findings("TPF208"));
        Assert.StartsWith(
            $"error TPF208 Pod/obs/tempo-block-builder-6 memberlist of tempo-live-store-2: cannot connect to {shut} "
                + $"over {family}: there is "
                + "no answer within 3 seconds (the same at tempo-distributor-0, tempo-querier-4); ",
            finding
        );
        Assert.Contains("Look for a NetworkPolicy", finding);
    }

    /// <summary>
    /// A server outside the release that is reached over the other family is a warning; one that cannot be reached is an error.
    /// </summary>
    [Theory]
    [InlineData(AddressFamily.IPv6, false, "warning")]
    [InlineData(AddressFamily.IPv6, true, "error")]
    [InlineData(AddressFamily.IPv4, false, "warning")]
    [InlineData(AddressFamily.IPv4, true, "error")]
    public async Task A_Kafka_without_an_address_of_the_family_is_named(AddressFamily family, bool isGone, string level)
    {
        var release = Release(family);
        release.Network.Connects = (_, to, over) => to == "kafka.example:9092" && (over == family || isGone) ? "6 0.000000" : null;

        var run = await release.VerifyAsync("--reachability");

        Assert.Equal(level == "error" ? 2 : 0, run.ExitCode);
        var finding = Assert.Single(run.Findings("TPF208"));
        Assert.StartsWith(
            $"{level} TPF208 Pod/obs/tempo-block-builder-6 ingest.kafka.address: cannot connect to kafka.example:9092 over {family}: ",
            finding
        );
        Assert.Contains(
            isGone
                ? "the name does not resolve"
                : $"the name has no {(family == AddressFamily.IPv6 ? "AAAA" : "A")} record; over {family.Other()} it can",
            finding
        );
    }

    [Fact]
    public async Task An_image_without_curl_is_a_warning()
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.ReachOutput = "== no curl\n== end\n";

        var run = await release.VerifyAsync("--reachability");

        Assert.Equal(0, run.ExitCode);
        run.AssertOneFinding("warning TPF208 Pod/obs/");
        Assert.Contains("the debug image has no curl", run.Output);
    }

    /// <summary>What was true a minute ago need not be true now: unlike listeners, connections are tried again in every run.</summary>
    [Fact]
    public async Task Every_run_connects_again_and_asks_for_confirmation()
    {
        await using var server = await Release(AddressFamily.IPv6).StartAsync();
        await VerifyRunner.RunAsync(server, "--reachability");

        var unasked = await VerifyRunner.RunAsync(server, answer: null, ["--reachability"]);
        var again = await VerifyRunner.RunAsync(server, "--reachability");

        Assert.Equal((64, 0), (unasked.ExitCode, again.ExitCode));
        Assert.Equal(
            ["tempo-postrender-verify-1", "tempo-postrender-verify-2", "tempo-postrender-verify-3"],
            LiveRelease.DebugContainerNames(server, "tempo-querier-4")
        );
    }

    [Fact]
    public async Task The_report_as_JSON_has_every_destination()
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.Connects = static (_, to, over) => to == Frontend && over == AddressFamily.IPv6 ? "6 0.000000" : null;

        var run = await release.VerifyAsync("--reachability", "--format", "json");

        await SchemaAssert.MatchesAsync(run.Output, "verify.schema.json");
        using var json = JsonDocument.Parse(run.Output);
        var result = json
            .RootElement.GetProperty("releases")[0]
            .GetProperty("reachability")
            .EnumerateArray()
            .Single(static result => result.GetProperty("to").GetString() == Frontend);
        Assert.Equal(
            ("tempo-querier-4", "querier.frontend_worker.frontend_address", "reached", "noRecord"),
            (
                result.GetProperty("from").GetString(),
                result.GetProperty("statedBy").GetString(),
                result.GetProperty("overIPv4").GetString(),
                result.GetProperty("overIPv6").GetString()
            )
        );
    }

    private static LiveRelease Release(AddressFamily family)
    {
        var release = new LiveRelease(family, family.Other(), family);
        release.Config += "\ningest: {kafka: {address: 'kafka.example:9092', topic: tempo}}";
        return release;
    }
}
