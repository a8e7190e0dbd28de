using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary><c>verify --reachability</c>: the addresses that brokers advertise are the ones that Tempo connects to.</summary>
public class KafkaTests
{
    private const string Kafka = "kafka.example:9092";

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task Brokers_are_asked_once_and_connected_to_from_every_pod_that_dials_them(AddressFamily family)
    {
        var release = Release(family);
        release.Network.Answers = static _ =>
            FakeKafka.Response(new KafkaBroker(0, "b0.example", 9092), new KafkaBroker(1, "b1.example", 9093));
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--reachability");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Single(Commands(server), static command => command[2].Contains("== kafka"));
        var connecting = Commands(server).Where(static command => command.Contains("b0.example:9092")).ToList();
        Assert.Equal(3, connecting.Count);
        Assert.All(connecting, static command => Assert.Contains("b1.example:9093", command));
    }

    /// <summary>Clients find Kafka over the family, and are sent to the other one: that breaks what the settings promise.</summary>
    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_broker_that_advertises_the_other_family_is_an_error(AddressFamily family)
    {
        var release = Release(family);
        release.Network.Answers = static _ => FakeKafka.Response(new KafkaBroker(7, "b7.example", 9092));
        release.Network.Connects = (_, to, over) => to == "b7.example:9092" && over == family ? "6 0.000000" : null;

        var run = await release.VerifyAsync("--reachability");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "error TPF208 Pod/obs/tempo-block-builder-6 ingest.kafka.address (advertised by broker 7): cannot connect "
                + $"to b7.example:9092 over {family}: "
                + $"the name has no {(family == AddressFamily.IPv6 ? "AAAA" : "A")} record; over {family.Other()} it can "
                + "(the same at tempo-distributor-0, tempo-live-store-2); "
                + $"Kafka is reached over {family}, but sends Tempo to {family.Other()} addresses. Let "
                + $"advertised.listeners of the brokers name an {family} address, or a name that has one. (live)",
            Assert.Single(run.Findings("TPF208"))
        );
    }

    /// <summary>Often brokers advertise the address of their pod or node.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broker_that_advertises_an_address_of_the_other_family_is_an_error(bool hasBoth)
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.Answers = static _ => FakeKafka.Response(new KafkaBroker(7, "10.9.9.9", 9092));
        release.Network.Connects = (_, to, over) =>
            to != "10.9.9.9:9092" ? null
            : over == AddressFamily.IPv6 ? "6 0.000000"
            : hasBoth ? null
            : "7 0.000000";

        var run = await release.VerifyAsync("--reachability");

        Assert.Equal(2, run.ExitCode);
        var finding = Assert.Single(run.Findings("TPF208"));
        Assert.Contains($"cannot connect to 10.9.9.9:9092 over IPv6: the address is IPv4{(hasBoth ? "; over IPv4 it can" : "")}", finding);
        Assert.Contains("advertised.listeners", finding);
    }

    [Fact]
    public async Task A_Kafka_of_the_other_family_is_a_warning_for_each_address()
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.Answers = static _ => FakeKafka.Response(new KafkaBroker(7, "b7.example", 9092));
        release.Network.Connects = static (_, to, over) => to.EndsWith(".example:9092") && over == AddressFamily.IPv6 ? "6 0.000000" : null;

        var run = await release.VerifyAsync("--reachability");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Findings("TPF208").Count(static line => line.StartsWith("warning")));
    }

    [Theory]
    [InlineData("sasl_username: tempo, sasl_password: secret-of-kafka", "it requires credentials (SASL), and verify sends none")]
    [InlineData("sasl_mechanism: SCRAM-SHA-512", "it requires credentials (SASL), and verify sends none")]
    [InlineData("tls_enabled: true", "it uses TLS")]
    public async Task A_Kafka_that_requires_TLS_or_credentials_is_a_warning_and_nothing_is_sent_to_it(string security, string reason)
    {
        var release = Release(AddressFamily.IPv6, security);
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--reachability");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            $"ingest.kafka.address: {Kafka} cannot be asked for the addresses that its brokers advertise: {reason}; ",
            Assert.Single(run.Findings("TPF208"))
        );
        Assert.DoesNotContain(Commands(server), static command => command[2].Contains("== kafka"));
        Assert.DoesNotContain(Commands(server).SelectMany(static command => command), static word => word.Contains("secret-of-kafka"));
        Assert.DoesNotContain("secret-of-kafka", run.Output);
    }

    [Fact]
    public async Task A_Kafka_that_gives_no_answer_is_a_warning()
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.Answers = static _ => null;

        var run = await release.VerifyAsync("--reachability");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("it does not answer a Metadata request", Assert.Single(run.Findings("TPF208")));
    }

    private static LiveRelease Release(AddressFamily family, string more = "topic: tempo")
    {
        var release = new LiveRelease(family, family.Other(), family);
        release.Config += $"\ningest: {{kafka: {{address: '{Kafka}', {more}}}}}";
        return release;
    }

    private static List<List<string>> Commands(TestApiServer server) =>
        [
            .. new LiveRelease(AddressFamily.IPv6)
                .Pods.SelectMany(pod => LiveRelease.DebugContainers(server, pod.Name))
                .Select(LiveNetwork.CommandOf),
        ];
}
