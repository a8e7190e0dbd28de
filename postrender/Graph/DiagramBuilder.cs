using Tempo.PostRender.Addresses;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>
/// Builds the diagram of a release: its workloads with their Services, the objects that they share, and the connections between them.
/// </summary>
internal sealed partial class DiagramBuilder(Release release)
{
    private readonly Dictionary<TempoWorkload, DiagramNode> _components = [];
    private readonly Dictionary<KubernetesObject, DiagramNode> _others = [];
    private readonly Dictionary<KubernetesObject, (DiagramNode Node, DiagramEndpoint At)> _services = [];
    private readonly List<DiagramNode> _shared = [];
    private readonly HashSet<DiagramLink> _links = [];

    public ReleaseDiagram Build()
    {
        AddWorkloads();
        foreach (var member in release.Services)
        {
            AddService(member);
        }

        foreach (var (workload, node) in _components)
        {
            AddRings(workload, node);
        }

        foreach (var config in release.Configs)
        {
            AddPeers(config);
            AddConfig(config);
        }

        var clients = AddClients();
        var flow = _components
            .Values.Concat(_others.Values.Where(static node => node.Kind == DiagramNodeKind.Gateway))
            .Concat(_shared.Where(static node => node.Kind == DiagramNodeKind.Queue))
            .OrderBy(static node => node.Stage.Lane)
            .ThenBy(static node => node.Stage.Order)
            .ThenBy(static node => Rank(node));
        var shared = _shared
            .Concat(_others.Values)
            .Where(static node => node.Kind is not (DiagramNodeKind.Queue or DiagramNodeKind.Gateway))
            .OrderBy(static node => node.Kind);
        List<DiagramNode> nodes = [.. clients, .. flow, .. shared];
        return new ReleaseDiagram(nodes, [.. _links.OrderBy(link => nodes.IndexOf(link.From)).ThenBy(link => nodes.IndexOf(link.To))]);
    }

    private static int Rank(DiagramNode node) =>
        TempoStage
            .Known.Select(static (stage, index) => (stage.Component, index))
            .FirstOrDefault(row => row.Component == node.Stage.Component)
            .index;

    private void AddWorkloads()
    {
        foreach (var workload in release.Workloads)
        {
            var components = workload
                .Containers.SelectMany(static container => container.Components)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            var targets = workload.Containers.SelectMany(static container => container.Targets).Distinct(StringComparer.Ordinal);
            var node = new DiagramNode
            {
                Kind = DiagramNodeKind.Component,
                Title = string.Join(", ", targets),
                Name = workload.Workload.Object.Name,
                Components = components,
                Stage = TempoStage.Of(components),
            };
            node.Add(workload.Workload.Object);
            _components.Add(workload, node);
        }

        foreach (var gateway in release.Gateways)
        {
            var node = new DiagramNode
            {
                Kind = DiagramNodeKind.Gateway,
                Title = "gateway",
                Name = gateway.Workload.Object.Name,
            };
            node.Add(gateway.Workload.Object);
            foreach (var file in gateway.Files)
            {
                node.Add(file.File.Owner);
            }

            _others.TryAdd(gateway.Workload.Object, node);
        }

        foreach (var cache in release.Caches)
        {
            var node = new DiagramNode
            {
                Kind = DiagramNodeKind.Cache,
                Title = "cache",
                Name = cache.Object.Name,
            };
            node.Add(cache.Object);
            _others.TryAdd(cache.Object, node);
        }
    }

    private void AddService(ReleaseService member)
    {
        var found = member.Service.Object;
        var fronted = member
            .SelectedOwn.Select(workload => _components[workload])
            .Concat(
                release
                    .Gateways.Select(static gateway => gateway.Workload)
                    .Concat(release.Caches)
                    .Where(other => member.Service.Selects(other.Labels))
                    .Select(other => _others[other.Object])
            )
            .Distinct()
            .ToList();
        var isRing = member.Roles.HasFlag(ServiceRoles.GossipRing);
        var node = !isRing && fronted.Count == 1 ? fronted[0] : null;
        if (node is null)
        {
            var kind =
                isRing ? DiagramNodeKind.GossipRing
                : member.Roles.HasFlag(ServiceRoles.Cache) ? DiagramNodeKind.Cache
                : DiagramNodeKind.SharedService;
            node = Shared(kind, TitleOf(kind), found.Name);
            foreach (var user in isRing ? Members() : fronted)
            {
                node.AddUser(user);
            }
        }

        node.Add(found);
        var ports = found.Find("spec", "ports").Items().Select(static port => port.Text("port")).OfType<string>();
        var at = node.Add(
            new DiagramEndpoint
            {
                Name = found.Name,
                Families = member.Service.StatedFamilies,
                Ports = [.. ports.Distinct(StringComparer.Ordinal)],
                Owner = found,
                File = null,
                Setting = found.Path.Key("spec", "ipFamilies"),
            }
        );
        _services[found] = (node, at);
    }

    private IEnumerable<DiagramNode> Members() =>
        _components.Where(static entry => entry.Key.JoinsMemberlist).Select(static entry => entry.Value);

    /// <summary>Adds the rings, whose members are dialled at the addresses that they register.</summary>
    private void AddRings(TempoWorkload workload, DiagramNode node)
    {
        foreach (var container in workload.Containers)
        {
            foreach (var config in container.Configs)
            {
                foreach (var ring in TempoRing.Known.Where(ring => ring.FamilyKeyVersions is not null && container.Registers(ring, config)))
                {
                    var port = config.Text(TempoPort.Grpc.Path) ?? $"{TempoPort.Grpc.DefaultOf(container.Version)}";
                    var at = node.Add(
                        new DiagramEndpoint
                        {
                            Name = ring.Path.ToString(),
                            Families = [(config.IsTrue(ring.FamilyKeyPath) ? AddressFamily.IPv6 : AddressFamily.IPv4).ToString()],
                            Ports = [port],
                            Owner = config.File.Owner,
                            File = config.File,
                            Setting = ring.FamilyKeyPath,
                        }
                    );
                    foreach (var other in _components.Where(other => other.Value != node && DialsMembers(other.Value, ring)))
                    {
                        _links.Add(
                            new DiagramLink
                            {
                                From = other.Value,
                                To = node,
                                At = at,
                                Port = port,
                                Setting = $"addresses in {ring.Path}",
                            }
                        );
                    }
                }
            }
        }
    }

    /// <summary>Whether a workload sends requests to the members of a ring, and does not only read the ring.</summary>
    private static bool DialsMembers(DiagramNode node, TempoRing ring) =>
        (ring.Component == "live-store" && node.Components.Contains("querier"))
        || (ring.Component == "ingester" && (node.Components.Contains("querier") || node.Components.Contains("distributor")));

    private void AddPeers(TempoConfig config)
    {
        // One setting can contain any number of addresses.
        foreach (var peer in DiagramPeer.Of(config, release).Take(ReleaseDiagram.MaxAddresses))
        {
            var users = _components
                .Where(entry =>
                    entry.Key.Containers.Any(container => container.Configs.Contains(config) && peer.IsDialledBy(container, entry.Key))
                )
                .Select(static entry => entry.Value)
                .ToList();
            if (users.Count == 0)
            {
                continue;
            }

            var (to, at) = peer.Service is { } service && _services.TryGetValue(service.Object, out var known) ? known : Outside(peer);
            foreach (var user in users.Where(user => user != to))
            {
                if (to.Kind is DiagramNodeKind.Component or DiagramNodeKind.Queue or DiagramNodeKind.Gateway)
                {
                    _links.Add(
                        new DiagramLink
                        {
                            From = user,
                            To = to,
                            At = at,
                            Port = peer.Port,
                            Setting = peer.Path.ToString(),
                        }
                    );
                }
                else
                {
                    to.AddUser(user);
                }
            }
        }
    }

    private (DiagramNode Node, DiagramEndpoint At) Outside(DiagramPeer peer)
    {
        var kind =
            peer.IsKafka ? DiagramNodeKind.Queue
            : peer.Kind == PeerKind.GossipRing ? DiagramNodeKind.GossipRing
            : peer.Kind == PeerKind.Cache ? DiagramNodeKind.Cache
            : DiagramNodeKind.Outside;
        var node = Shared(
            kind,
            kind == DiagramNodeKind.Outside ? peer.Purpose : TitleOf(kind),
            kind == DiagramNodeKind.Queue ? "" : peer.Shown
        );
        var at = node.Add(
            new DiagramEndpoint
            {
                Name = peer.Shown,
                Families = peer.Families,
                Ports = peer.Port is { } port ? [port] : [],
                Owner = peer.Owner,
                File = peer.File,
                Setting = peer.Path,
                IsOutside = true,
            }
        );
        return (node, at);
    }

    private void AddConfig(TempoConfig config)
    {
        var owner = config.File.Owner;
        var node = Shared(DiagramNodeKind.Config, "config", owner.Name);
        node.Add(owner);
        foreach (var (_, user) in _components.Where(entry => entry.Key.Containers.Any(container => container.Configs.Contains(config))))
        {
            node.AddUser(user);
        }
    }

    private DiagramNode Shared(DiagramNodeKind kind, string title, string name)
    {
        var node = _shared.Find(known => known.Kind == kind && known.Title == title && known.Name == name);
        if (node is null)
        {
            node = new DiagramNode
            {
                Kind = kind,
                Title = title,
                Name = name,
                Stage = new TempoStage("", TempoLane.Write, TempoStage.Queue),
            };
            _shared.Add(node);
        }

        return node;
    }

    private static string TitleOf(DiagramNodeKind kind) =>
        kind switch
        {
            DiagramNodeKind.GossipRing => "gossip ring",
            DiagramNodeKind.Cache => "cache",
            DiagramNodeKind.Queue => "Kafka",
            _ => "Service",
        };
}
