using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The routes by which clients send traces to a release and read them: through its Services, and through its gateways.</summary>
/// <param name="Sends">The routes for sending.</param>
/// <param name="Reads">The routes for reading; the first is the query-frontend's own.</param>
/// <param name="Closed">The receivers to which nothing can be sent, with the reason.</param>
internal sealed record TraceRoutes(
    IReadOnlyList<TraceRoute> Sends,
    IReadOnlyList<Route> Reads,
    IReadOnlyList<(OpenReceiver Receiver, PodReport Pod, string Reason)> Closed
)
{
    private const string Api = "/api/traces/";
    private const string AnyTraceId = "0";

    public static TraceRoutes Of(Release release, IReadOnlyList<PodReport> reports, AddressFamily family)
    {
        var running = reports.Where(report => !report.Pod.IsOver && report.Pod.AddressesOf(family).Any()).ToList();
        var receivers = (
            from report in running
            from receiver in report.Receivers
            select (Receiver: receiver, Pod: report, Format: FormatOf(receiver))
        )
            .DistinctBy(static own => own.Receiver)
            .ToLookup(static own => own.Format is not null && !own.Receiver.NeedsCertificate);
        var frontend = running.FirstOrDefault(static report => report.Template.Tempo?.Components.Contains("query-frontend") == true);
        var gateways = GatewaysOf(release).ToList();
        var sends =
            from own in receivers[true]
            from to in DirectRoutes(release.Services, own.Pod, own.Receiver.Port, family)
                .Select(direct => direct with { Path = own.Format!.Path, IsTls = own.Receiver.IsTls })
                .Concat(own.Format!.GatewayPaths.SelectMany(path => ThroughGateways(gateways, path, own.Receiver.Port)))
            select new TraceRoute(own.Receiver, own.Format!, to);
        return new TraceRoutes(
            // One route through each Service and gateway.
            [.. sends.DistinctBy(static route => (route.Receiver, route.To.Address)).Take(TraceScript.MaxSpans)],
            [.. frontend is null ? [] : ReadRoutes(release, frontend, gateways, family).DistinctBy(static read => read.Url)],
            [
                .. receivers[false]
                    .Select(static own =>
                        (
                            own.Receiver,
                            own.Pod,
                            own.Format is null
                                ? "verify does not speak its protocol"
                                : "it asks for a client certificate, and verify sends no credentials"
                        )
                    ),
            ]
        );
    }

    private static SpanFormat? FormatOf(OpenReceiver receiver) =>
        SpanFormat.All.FirstOrDefault(format => format.Type == receiver.Kind.Type && format.Protocol == receiver.Kind.Protocol);

    private static IEnumerable<Route> ReadRoutes(Release release, PodReport frontend, List<GatewayPort> gateways, AddressFamily family)
    {
        var http = frontend.Template.Http!;
        var path = http.Prefixes[^1] + Api;
        // A Service with an address of its own, if there is one.
        var services = release.Services.OrderBy(static member => member.Service.IsHeadless);
        return DirectRoutes(services, frontend, http.Port.Number, family)
            .Take(1)
            .Select(route => route with { Path = path, IsTls = http.Port.IsTls })
            .Concat(ThroughGateways(gateways, path + AnyTraceId, http.Port.Number).Select(route => route with { Path = path }));
    }

    private static IEnumerable<Route> ThroughGateways(List<GatewayPort> gateways, string path, int port) =>
        from gateway in gateways
        where gateway.LocationOf(path)?.PassPort == port
        select gateway.Route with
        {
            Path = path,
        };

    /// <summary>The Services that lead to a port of a pod; the pod itself if there are none.</summary>
    private static List<Route> DirectRoutes(IEnumerable<ReleaseService> services, PodReport pod, int port, AddressFamily family)
    {
        var routes = (
            from member in services
            where !member.Service.IsExternalName && !member.Roles.HasFlag(ServiceRoles.GossipRing)
            from leads in ExpectedPort.PortsTo(member.Service, pod.Template.Workload)
            where leads.Target == port
            select RouteTo(member.Service, pod.Pod.Namespace, leads.Port)
        ).ToList();
        return routes.Count > 0
            ? routes
            :
            [
                new Route
                {
                    Through = pod.Pod.At(""),
                    Host = pod.Pod.AddressesOf(family).First(),
                    Port = port,
                },
            ];
    }

    private static IEnumerable<GatewayPort> GatewaysOf(Release release) =>
        from gateway in release.Gateways
        let locations = gateway.Files.SelectMany(static file => NginxLocation.Read(file.File.Document.Text)).ToList()
        from member in release.Services
        where !member.Service.IsExternalName
        from leads in ExpectedPort.PortsTo(member.Service, gateway.Workload)
        let own = locations.Where(location => location.Listens.Any(listen => listen.Port == $"{leads.Target}")).ToList()
        where own.Count > 0
        let isTls = own.SelectMany(static location => location.Listens)
            .Any(listen => listen.Port == $"{leads.Target}" && listen.Directive.Arguments.Contains("ssl"))
        select new GatewayPort(RouteTo(member.Service, gateway.Workload.Object.Namespace, leads.Port) with { IsTls = isTls }, own);

    private static Route RouteTo(Service service, string? ns, int port) =>
        new()
        {
            Through = Place.In(service.Object, service.Object.Path),
            Host = $"{service.Object.Name}.{ns}.svc",
            Port = port,
        };

    /// <summary>A port of a gateway's Service, and the locations of nginx behind it.</summary>
    private sealed record GatewayPort(Route Route, IReadOnlyList<NginxLocation> Locations)
    {
        /// <summary>The location that nginx chooses for a path.</summary>
        public NginxLocation? LocationOf(string path) =>
            Locations
                .Where(location => location.Takes(path))
                .OrderByDescending(static location => location.IsExact)
                .ThenByDescending(static location => location.Path.Length)
                .FirstOrDefault();
    }
}
