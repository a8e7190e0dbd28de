using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>A TCP port that a pod must serve over the family.</summary>
/// <param name="Name">What it serves: <c>http</c>, <c>memberlist</c>, <c>otlp/grpc</c>.</param>
public sealed record ExpectedPort(string Name, int Port)
{
    /// <summary>The ports of a process, according to its targets and its config.</summary>
    /// <param name="config">Its config, or null if unknown: then it has the default ports and no receivers.</param>
    public static IReadOnlyList<ExpectedPort> Of(TempoContainer container, TempoConfig? config)
    {
        IEnumerable<TempoPort> servers =
        [
            TempoPort.Http,
            TempoPort.Grpc,
            .. container.JoinsMemberlist ? [TempoPort.Memberlist] : (TempoPort[])[],
            .. config?.HasInternalServer == true ? [TempoPort.InternalHttp] : (TempoPort[])[],
        ];
        return
        [
            .. from server in servers
            let number = PortNumber.Parse(config?.Text(server.Path)) ?? server.DefaultOf(container.Version)
            where number is not null
            select new ExpectedPort(server.Name, number.Value),
            .. config is null
                ? []
                : OpenReceiver.Of(container, config).Select(static receiver => new ExpectedPort(receiver.Name, receiver.Port)),
        ];
    }

    /// <summary>The TCP ports of a pod that are behind Services.</summary>
    /// <param name="workload">The pod, or the object that creates it.</param>
    public static IReadOnlyList<ExpectedPort> Behind(IEnumerable<Service> services, Workload workload) =>
        [
            .. services
                .SelectMany(service => PortsTo(service, workload))
                .Select(static port => new ExpectedPort(port.Name ?? "service", port.Target))
                .DistinctBy(static port => port.Port),
        ];

    /// <summary>The TCP ports of a Service, and the ports of a pod to which they lead. None if it does not select the pod.</summary>
    /// <param name="workload">The pod, or the object that creates it.</param>
    public static IEnumerable<(string? Name, int Port, int Target)> PortsTo(Service service, Workload workload) =>
        from port in service.Object.Find("spec", "ports").Items()
        where service.Selects(workload.Labels) && (port.Text("protocol") ?? "TCP") == "TCP"
        let own = PortNumber.Parse(port.Text("port"))
        let target = PortNumber.Resolve(port.Text("targetPort") ?? port.Text("port"), workload.Containers)
        where own is not null && target is not null
        // A headless Service has no port of its own: its name leads to the pods' ports.
        select (port.Text("name"), service.IsHeadless ? target.Value : own.Value, target.Value);

    /// <summary>The TCP ports that a container states.</summary>
    public static IReadOnlyList<ExpectedPort> StatedBy(Container container) =>
        [
            .. from port in container.Node.Find("ports").Items()
            where port.Text("protocol") is null or "TCP"
            let number = PortNumber.Parse(port.Text("containerPort"))
            where number is not null
            select new ExpectedPort(port.Text("name") ?? "container", number.Value),
        ];
}
