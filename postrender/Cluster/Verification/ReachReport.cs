using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What one pod can connect to.</summary>
/// <param name="From">The pod.</param>
/// <param name="Results">The destinations, and the result of each.</param>
internal sealed record ReachReport(PodReport From, IReadOnlyList<(Destination To, Attempts Attempts)> Results)
{
    /// <summary>Why not everything could be tested, as a predicate of the pod, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The Kafka clusters whose advertised addresses are unknown.</summary>
    public IReadOnlyList<UnknownBrokers> UnknownBrokers { get; init; } = [];

    /// <summary>Whether a probe pod on its node connected instead, which NetworkPolicies treat as another pod.</summary>
    public bool IsByProbePod { get; init; }

    /// <summary>
    /// The pods that connect: one of each revision of a workload, because its pods have the same labels, and NetworkPolicies select
    /// pods by labels.
    /// </summary>
    /// <param name="pods">The Tempo pods of a release.</param>
    public static IEnumerable<ReleasePod> Sources(IEnumerable<ReleasePod> pods) =>
        pods.Where(IsSource).GroupBy(static pod => pod.Template).Select(static group => group.First());

    /// <summary>The same for each node: one pod of each revision of a workload on that node.</summary>
    /// <param name="pods">The Tempo pods of a release.</param>
    public static IEnumerable<IGrouping<string, ReleasePod>> SourcesByNode(IEnumerable<ReleasePod> pods) =>
        pods.Where(static pod => IsSource(pod) && pod.Pod.Node is not null)
            .GroupBy(static pod => (pod.Template, pod.Pod.Node))
            .Select(static group => group.First())
            .GroupBy(static pod => pod.Pod.Node!, StringComparer.Ordinal);

    /// <summary>What a pod dials: the addresses in its settings, and the other members and components at their own addresses.</summary>
    /// <param name="from">The pod.</param>
    /// <param name="all">The pods of the release.</param>
    /// <param name="family">The family of the release.</param>
    public static IReadOnlyList<Destination> Destinations(PodReport from, IReadOnlyList<PodReport> all, AddressFamily family)
    {
        var others = all.Where(other => other != from && other.IsTempo && !other.Pod.IsOver && other.Pod.AddressesOf(family).Any())
            .GroupBy(static other => other.Subject.Template)
            .Select(static group => group.First())
            .ToList();
        return
        [
            .. from.Dials.Where(to => !(from.HasProxy && !to.IsOwn)),
            .. others
                .Where(other => from.JoinsMemberlist && other.JoinsMemberlist)
                .SelectMany(other => Port(other, Tempo.TempoPort.Memberlist.Name)),
            .. others
                .Where(other => from.Runs.Any(own => other.Runs.Any(target => IsDialled(own, target))))
                .SelectMany(other => Port(other, Tempo.TempoPort.Grpc.Name)),
        ];

        IEnumerable<Destination> Port(PodReport other, string name) =>
            other
                .Ports.Where(port => port.Name == name)
                .Select(port => new Destination(
                    other.Pod.AddressesOf(family).First(),
                    port.Port,
                    $"{name} of {other.Pod.Name}",
                    IsOwn: true
                ));
    }

    private static bool IsSource(ReleasePod pod) => pod.Template.Tempo is not null && pod.Pod.Obstacle(pod.Container) is null;

    /// <summary>Whether a component finds the other in a ring and dials it: queriers in 3.x, and distributors in 2.x.</summary>
    private static bool IsDialled(string from, string to) =>
        (from, to) is ("querier", "live-store" or "ingester") or ("distributor", "ingester");
}
