using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// Connects to every port of every pod of a release, from a probe pod on another node where there is one: what stands in for the list
/// of listeners, which only a debug container sees.
/// </summary>
internal static class PortRun
{
    /// <summary>Runs.</summary>
    /// <param name="vantages">Where commands are run.</param>
    /// <param name="reports">What was seen of the pods so far.</param>
    /// <param name="family">The family of the release.</param>
    /// <param name="cancellationToken">Ends the whole run.</param>
    /// <returns>The reports that have changed.</returns>
    public static async Task<IReadOnlyList<PodReport>> RunAsync(
        Vantages vantages,
        IReadOnlyList<PodReport> reports,
        AddressFamily family,
        CancellationToken cancellationToken
    )
    {
        var pods = reports
            .Where(report =>
                report.Ports.Count > 0 && report.Pod.AddressesOf(family).Any() && report.Pod.Obstacle(report.Subject.Container) is null
            )
            .ToList();
        var nodes = pods.Select(static report => report.Pod.Node)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        var changed = new List<PodReport>();
        await vantages
            .ForEachAsync(
                nodes.Count == 0
                    ? []
                    : pods.Select((report, index) => (Report: report, From: Other(report.Pod.Node, nodes, index)))
                        .GroupBy(static pod => pod.From, static pod => pod.Report, StringComparer.Ordinal),
                async (node, limit) =>
                {
                    var destinations = node.SelectMany(report => PortsOf(report, family)).ToList();
                    var (came, problem) = await Vantages
                        .ConnectAsync(vantages.On(node.Key), destinations, limit, cancellationToken)
                        .ConfigureAwait(false);
                    lock (changed)
                    {
                        changed.AddRange(node.Select(report => With(report, came, problem, family)));
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return changed;
    }

    private static PodReport With(PodReport report, IReadOnlyDictionary<string, Attempts> came, string? problem, AddressFamily family)
    {
        var own = PortsOf(report, family)
            .Where(port => came.ContainsKey(port.ToString()))
            .DistinctBy(static port => port.Port)
            .ToDictionary(static port => port.Port, port => came[port.ToString()]);
        return own.Count < report.Ports.Count
            ? report with
            {
                Connected = own,
                Problems = [.. report.Problems, $"was not connected to: the probe pod {problem ?? "says nothing of it"}"],
            }
            : report with
            {
                Connected = own,
            };
    }

    private static IEnumerable<Destination> PortsOf(PodReport report, AddressFamily family) =>
        report.Ports.Select(port => new Destination(report.Pod.AddressesOf(family).First(), port.Port, port.Name, IsOwn: true));

    private static string Other(string? node, List<string> nodes, int index)
    {
        var next = nodes[index % nodes.Count];
        return next == node ? nodes[(index + 1) % nodes.Count] : next;
    }
}
