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
        ServiceIndex services,
        EndpointIndex endpoints,
        Namespaces namespaces
    )
    {
        (_workloads, _configs) = (workloads, configs);
        _dialled =
        [
            .. configs.SelectMany(
                static config => config.DialledNames,
                (config, dialled) =>
                    new DialledService
                    {
                        Config = config,
                        Path = dialled.Peer.Path,
                        Kind = dialled.Peer.Peer.Kind,
                        Service = services.Find(dialled.Name, config),
                        Name = dialled.Name.Name,
                        EndpointFamilies = endpoints.FamiliesOf(namespaces.Of(dialled.Name, config.File.Owner), dialled.Name.Name),
                    }
            ),
        ];
        AddRoles(services, Own, ServiceRoles.SelectsTempo);

        foreach (var peer in _dialled)
        {
            if (peer.Service is { } service)
            {
                Roles[service] = Roles.GetValueOrDefault(service) | RoleOf(peer.Kind, Roles.GetValueOrDefault(service));
            }
        }

        foreach (var (service, role) in Roles)
        {
            if (role == ServiceRoles.None)
            {
                Roles.Remove(service);
            }
        }
    }

    public Dictionary<Service, ServiceRoles> Roles { get; } = [];

    public List<Service> CacheServices
    {
        get
        {
            var services = new List<Service>();
            foreach (var (service, role) in Roles)
            {
                if (role.HasFlag(ServiceRoles.Cache) && service.HasSelector)
                {
                    services.Add(service);
                }
            }

            return services;
        }
    }

    public List<Workload> Caches { get; set; } = [];

    public List<Gateway> Gateways { get; set; } = [];

    /// <summary>The ConfigMaps and Secrets with the configs of Tempo and of the gateways.</summary>
    public HashSet<KubernetesObject> FileOwners =>
        [
            .. _configs.Select(static config => config.File.Owner),
            .. Gateways.SelectMany(static gateway => gateway.Files, static (_, nginx) => nginx.File.Owner),
        ];

    /// <summary>The workloads that do not run Tempo.</summary>
    public List<Workload> Others => [.. Caches, .. Gateways.ConvertAll(static gateway => gateway.Workload)];

    private List<Workload> Own => _workloads.ConvertAll(static workload => workload.Workload);

    /// <summary>The release with all its objects.</summary>
    public Release Finish(ServiceIndex services, NetworkPolicyIndex policies, MountIndex mounts)
    {
        AddRoles(services, Caches, ServiceRoles.Cache);
        AddRoles(services, Gateways.ConvertAll(static gateway => gateway.Workload), ServiceRoles.Gateway);
        var own = _workloads.ToHashSet();
        return new Release
        {
            Workloads = _workloads,
            Configs = _configs,
            Services = services
                .InOrder(Roles.Keys)
                .ConvertAll(service => new ReleaseService(service, Roles[service], services.TempoBehind(service), own)),
            Dialled = _dialled,
            Gateways = Gateways,
            Caches = Caches,
            ConfigMounts = mounts.Of(FileOwners),
            NetworkPolicies = policies.Selecting([.. Own, .. Others]),
        };
    }

    /// <summary>
    /// The objects that many releases share, as a release of its own; see <see cref="Release.IsShared"/>. Null if there are none.
    /// </summary>
    public Release? FinishShared(ServiceIndex services, NetworkPolicyIndex policies, MountIndex mounts)
    {
        foreach (var service in services.Shared)
        {
            Roles[service] = ServiceRoles.SelectsTempo;
        }

        AddRoles(services, Caches, ServiceRoles.Cache);
        AddRoles(services, Gateways.ConvertAll(static gateway => gateway.Workload), ServiceRoles.Gateway);
        IReadOnlyList<KubernetesObject> selecting = [.. policies.Shared, .. policies.Selecting(Others)];
        return Roles.Count == 0 && selecting.Count == 0 && Others.Count == 0
            ? null
            : new Release
            {
                IsShared = true,
                Services = services
                    .InOrder(Roles.Keys)
                    .ConvertAll(service => new ReleaseService(
                        service,
                        Roles[service],
                        SelectedWorkloads.None,
                        new HashSet<TempoWorkload>()
                    )),
                Gateways = Gateways,
                Caches = Caches,
                ConfigMounts = mounts.Of(FileOwners),
                NetworkPolicies = selecting,
            };
    }

    private void AddRoles(ServiceIndex services, List<Workload> workloads, ServiceRoles role)
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
            // Any other dialled Service belongs to the release only if it selects Tempo pods; Kafka and storage do not.
            _ => known.HasFlag(ServiceRoles.SelectsTempo) ? ServiceRoles.DialledByTempo : ServiceRoles.None,
        };
}
