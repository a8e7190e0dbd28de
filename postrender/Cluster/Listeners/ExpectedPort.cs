using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>A TCP port that a pod must serve over the family.</summary>
/// <param name="Name">What it serves: <c>http</c>, <c>memberlist</c>, <c>otlp/grpc</c>.</param>
/// <param name="Port">The port.</param>
public sealed record ExpectedPort(string Name, int Port)
{
    /// <summary>The ports of a process, by what it runs and by its config.</summary>
    /// <param name="container">The container.</param>
    /// <param name="config">Its config, or null where it is not known: then the defaults count, and no receivers.</param>
    public static IReadOnlyList<ExpectedPort> Of(TempoContainer container, TempoConfig? config)
    {
        var ports = new List<ExpectedPort?> { Of(TempoPort.Http, container, config), Of(TempoPort.Grpc, container, config) };
        if (container.JoinsMemberlist)
        {
            ports.Add(Of(TempoPort.Memberlist, container, config));
        }

        if (config?.HasInternalServer == true)
        {
            ports.Add(Of(TempoPort.InternalHttp, container, config));
        }

        if (config is not null && container.Components.Contains("distributor"))
        {
            ports.AddRange(Receivers(config));
        }

        return [.. ports.OfType<ExpectedPort>()];
    }

    /// <summary>The TCP ports of a pod that Services lead to.</summary>
    /// <param name="services">The Services.</param>
    /// <param name="workload">The pod, or what makes it.</param>
    public static IReadOnlyList<ExpectedPort> Behind(IEnumerable<Service> services, Workload workload) =>
        [
            .. (
                from service in services
                where service.Selects(workload.Labels)
                from port in service.Object.Find("spec", "ports").Items()
                where port.Text("protocol") is null or "TCP"
                let number = Target(port.Text("targetPort") ?? port.Text("port"), workload)
                where number is not null
                select new ExpectedPort(port.Text("name") ?? "service", number.Value)
            ).DistinctBy(static port => port.Port),
        ];

    /// <summary>A number, or the name that a container gives one of its ports.</summary>
    private static int? Target(string? stated, Workload workload) =>
        Number(stated)
        ?? Number(
            workload
                .Containers.SelectMany(static container => container.Node.Find("ports").Items())
                .FirstOrDefault(port => port.Text("name") == stated)
                .Text("containerPort")
        );

    private static ExpectedPort? Of(TempoPort port, TempoContainer container, TempoConfig? config) =>
        (Number(config?.Text(port.Path)) ?? port.DefaultOf(container.Version)) is { } number ? new ExpectedPort(port.Name, number) : null;

    private static IEnumerable<ExpectedPort> Receivers(TempoConfig config) =>
        from name in (config.Find(TempoSettings.Receivers) as MappingNode)?.Entries.Select(static entry => entry.Name).OfType<string>()
            ?? []
        from receiver in TempoReceiver.Known
        where
            receiver.Type == name.Split('/')[0] && !receiver.IsUdp && receiver.IsSwitchedOn(config.Find(TempoSettings.Receivers.Key(name)))
        let endpoint = config.Text(receiver.EndpointPath(name))
        select new ExpectedPort(
            receiver.Protocol is null ? name : $"{name}/{receiver.Protocol}",
            (endpoint is null ? null : Number(Endpoint.Parse(endpoint).Port)) ?? receiver.DefaultPort
        );

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
