using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The ways on which clients send traces to a release and read them: through its Services, and through its gateways.</summary>
/// <param name="Sends">The ways to send.</param>
/// <param name="Reads">The ways to read; the first is the query-frontend's own.</param>
/// <param name="Closed">The receivers to which nothing can be sent, with the reason.</param>
internal sealed record TraceRoutes(
    IReadOnlyList<TraceRoute> Sends,
    IReadOnlyList<ReadRoute> Reads,
    IReadOnlyList<(OpenReceiver Receiver, PodReport Pod, string Reason)> Closed
)
{
    private const string Api = "/api/traces/";
    private const string AnyTraceId = Api + "0";

    /// <summary>The ways of a release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="reports">What was seen of its pods.</param>
    /// <param name="family">The family.</param>
    public static TraceRoutes Of(Release release, IReadOnlyList<PodReport> reports, AddressFamily family)
    {
        var running = reports.Where(report => !report.Pod.IsOver && report.Pod.AddressesOf(family).Any()).ToList();
        var receivers = (
            from report in running
            from receiver in report.Receivers
            group (Receiver: receiver, Pod: report) by receiver into same
            select same.First()
        ).ToList();
        var frontends = running.Where(static report => report.Subject.Template.Tempo?.Components.Contains("query-frontend") == true);
        var gateways = Gateways(release).ToList();
        var sends = new List<TraceRoute>();
        var closed = new List<(OpenReceiver, PodReport, string)>();
        foreach (var (receiver, pod) in receivers)
        {
            if (SpanFormats.Of(receiver.Kind.Type, receiver.Kind.Protocol) is not { } format)
            {
                closed.Add((receiver, pod, "verify does not speak its protocol"));
            }
            else if (receiver.NeedsCertificate)
            {
                closed.Add((receiver, pod, "it asks for a client certificate, and verify sends no credentials"));
            }
            else
            {
                sends.AddRange(
                    GatewayPortsOf(release, pod, receiver.Port, family)
                        .Select(gatewayPort => new TraceRoute
                        {
                            Receiver = receiver,
                            Format = format,
                            Target = gatewayPort.Target,
                            Host = gatewayPort.Host,
                            Port = gatewayPort.Port,
                            Path = format.Path(),
                            IsTls = receiver.IsTls,
                        })
                );
                sends.AddRange(
                    from gateway in gateways
                    from path in format.GatewayPaths()
                    where gateway.Takes(path)?.PassPort == receiver.Port
                    select new TraceRoute
                    {
                        Receiver = receiver,
                        Format = format,
                        Target = gateway.Target,
                        Host = gateway.Host,
                        Port = gateway.Port,
                        Path = path,
                        IsTls = gateway.IsTls,
                    }
                );
            }
        }

        return new TraceRoutes(
            // One way through each Service and gateway.
            [.. sends.DistinctBy(static route => (route.Receiver, route.Address)).Take(TraceScript.MostSpans)],
            [.. frontends.Take(1).SelectMany(frontend => Reading(release, frontend, gateways, family)).DistinctBy(static read => read.Url)],
            closed
        );
    }

    private static IEnumerable<ReadRoute> Reading(Release release, PodReport frontend, List<GatewayPort> gateways, AddressFamily family)
    {
        var http = frontend.Subject.Template.Http!;
        var path = http.Prefixes[^1] + Api;
        foreach (
            var gatewayPort in GatewayPortsOf(release, frontend, http.Port, family)
                .OrderBy(static gatewayPort => gatewayPort.IsHeadless ? 1 : 0)
                .Take(1)
        )
        {
            yield return new ReadRoute
            {
                Target = gatewayPort.Target,
                Host = gatewayPort.Host,
                Port = gatewayPort.Port,
                Path = path,
                IsTls = http.IsTls,
            };
        }

        foreach (var gateway in gateways.Where(gateway => gateway.Takes(http.Prefixes[^1] + AnyTraceId)?.PassPort == http.Port))
        {
            yield return new ReadRoute
            {
                Target = gateway.Target,
                Host = gateway.Host,
                Port = gateway.Port,
                Path = path,
                IsTls = gateway.IsTls,
            };
        }
    }

    /// <summary>The Services that lead to a port of a pod; the pod itself where none does.</summary>
    private static List<(RouteTarget Target, string Host, int Port, bool IsHeadless)> GatewayPortsOf(
        Release release,
        PodReport pod,
        int port,
        AddressFamily family
    )
    {
        var gatewayPorts = (
            from member in release.Services
            where !member.Service.IsExternalName && !member.Roles.HasFlag(ServiceRoles.GossipRing)
            from leads in ExpectedPort.PortsTo(member.Service, pod.Subject.Template.Workload)
            where leads.Target == port
            select (TargetOf(member.Service), HostOf(member.Service, pod), leads.Port, member.Service.IsHeadless)
        ).ToList();
        return gatewayPorts.Count > 0
            ? gatewayPorts
            : [(new RouteTarget(pod.Pod.Reference, pod.Pod.IgnoredRules), pod.Pod.AddressesOf(family).First(), port, false)];
    }

    private static IEnumerable<GatewayPort> Gateways(Release release) =>
        from gateway in release.Gateways
        let locations = gateway.Files.SelectMany(static file => NginxLocation.Read(file.File.Document.Text)).ToList()
        from member in release.Services
        where !member.Service.IsExternalName
        from leads in ExpectedPort.PortsTo(member.Service, gateway.Workload)
        let own = locations.Where(location => location.Listens.Any(listen => listen.Port == $"{leads.Target}")).ToList()
        where own.Count > 0
        select new GatewayPort
        {
            Target = TargetOf(member.Service),
            Host = $"{member.Service.Object.Name}.{gateway.Workload.Object.Namespace}.svc",
            Port = leads.Port,
            Locations = own,
            IsTls = own.Exists(location =>
                location.Listens.Any(listen => listen.Port == $"{leads.Target}" && listen.Directive.Arguments.Contains("ssl"))
            ),
        };

    private static RouteTarget TargetOf(Service service) => new(service.Object.Reference, service.Object.IgnoredRules);

    private static string HostOf(Service service, PodReport pod) => $"{service.Object.Name}.{pod.Pod.Namespace}.svc";

    /// <summary>A port of a gateway's Service.</summary>
    private sealed record GatewayPort
    {
        public required RouteTarget Target { get; init; }

        public required string Host { get; init; }

        public required int Port { get; init; }

        public required IReadOnlyList<NginxLocation> Locations { get; init; }

        public required bool IsTls { get; init; }

        /// <summary>The location that takes a path, as nginx chooses it.</summary>
        public NginxLocation? Takes(string path) =>
            Locations
                .Where(location => location.Takes(path))
                .OrderByDescending(static location => location.IsExact)
                .ThenByDescending(static location => location.Path.Length)
                .FirstOrDefault();
    }
}
