using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What one pod reaches.</summary>
/// <param name="From">The pod.</param>
/// <param name="Problem">Why nothing could be tried, or null.</param>
/// <param name="Results">The destinations, and what came of each.</param>
internal sealed record ReachReport(PodReport From, string? Problem, IReadOnlyList<(Destination To, Attempts Attempts)> Results)
{
    /// <summary>
    /// The pods that connections are made from: one of each workload's revision, because its pods have the same labels, and
    /// NetworkPolicies go by labels.
    /// </summary>
    /// <param name="pods">The Tempo pods of a release.</param>
    public static IEnumerable<ReleasePod> Sources(IEnumerable<ReleasePod> pods) =>
        pods.Where(static pod => pod.Template.Tempo is not null && pod.Pod.Obstacle(pod.Container) is null)
            .GroupBy(static pod => pod.Template)
            .Select(static group => group.First());

    /// <summary>What a pod dials: by its settings, and the other members and components by their addresses.</summary>
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

    /// <summary>Connects to the destinations, from inside.</summary>
    /// <param name="debug">How a debug container is run.</param>
    /// <param name="from">The pod.</param>
    /// <param name="destinations">The destinations.</param>
    /// <param name="limit">The end of the pod's time.</param>
    /// <param name="cancellationToken">Ends the whole run.</param>
    /// <exception cref="ApiException">The user lacks a permission, which no other pod would change.</exception>
    public static async Task<ReachReport> TryAsync(
        DebugSession debug,
        PodReport from,
        IReadOnlyList<Destination> destinations,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var output = await debug
                .RunAsync(from.Pod.Namespace, from.Pod.Name, from.Subject.Container, ReachScript.Command(destinations), limit)
                .ConfigureAwait(false);
            return ReachScript.Parse(output) is { } came
                ? new ReachReport(
                    from,
                    Problem: null,
                    [.. destinations.Where(to => came.ContainsKey(to.ToString())).Select(to => (to, came[to.ToString()]))]
                )
                : new ReachReport(from, "could not try its connections: the debug image has no curl", []);
        }
        catch (Exception exception)
            when (exception is PodException or UnreadableListenersException
                || (exception is ClusterException && exception is not ApiException { IsMissingPermission: true })
            )
        {
            return new ReachReport(from, exception.Message, []);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReachReport(from, "could not try its connections in time", []);
        }
    }

    /// <summary>Whom a component looks up in a ring and then dials (3.x: queriers; 2.x: distributors too).</summary>
    private static bool IsDialled(string from, string to) =>
        (from, to) is ("querier", "live-store" or "ingester") or ("distributor", "ingester");
}
