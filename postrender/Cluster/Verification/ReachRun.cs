using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// Connects to what the pods of a release dial: from a debug container of one pod of every workload, or from a probe pod on every node,
/// for one pod of every workload there.
/// </summary>
/// <param name="vantages">Where commands are run.</param>
/// <param name="reports">What was seen of the pods.</param>
/// <param name="family">The family of the release.</param>
internal sealed class ReachRun(Vantages vantages, IReadOnlyList<PodReport> reports, AddressFamily family)
{
    /// <summary>Runs.</summary>
    /// <param name="cancellationToken">Ends the whole run.</param>
    public async Task<IReadOnlyList<ReachReport>> RunAsync(CancellationToken cancellationToken)
    {
        var places = Places();
        var kafkas = await new KafkaRun(vantages, family).RunAsync(places, cancellationToken).ConfigureAwait(false);
        var reached = new List<ReachReport>();
        await vantages
            .ForEachAsync(
                places,
                async (place, limit) =>
                {
                    var wanted = place.For.Select(pod => (Pod: pod, To: Destinations(pod, kafkas))).ToList();
                    var all = wanted.SelectMany(static dialler => dialler.To).DistinctBy(static to => to.ToString()).ToList();
                    var (came, problem) = await Vantages.ConnectAsync(place.From, all, limit, cancellationToken).ConfigureAwait(false);
                    lock (reached)
                    {
                        reached.AddRange(wanted.Select(dialler => Report(dialler.Pod, dialler.To, came, problem, kafkas)));
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. reached.OrderBy(static report => report.From.Pod.Name, StringComparer.Ordinal)];
    }

    private List<DialSource> Places()
    {
        var reportOf = reports.ToDictionary(static report => report.Subject);
        return vantages.AreProbePods
            ?
            [
                .. ReachReport
                    .SourcesByNode(reportOf.Keys)
                    .Select(node => new DialSource(vantages.On(node.Key), [.. node.Select(pod => reportOf[pod]).Where(HasAddress)]))
                    .Where(static place => place.For.Count > 0),
            ]
            :
            [
                .. ReachReport
                    .Sources(reportOf.Keys)
                    .Select(pod => reportOf[pod])
                    .Where(HasAddress)
                    .Select(report => new DialSource(vantages.In(report.Subject), [report])),
            ];
    }

    private bool HasAddress(PodReport report) => report.Pod.AddressesOf(family).Any();

    private List<Destination> Destinations(PodReport pod, KafkaAnswers kafkas)
    {
        var stated = ReachReport.Destinations(pod, reports, family);
        var advertised = stated.SelectMany(to => kafkas.AdvertisedBy(to, family));
        // What a setting names and a broker advertises is the setting's.
        var known = stated.Select(static to => to.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. stated, .. advertised.Where(to => known.Add(to.ToString()))];
    }

    private ReachReport Report(
        PodReport pod,
        IEnumerable<Destination> destinations,
        IReadOnlyDictionary<string, Attempts> came,
        string? problem,
        KafkaAnswers kafkas
    ) =>
        new(pod, [.. destinations.Where(to => came.ContainsKey(to.ToString())).Select(to => (to, came[to.ToString()]))])
        {
            IsByProbePod = vantages.AreProbePods,
            Problem = problem,
            UnknownBrokers = [.. kafkas.Unknown.Where(unknown => unknown.Pod == pod)],
        };
}

/// <summary>A place to connect from.</summary>
/// <param name="From">The place.</param>
/// <param name="For">The pods in whose place it connects.</param>
internal sealed record DialSource(IVantage From, IReadOnlyList<PodReport> For);
