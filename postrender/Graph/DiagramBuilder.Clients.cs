using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>Adds the clients of the release, and the gateways between them and Tempo.</summary>
internal sealed partial class DiagramBuilder
{
    private static readonly IReadOnlyList<(string Component, string Title, TempoLane Lane)> Clients =
    [
        ("distributor", "Senders", TempoLane.Write),
        ("query-frontend", "Grafana", TempoLane.Read),
    ];

    /// <summary>Adds the clients, which the manifests do not contain: the senders of traces, and Grafana.</summary>
    private List<DiagramNode> AddClients()
    {
        var clients = new List<DiagramNode>();
        foreach (var (component, title, lane) in Clients)
        {
            var entries = _components.Values.Where(node => node.Components.Contains(component)).ToList();
            if (entries.Count == 0)
            {
                continue;
            }

            var client = new DiagramNode
            {
                Kind = DiagramNodeKind.Client,
                Title = title,
                Stage = new TempoStage("", lane, 0),
            };
            clients.Add(client);
            var gateways = LinkGateways(entries);
            foreach (var entry in gateways.Count > 0 ? gateways : entries)
            {
                var at = entry.Endpoints.FirstOrDefault(IsForClients);
                _links.Add(
                    new DiagramLink
                    {
                        From = client,
                        To = entry,
                        At = at,
                        Port = null,
                        Setting = "the Service that clients use",
                    }
                );
            }
        }

        return clients;

        bool IsForClients(DiagramEndpoint endpoint) =>
            endpoint.File is null && release.Services.Any(member => member.Service.Object == endpoint.Owner && !member.Service.IsHeadless);
    }

    private List<DiagramNode> LinkGateways(List<DiagramNode> entries)
    {
        var leading = new List<DiagramNode>();
        foreach (var gateway in release.Gateways)
        {
            var from = _others[gateway.Workload.Object];
            foreach (var host in gateway.Files.SelectMany(static file => GatewayFinder.Hosts(file.Directives)).Distinct())
            {
                foreach (
                    var (service, (to, at)) in _services.Where(entry => entry.Key.Name == host.Name && entries.Contains(entry.Value.Node))
                )
                {
                    _links.Add(
                        new DiagramLink
                        {
                            From = from,
                            To = to,
                            At = at,
                            Port = null,
                            Setting = $"nginx passes requests to {service.Name}",
                        }
                    );
                    leading.Add(from);
                }
            }
        }

        return [.. leading.Distinct()];
    }
}
