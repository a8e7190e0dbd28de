using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// Connects to every port of every pod of a release, from a probe pod on another node if there is one. This replaces the list of
/// listeners, which only a debug container sees.
/// </summary>
internal sealed class PortConnector(CommandRunners runners, AddressFamily family)
{
    /// <summary>Connects to the ports of the pods from probe pods, and adds the results to the reports of the pods.</summary>
    public async Task<IReadOnlyList<PodReport>> RunAsync(IReadOnlyList<PodReport> reports, CancellationToken cancellationToken)
    {
        var pods = reports
            .Where(report =>
                report.Ports.Count > 0 && report.Pod.AddressesOf(family).Any() && report.Pod.Obstacle(report.Subject.Container) is null
            )
            .ToList();
        var nodes = pods.Select(static report => report.Pod.Node).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (nodes.Count == 0)
        {
            return reports;
        }

        var connected = await runners.ForEachAsync(
            pods.Select((report, index) => (Report: report, From: Other(report.Pod.Node, nodes, index)))
                .GroupBy(static pod => pod.From, static pod => pod.Report),
            ConnectAsync,
            cancellationToken
        );
        var changed = connected.SelectMany(static node => node).ToDictionary(static report => report.Subject);
        return [.. reports.Select(report => changed.GetValueOrDefault(report.Subject, report))];
    }

    private async Task<IEnumerable<PodReport>> ConnectAsync(IGrouping<string, PodReport> node, CancellationToken cancellationToken)
    {
        var destinations = node.SelectMany(PortsOf).ToList();
        var (results, problem) = await runners.ConnectAsync(runners.On(node.Key), destinations, cancellationToken);
        return node.Select(report => WithConnections(report, results, problem));
    }

    private PodReport WithConnections(PodReport report, IReadOnlyDictionary<string, FamilyPair<ConnectionResult>> results, string? problem)
    {
        var own = PortsOf(report)
            .Where(port => results.ContainsKey(port.ToString()))
            .DistinctBy(static port => port.Port)
            .ToDictionary(static port => port.Port, port => results[port.ToString()]);
        IEnumerable<string> problems =
            own.Count < report.Ports.Count ? [$"was not connected to: the probe pod {problem ?? "says nothing of it"}"] : [];
        return report with { Connections = own, Problems = [.. report.Problems, .. problems] };
    }

    private IEnumerable<Destination> PortsOf(PodReport report) =>
        report.Ports.Select(port => new Destination(report.Pod.AddressesOf(family).First(), port.Port, port.Name, IsOwn: true));

    private static string Other(string? node, List<string> nodes, int index)
    {
        var next = nodes[index % nodes.Count];
        return next == node ? nodes[(index + 1) % nodes.Count] : next;
    }
}
