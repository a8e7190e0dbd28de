using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What the Kafkas of a release answered.</summary>
/// <param name="Brokers">The brokers, by the address that was asked.</param>
/// <param name="Unknown">The Kafkas whose brokers are unknown.</param>
internal sealed record KafkaAnswers(IReadOnlyDictionary<string, IReadOnlyList<KafkaBroker>> Brokers, IReadOnlyList<UnknownBrokers> Unknown)
{
    /// <summary>What a process dials besides an address of its settings, because brokers advertise it.</summary>
    /// <param name="kafka">The address of the settings; there is nothing more if it is not a Kafka.</param>
    public IEnumerable<Destination> AdvertisedBy(Destination kafka, AddressFamily family) =>
        kafka.Kafka is not null && Brokers.TryGetValue(kafka.ToString(), out var brokers)
            ? KafkaBrokers.Advertised(kafka, brokers, family)
            : [];
}

/// <summary>Asks each Kafka once, from the first source whose pods dial it, because its answer is the same for all.</summary>
internal sealed class KafkaBrokerQuery(CommandRunners runners, AddressFamily family)
{
    /// <summary>Requests the brokers of each Kafka address.</summary>
    public async Task<KafkaAnswers> RunAsync(IEnumerable<ConnectionSource> sources, CancellationToken cancellationToken)
    {
        var kafkas = (
            from source in sources
            from pod in source.Pods
            where !pod.Template.HasProxy
            from to in pod.Dials
            where to.Kafka is not null
            select (source.Runner, Pod: pod, To: to)
        )
            .DistinctBy(static dialled => dialled.To.ToString())
            .ToLookup(static dialled => dialled.To.Kafka == KafkaSecurity.Plaintext);
        var closed =
            from dialled in kafkas[false].GroupBy(static dialled => dialled.Pod, static dialled => dialled.To)
            from unknown in UnknownBrokersOf(
                dialled.Key,
                dialled,
                static to => to.Kafka == KafkaSecurity.Sasl ? "it requires credentials (SASL), and verify sends none" : "it uses TLS"
            )
            select unknown;
        var answers = await runners.ForEachAsync(
            kafkas[true].GroupBy(static dialled => (dialled.Runner, dialled.Pod), static dialled => dialled.To),
            (asked, token) => AskAsync(asked.Key.Runner, asked.Key.Pod, [.. asked], token),
            cancellationToken
        );
        return new KafkaAnswers(
            answers.SelectMany(static answer => answer.Brokers).ToDictionary(),
            [.. closed, .. answers.SelectMany(static answer => answer.Unknown)]
        );
    }

    private async Task<KafkaAnswers> AskAsync(
        ICommandRunner runner,
        PodReport pod,
        IReadOnlyList<Destination> asked,
        CancellationToken cancellationToken
    )
    {
        var command = KafkaBrokers.Command(asked, family);
        var (answers, problem) = await runners.TryRunAsync(runner, command, KafkaBrokers.Parse, cancellationToken);
        var brokers = new Dictionary<string, IReadOnlyList<KafkaBroker>>();
        foreach (var to in asked.Select(static to => to.ToString()))
        {
            if (answers?.GetValueOrDefault(to) is { } found)
            {
                brokers[to] = found;
            }
        }

        // All addresses belong to one cluster, so one answer is enough.
        var silent = asked
            .GroupBy(static to => SettingOf(to))
            .Where(kafka => kafka.All(to => !brokers.ContainsKey(to.ToString())))
            .SelectMany(static kafka => kafka);
        const string Silent = "it does not answer a Metadata request without TLS and credentials";
        return new KafkaAnswers(brokers, [.. UnknownBrokersOf(pod, silent, _ => problem ?? Silent)]);
    }

    private static IEnumerable<UnknownBrokers> UnknownBrokersOf(
        PodReport pod,
        IEnumerable<Destination> kafkas,
        Func<Destination, string> reason
    ) =>
        kafkas
            .GroupBy(static to => SettingOf(to))
            .Select(kafka => new UnknownBrokers(pod, kafka.Key, [.. kafka.Select(static to => to.ToString())], reason(kafka.First())));

    /// <summary>The items of a list are addresses of one Kafka.</summary>
    private static string SettingOf(Destination to) => to.StatedBy.Split('[')[0];
}
