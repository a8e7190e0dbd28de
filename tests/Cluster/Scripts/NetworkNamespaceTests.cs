using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;
using Family = Tempo.PostRender.Addresses.AddressFamily;

namespace Tempo.Helm.Tests.Cluster.Scripts;

/// <summary>
/// What is run in a cluster, in real networks of one family or both: names with records of one family, servers that listen on one, and
/// packets that vanish.
/// </summary>
public class NetworkNamespaceTests
{
    private static readonly string[] Names =
    [
        "fd00:7::1 only6 both",
        "10.7.0.1 only4 both",
        "fd00:9::1 silent6",
        "10.9.0.1 silent4",
        "fd00:7::1 listens4",
        "10.7.0.1 listens4",
    ];

    /// <summary>The addresses of the pod, with and without busybox.</summary>
    public static TheoryData<string, bool> Networks
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var isBusybox in Shell.HasBusybox ? (bool[])[false, true] : [false])
            {
                data.Add("fd00:7::1", isBusybox);
                data.Add("10.7.0.1", isBusybox);
                data.Add("fd00:7::1 10.7.0.1", isBusybox);
            }

            return data;
        }
    }

    [TheoryWithNetworks]
    [MemberData(nameof(Networks))]
    public async Task Connections_have_the_results_that_the_network_allows(string addresses, bool isBusybox)
    {
        var own = addresses.Split(' ');
        using var network = new NetworkNamespace(own, Names);
        var servers = own.Select(address => network.Listen(address, 9095)).ToList();
        if (own.Contains("10.7.0.1"))
        {
            servers.Add(network.Listen("10.7.0.1", 9096));
        }

        var results = ConnectScript.Parse(
            await Shell.RunAsync(
                ConnectScript.Command([
                    To("only6", 9095),
                    To("only4", 9095),
                    To("both", 9095),
                    To("listens4", 9096),
                    To("silent6", 9095),
                    To("silent4", 9095),
                    To("fd00:7::1", 9095),
                    To("fd00:7::1", 1),
                    To("nowhere", 9095),
                ]),
                isBusybox,
                network.Before
            )
        );

        var (over4, over6) = (
            own.Contains("10.7.0.1") ? ConnectionResult.Reached : ConnectionResult.Refused,
            own.Contains("fd00:7::1") ? ConnectionResult.Reached : ConnectionResult.Refused
        );
        Assert.Equal(new FamilyPair<ConnectionResult>(ConnectionResult.NoRecord, over6), results["only6:9095"]);
        Assert.Equal(new FamilyPair<ConnectionResult>(over4, ConnectionResult.NoRecord), results["only4:9095"]);
        Assert.Equal(new FamilyPair<ConnectionResult>(over4, over6), results["both:9095"]);
        Assert.Equal(new FamilyPair<ConnectionResult>(over4, ConnectionResult.Refused), results["listens4:9096"]);
        Assert.Equal(ConnectionResult.TimedOut, own[0].Contains(':') ? results["silent6:9095"].IPv6 : results["silent4:9095"].IPv4);
        Assert.Equal(new FamilyPair<ConnectionResult>(ConnectionResult.NoRecord, over6), results["[fd00:7::1]:9095"]);
        Assert.Equal(ConnectionResult.Refused, results["[fd00:7::1]:1"].IPv6);
        Assert.Equal(new FamilyPair<ConnectionResult>(ConnectionResult.NoRecord, ConnectionResult.NoRecord), results["nowhere:9095"]);
        servers.ForEach(static server => server.Dispose());
    }

    /// <summary>A Kafka that is found over the family and advertises an address of the other one, as seen from inside.</summary>
    [TheoryWithNetworks]
    [MemberData(nameof(Networks))]
    public async Task A_Kafka_is_asked_over_the_family_that_works(string addresses, bool isBusybox)
    {
        if (!isBusybox && OnPath.Find("nc") is null)
        {
            return;
        }

        var own = addresses.Split(' ');
        using var network = new NetworkNamespace(own, Names);
        var answer = FakeKafka.Response(new KafkaBroker(1, "only4", 9092), new KafkaBroker(2, "10.7.0.1", 9092));
        var kafkas = own.Select(address => new FakeKafka(network.Listen(address, 9092), answer)).ToList();

        var command = KafkaBrokers.Command([To("both", 9092), To("silent6", 9092)], Family.IPv6);
        var answers = KafkaBrokers.Parse(await Shell.RunAsync(command, isBusybox, network.Before));
        // The script waits for some seconds only, in which a busy machine may not answer.
        for (var attempt = 1; answers.GetValueOrDefault("both:9092") is null && attempt < 5; attempt++)
        {
            kafkas.ForEach(static kafka => kafka.Requests.Clear());
            answers = KafkaBrokers.Parse(await Shell.RunAsync(command, isBusybox, network.Before));
        }

        Assert.Equal(["only4", "10.7.0.1"], answers["both:9092"]!.Select(static broker => broker.Host));
        Assert.Null(answers["silent6:9092"]);
        Assert.Equal(1, kafkas.Sum(static kafka => kafka.Requests.Count));
        Assert.Single(own.Contains("fd00:7::1") ? kafkas[0].Requests : kafkas[^1].Requests);
        kafkas.ForEach(static kafka => kafka.Dispose());
    }

    [TheoryWithNetworks]
    [MemberData(nameof(Networks))]
    public async Task A_span_goes_over_the_family_alone(string addresses, bool isBusybox)
    {
        var own = addresses.Split(' ');
        using var network = new NetworkNamespace(own, Names);
        var family = own[0].Contains(':') ? Family.IPv6 : Family.IPv4;
        using var socket = network.Listen(own[0], 4318);
        await using var tempo = await FakeTempo.StartAsync(socket);
        var sends = ((string[])["both", family == Family.IPv6 ? "only4" : "only6", family == Family.IPv6 ? "silent6" : "silent4"])
            .Select(static host =>
                (TestSpan.Create(), new TraceRoute(Receiver, SpanFormat.OtlpHttp, Route(host, SpanFormat.OtlpHttp.Path)))
            )
            .ToList();
        tempo.Spans.AddRange(sends.Select(static send => send.Item1));

        var output = TraceScript.Parse(
            await Shell.RunAsync(
                TraceScript.Command(family, tenant: null, [Route("both", "/api/traces/")], sends),
                isBusybox,
                network.Before
            )
        );

        Assert.Equal([0, 6, 28], sends.Select(send => output.Sent[send.Item1.Id].ExitCode));
        Assert.Equal(sends[0].Item1.Id, Assert.Single(output.ReadAfter).Key);
        Assert.Equal(2, tempo.Paths.Count);
    }

    private static Destination To(string host, int port) => new(host, port, "a test", IsOwn: true) { Kafka = KafkaSecurity.Plaintext };

    private static OpenReceiver Receiver { get; } =
        new()
        {
            Name = "otlp/http",
            Kind = TempoReceiver.Known[1],
            Port = 4318,
            IsTls = false,
            NeedsCertificate = false,
        };

    private static Route Route(string host, string path) =>
        new()
        {
            Through = new Place { Object = "Service/obs/tempo", Path = "" },
            Host = host,
            Port = 4318,
            Path = path,
        };
}
