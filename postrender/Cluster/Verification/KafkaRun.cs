using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>A Kafka whose brokers are not known.</summary>
/// <param name="Pod">A pod that dials it.</param>
/// <param name="Setting">The setting that names it.</param>
/// <param name="Addresses">Its addresses.</param>
/// <param name="Reason">Why not.</param>
internal sealed record UnknownBrokers(PodReport Pod, string Setting, IReadOnlyList<string> Addresses, string Reason);

/// <summary>What the Kafkas of a release answered.</summary>
/// <param name="Brokers">The brokers, by the address that was asked.</param>
/// <param name="Unknown">The Kafkas whose brokers are not known.</param>
internal sealed record KafkaAnswers(IReadOnlyDictionary<string, IReadOnlyList<KafkaBroker>> Brokers, IReadOnlyList<UnknownBrokers> Unknown)
{
    /// <summary>What a process dials besides an address of its settings, because brokers advertise it.</summary>
    /// <param name="kafka">The address of the settings; of anything but a Kafka there is nothing more.</param>
    /// <param name="family">The family of the release.</param>
    public IEnumerable<Destination> AdvertisedBy(Destination kafka, AddressFamily family) =>
        kafka.Kafka is not null && Brokers.TryGetValue(kafka.ToString(), out var brokers)
            ? KafkaBrokers.Advertised(kafka, brokers, family)
            : [];
}

/// <summary>Asks each Kafka once, from the first place whose pods dial it: its answer is the same for all.</summary>
/// <param name="vantages">Where commands are run.</param>
/// <param name="family">The family of the release.</param>
internal sealed class KafkaRun(Vantages vantages, AddressFamily family)
{
    private readonly Dictionary<string, IReadOnlyList<KafkaBroker>> _brokers = new(StringComparer.Ordinal);
    private readonly List<UnknownBrokers> _unknown = [];

    /// <summary>Runs.</summary>
    /// <param name="places">The places to connect from.</param>
    /// <param name="cancellationToken">Ends the whole run.</param>
    public async Task<KafkaAnswers> RunAsync(IEnumerable<DialSource> places, CancellationToken cancellationToken)
    {
        var kafkas = (
            from place in places
            from pod in place.For
            where !pod.HasProxy
            from to in pod.Dials
            where to.Kafka is not null
            select (place.From, Pod: pod, To: to)
        )
            .DistinctBy(static dialled => dialled.To.ToString())
            .ToList();
        foreach (
            var dialled in kafkas
                .Where(static dialled => dialled.To.Kafka != KafkaSecurity.Plaintext)
                .GroupBy(static dialled => dialled.Pod)
        )
        {
            AddUnknown(
                dialled.Key,
                dialled.Select(static one => one.To),
                static to => to.Kafka == KafkaSecurity.Sasl ? "it requires credentials (SASL), and verify sends none" : "it uses TLS"
            );
        }

        await vantages
            .ForEachAsync(
                kafkas
                    .Where(static dialled => dialled.To.Kafka == KafkaSecurity.Plaintext)
                    .GroupBy(static dialled => (dialled.From, dialled.Pod), static dialled => dialled.To),
                (asked, limit) => AskAsync(asked.Key.From, asked.Key.Pod, [.. asked], limit, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new KafkaAnswers(_brokers, _unknown);
    }

    private async Task AskAsync(
        IVantage from,
        PodReport pod,
        IReadOnlyList<Destination> asked,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        var (answers, problem) = await Vantages
            .AttemptAsync(
                from,
                KafkaBrokers.Command(asked, family),
                static output =>
                {
                    var found = KafkaBrokers.Parse(output, out var lacking);
                    return lacking is null ? found : throw new PodException($"the debug image has no {lacking}");
                },
                limit,
                cancellationToken
            )
            .ConfigureAwait(false);
        lock (_brokers)
        {
            foreach (var to in asked)
            {
                if (answers?.GetValueOrDefault(to.ToString()) is { } brokers)
                {
                    _brokers[to.ToString()] = brokers;
                }
            }

            // One answer of several addresses is enough.
            var silent = asked
                .GroupBy(static to => Setting(to), StringComparer.Ordinal)
                .Where(kafka => kafka.All(to => !_brokers.ContainsKey(to.ToString())))
                .SelectMany(static kafka => kafka);
            AddUnknown(pod, silent, _ => problem ?? "it does not answer a Metadata request without TLS and credentials");
        }
    }

    private void AddUnknown(PodReport pod, IEnumerable<Destination> kafkas, Func<Destination, string> reason) =>
        _unknown.AddRange(
            kafkas
                .GroupBy(static to => Setting(to), StringComparer.Ordinal)
                .Select(kafka => new UnknownBrokers(pod, kafka.Key, [.. kafka.Select(static to => to.ToString())], reason(kafka.First())))
        );

    /// <summary>The items of a list are addresses of one Kafka.</summary>
    private static string Setting(Destination to) => to.StatedBy.Split('[')[0];
}
