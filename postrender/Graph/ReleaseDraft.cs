using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>A release to which the objects around its Tempo pods are still being added.</summary>
internal sealed class ReleaseDraft
{
    private readonly List<TempoWorkload> _workloads;
    private readonly List<TempoConfig> _configs;
    private readonly List<DialledService> _dialled;

    public ReleaseDraft(
        List<TempoWorkload> workloads,
        List<TempoConfig> configs,
        ServiceDirectory services,
        EndpointDirectory endpoints,
        Namespaces namespaces
    )
    {
        (_workloads, _configs) = (workloads, configs);
        _dialled =
        [
            .. configs.SelectMany(config =>
                config.DialledNames.Select(dialled => new DialledService
                {
                    Config = config,
                    Path = dialled.Peer.Path,
                    Kind = dialled.Peer.Peer.Kind,
                    Service = services.Find(dialled.Name, config),
                    Name = dialled.Name.Name,
                    EndpointFamilies = endpoints.FamiliesOf(namespaces.Of(dialled.Name, config.File.Owner), dialled.Name.Name),
                })
            ),
        ];
        foreach (var service in services.LeadingTo(workloads.Select(static workload => workload.Workload)))
        {
            Roles[service] = ServiceRoles.FrontsTempo;
        }

        foreach (var peer in _dialled)
        {
            if (peer.Service is { } service)
            {
                Roles[service] = Roles.GetValueOrDefault(service) | RoleOf(peer.Kind, Roles.GetValueOrDefault(service));
            }
        }

        foreach (var stranger in Roles.Where(static role => role.Value == ServiceRoles.None).Select(static role => role.Key).ToList())
        {
            Roles.Remove(stranger);
        }
    }

    public Dictionary<Service, ServiceRoles> Roles { get; } = [];

    public IEnumerable<Service> CacheServices =>
        Roles.Where(static role => role.Value.HasFlag(ServiceRoles.Cache) && role.Key.Selector.Count > 0).Select(static role => role.Key);

    public List<Workload> Caches { get; set; } = [];

    public List<Gateway> Gateways { get; set; } = [];

    /// <summary>The ConfigMaps and Secrets with the configs of Tempo and of the gateways.</summary>
    public IEnumerable<KubernetesObject> FileOwners =>
        _configs
            .Select(static config => config.File)
            .Concat(Gateways.SelectMany(static gateway => gateway.Files.Select(static nginx => nginx.File)))
            .Select(static file => file.Owner)
            .Distinct();

    /// <summary>The workloads that do not run Tempo.</summary>
    public IEnumerable<Workload> Others => Caches.Concat(Gateways.Select(static gateway => gateway.Workload));

    /// <summary>The release with all its objects.</summary>
    public Release Finish(ServiceDirectory services, PolicyDirectory policies, FileUsers users)
    {
        AddRoles(services, Caches, ServiceRoles.Cache);
        AddRoles(services, Gateways.Select(static gateway => gateway.Workload), ServiceRoles.Gateway);
        var own = _workloads.ToHashSet();
        return new Release
        {
            Workloads = _workloads,
            Configs = _configs,
            Services =
            [
                .. services
                    .InOrder(Roles.Keys)
                    .Select(service => new ReleaseService(service, Roles[service], services.TempoBehind(service), own)),
            ],
            Dialled = _dialled,
            Gateways = Gateways,
            Caches = Caches,
            FileUsers = users.Of(FileOwners),
            NetworkPolicies = policies.Selecting(_workloads.Select(static workload => workload.Workload).Concat(Others)),
        };
    }

    /// <summary>What belongs to so many releases that it is judged once for all of them; null if there is nothing.</summary>
    public Release? FinishShared(ServiceDirectory services, PolicyDirectory policies, FileUsers users)
    {
        foreach (var service in services.Shared)
        {
            Roles[service] = ServiceRoles.FrontsTempo;
        }

        AddRoles(services, Caches, ServiceRoles.Cache);
        AddRoles(services, Gateways.Select(static gateway => gateway.Workload), ServiceRoles.Gateway);
        IReadOnlyList<KubernetesObject> selecting = [.. policies.Shared.Concat(policies.Selecting(Others))];
        return Roles.Count == 0 && selecting.Count == 0 && !Others.Any()
            ? null
            : new Release
            {
                IsShared = true,
                Services =
                [
                    .. services
                        .InOrder(Roles.Keys)
                        .Select(service => new ReleaseService(service, Roles[service], [], new HashSet<TempoWorkload>())),
                ],
                Gateways = Gateways,
                Caches = Caches,
                FileUsers = users.Of(FileOwners),
                NetworkPolicies = selecting,
            };
    }

    private void AddRoles(ServiceDirectory services, IEnumerable<Workload> workloads, ServiceRoles role)
    {
        foreach (var service in services.LeadingTo(workloads))
        {
            Roles[service] = Roles.GetValueOrDefault(service) | role;
        }
    }

    private static ServiceRoles RoleOf(PeerKind kind, ServiceRoles known) =>
        kind switch
        {
            PeerKind.GossipRing => ServiceRoles.GossipRing,
            PeerKind.Cache => ServiceRoles.Cache,
            // Other Services that lead to Tempo pods and are dialled; Kafka and storage do not belong to the release.
            _ => known.HasFlag(ServiceRoles.FrontsTempo) ? ServiceRoles.DialledByTempo : ServiceRoles.None,
        };
}
