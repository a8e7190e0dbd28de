using System.Net;
using CsCheck;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;
using Family = Tempo.PostRender.Addresses.AddressFamily;

namespace Tempo.Helm.Tests.Cluster.Scripts;

/// <summary>What is run in the cluster to ask a Kafka, in a shell of this machine and against servers of the test's own.</summary>
public class KafkaScriptTests
{
    private static readonly KafkaBroker[] Brokers = [new(0, "kafka-0.kafka.svc", 9092), new(300, "fd00::7", 9093)];

    /// <summary>Without busybox and without nc on this machine there is nothing to run.</summary>
    public static TheoryData<bool> Shells =>
        new((Shell.HasBusybox ? (bool[])[true] : []).Concat(OnPath.Find("nc") is null ? [] : (bool[])[false]));

    [TheoryWithCurl]
    [MemberData(nameof(Shells))]
    public async Task The_advertised_addresses_are_read_over_either_family(bool isBusybox)
    {
        using var kafka6 = new FakeKafka(TestSockets.Listen(IPAddress.IPv6Loopback), FakeKafka.Response(Brokers));
        using var kafka4 = new FakeKafka(TestSockets.Listen(IPAddress.Loopback), FakeKafka.Response(Brokers[0]));

        var answers = await RunAsync(isBusybox, To("::1", kafka6.Port), To("127.0.0.1", kafka4.Port));

        Assert.Equal(Brokers, answers[$"[::1]:{kafka6.Port}"]);
        Assert.Equal([Brokers[0]], answers[$"127.0.0.1:{kafka4.Port}"]);
        // One request, and nothing else.
        Assert.Equal([KafkaMetadata.Request()], kafka6.Requests);
    }

    [TheoryWithCurl]
    [MemberData(nameof(Shells))]
    public async Task The_brokers_of_a_Kafka_that_does_not_answer_are_unknown(bool isBusybox)
    {
        using var closing = new FakeKafka(TestSockets.Listen(IPAddress.IPv6Loopback), answer: null);
        using var other = new FakeKafka(TestSockets.Listen(IPAddress.IPv6Loopback), [0, 0, 0, 2, 0x15, 0x03]);

        var answers = await RunAsync(
            isBusybox,
            To("::1", closing.Port),
            To("::1", other.Port),
            To("::1", 1),
            To("no-such-host.invalid", 9092)
        );

        Assert.Equal(4, answers.Count);
        Assert.All(answers.Values, static brokers => Assert.Null(brokers));
    }

    [Theory]
    [InlineData("== no curl\n== end\n", "curl")]
    [InlineData("== no nc\n== end\n", "nc")]
    public void A_program_that_the_image_lacks_is_named(string output, string program) =>
        Assert.Equal($"the debug image has no {program}", Assert.Throws<PodException>(() => KafkaBrokers.Parse(output)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("== kafka\nasked a:1 ")]
    [InlineData("== kafka\nasked a:1\n== end")]
    [InlineData("sh: not found\n== end")]
    public void Any_other_output_is_refused(string output) => Assert.Throws<UnreadableException>(() => KafkaBrokers.Parse(output));

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Byte.Array[0, 200].Sample(static bytes => _ = KafkaMetadata.Read(bytes), iter: 20_000);

    [Fact]
    public void A_damaged_answer_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, 80], Gen.Byte, Gen.Int[0, 100])
            .Sample(
                static (at, value, length) =>
                {
                    var answer = FakeKafka.Response(Brokers);
                    answer[Math.Min(at, answer.Length - 1)] = value;
                    _ = KafkaMetadata.Read(answer.AsMemory(0, Math.Min(length, answer.Length)));
                },
                iter: 20_000
            );

    [Fact]
    public void The_brokers_of_an_answer_are_read() =>
        Gen.Select(
                Gen.Int,
                Gen.String[Gen.Char['a', 'z'], 1, 40],
                Gen.Int[1, 65_535],
                static (id, host, port) => new KafkaBroker(id, host, port)
            )
            .Array[0, 20]
            .Sample(static brokers => KafkaMetadata.Read(FakeKafka.Response(brokers))!.SequenceEqual(brokers), iter: 500);

    /// <summary>A host from the network is passed to a shell only if it is a plain host name or address.</summary>
    [Fact]
    public void A_host_that_is_not_safe_in_a_shell_is_left_out() =>
        Assert.Equal(
            ["good:9092"],
            KafkaBrokers
                .Advertised(
                    To("kafka", 9092),
                    [new KafkaBroker(1, "good", 9092), new KafkaBroker(2, "$(reboot)", 9092), new KafkaBroker(3, "", 9092)],
                    Family.IPv6
                )
                .Select(static to => to.ToString())
        );

    private static Destination To(string host, int port) => new(host, port, "ingest.kafka.address", IsOwn: false);

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<KafkaBroker>?>> RunAsync(
        bool isBusybox,
        params Destination[] kafkas
    )
    {
        return KafkaBrokers.Parse(await Shell.RunAsync(KafkaBrokers.Command(kafkas, Family.IPv6), isBusybox));
    }
}
