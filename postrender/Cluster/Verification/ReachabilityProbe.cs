using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// Connects to what the pods of a release dial: from a debug container of one pod of every workload, or from a probe pod on every node,
/// for one pod of every workload there.
/// </summary>
internal sealed class ReachabilityProbe(CommandRunners runners, IReadOnlyList<PodReport> reports, AddressFamily family)
{
    /// <summary>
    /// The pods that connect: one of each revision of a workload, because its pods have the same labels, and NetworkPolicies select
    /// pods by labels.
    /// </summary>
    public static IEnumerable<ReleasePod> Sources(IEnumerable<ReleasePod> pods) =>
        pods.Where(IsSource).DistinctBy(static pod => pod.Template);

    /// <summary>Connects from each source over both families.</summary>
    /// <returns>One report for each pod that a connection starts from, in the order of their names.</returns>
    public async Task<IReadOnlyList<ReachabilityReport>> RunAsync(CancellationToken cancellationToken)
    {
        var sources = FindSources();
        var kafkas = await new KafkaBrokerQuery(runners, family).RunAsync(sources, cancellationToken);
        var reached = await runners.ForEachAsync(sources, (source, token) => ConnectAsync(source, kafkas, token), cancellationToken);
        return [.. reached.SelectMany(static reports => reports).OrderBy(static report => report.From.Pod.Name, StringComparer.Ordinal)];
    }

    private async Task<IEnumerable<ReachabilityReport>> ConnectAsync(
        ConnectionSource source,
        KafkaAnswers kafkas,
        CancellationToken cancellationToken
    )
    {
        var dialled = source.Pods.Select(pod => (Pod: pod, To: DestinationsOf(pod, kafkas))).ToList();
        var all = dialled.SelectMany(static own => own.To).DistinctBy(static to => to.ToString()).ToList();
        var (results, problem) = await runners.ConnectAsync(source.Runner, all, cancellationToken);
        return dialled.Select(own => new ReachabilityReport(
            own.Pod,
            [.. own.To.Where(to => results.ContainsKey(to.ToString())).Select(to => (to, results[to.ToString()]))]
        )
        {
            IsByProbePod = runners.AreProbePods,
            Problem = problem,
            UnknownBrokers = [.. kafkas.Unknown.Where(unknown => unknown.Pod == own.Pod)],
        });
    }

    private List<ConnectionSource> FindSources()
    {
        var reportOf = reports.ToDictionary(static report => report.Subject);
        var pods = reportOf.Keys.Where(IsSource).ToList();
        var sources = runners.AreProbePods
            ? pods.Where(static pod => pod.Pod.Node is not null)
                .DistinctBy(static pod => (pod.Template, pod.Pod.Node))
                .GroupBy(static pod => pod.Pod.Node!)
                .Select(node => (Runner: runners.On(node.Key), Pods: node.AsEnumerable()))
            : Sources(pods).Select(pod => (Runner: runners.For(pod), Pods: (IEnumerable<ReleasePod>)[pod]));
        return
        [
            .. sources
                .Select(source => new ConnectionSource(
                    source.Runner,
                    [.. source.Pods.Where(pod => pod.Pod.AddressesOf(family).Any()).Select(pod => reportOf[pod])]
                ))
                .Where(static source => source.Pods.Count > 0),
        ];
    }

    private static bool IsSource(ReleasePod pod) => pod.Template.Tempo is not null && pod.Pod.Obstacle(pod.Container) is null;

    /// <summary>
    /// What a pod dials: the addresses in its settings, the other members and components at their own addresses, and the brokers.
    /// </summary>
    private List<Destination> DestinationsOf(PodReport from, KafkaAnswers kafkas)
    {
        var others = reports
            .Where(other => other != from && other.IsTempo && !other.Pod.IsOver && other.Pod.AddressesOf(family).Any())
            .DistinctBy(static other => other.Template)
            .ToList();
        List<Destination> stated =
        [
            .. from.Dials.Where(to => to.IsOwn || !from.Template.HasProxy),
            .. others.Where(other => from.JoinsMemberlist && other.JoinsMemberlist).SelectMany(other => Port(other, TempoPort.Memberlist)),
            .. others
                .Where(other => from.Runs.Any(own => other.Runs.Any(target => IsDialled(own, target))))
                .SelectMany(other => Port(other, TempoPort.Grpc)),
        ];
        // A destination that a setting names is reported with the setting, even if a broker advertises it too.
        var known = stated.Select(static to => to.ToString()).ToHashSet();
        return [.. stated, .. stated.SelectMany(to => kafkas.AdvertisedBy(to, family)).Where(to => known.Add(to.ToString()))];
    }

    private IEnumerable<Destination> Port(PodReport other, TempoPort kind) =>
        from port in other.Ports
        where port.Name == kind.Name
        select new Destination(other.Pod.AddressesOf(family).First(), port.Port, $"{kind.Name} of {other.Pod.Name}", IsOwn: true);

    /// <summary>Whether a component finds the other in a ring and dials it: queriers in 3.x, and distributors in 2.x.</summary>
    private static bool IsDialled(string from, string to) =>
        (from, to) is ("querier", "live-store" or "ingester") or ("distributor", "ingester");
}

/// <summary>A place to connect from.</summary>
/// <param name="Runner">Runs commands there.</param>
/// <param name="Pods">The pods whose destinations are tested.</param>
internal sealed record ConnectionSource(ICommandRunner Runner, IReadOnlyList<PodReport> Pods);
