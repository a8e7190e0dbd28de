using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>
/// Finds the Tempo containers of a stream, their configs, the Services that select them, and which of them form a release. Each
/// search over the whole stream runs once for all releases, so the time grows linearly with the stream.
/// </summary>
internal sealed class ManifestGraphBuilder(StreamIndex index, string? releaseNamespace, GossipLabel? gossipLabel)
{
    private const string OperatorGroup = "tempo.grafana.com/";

    private static readonly string[] OperatorKinds = ["TempoStack", "TempoMonolithic"];

    public ManifestGraph Build()
    {
        IReadOnlyList<KubernetesObject> operators =
        [
            .. OperatorKinds
                .SelectMany(kind => index.FindIfReadable(kind))
                .Where(static found => found.Text("apiVersion")?.StartsWith(OperatorGroup, StringComparison.Ordinal) == true),
        ];
        var (workloads, configs) = new TempoFinder(index, releaseNamespace).Find();
        if (workloads.Count == 0 && configs.Count == 0)
        {
            return new ManifestGraph(index, [], operators);
        }

        var names = configs
            .SelectMany(static config => config.DialledNames.Select(static dialled => dialled.Name.Name))
            .Append(gossipLabel?.Name ?? "");
        var found = index.FindServices(names, workloads.SelectMany(static workload => workload.Workload.Labels.Values)).ToList();
        var namespaces = new Namespaces(
            releaseNamespace,
            workloads.Select(static workload => workload.Workload.Object).Concat(configs.Select(static config => config.File.Owner)),
            found.Select(static service => service.Object)
        );
        if (gossipLabel is not null)
        {
            new GossipLabels(found, gossipLabel, namespaces).Assign(workloads);
        }

        var services = new ServiceDirectory(found, workloads, gossipLabel?.Name, namespaces);
        var endpoints = new EndpointDirectory(index, namespaces);
        var drafts = Group(workloads, configs, services, namespaces)
            .Select(group => new Draft(group.Workloads, group.Configs, services, endpoints, namespaces))
            .ToList();
        FindCaches(drafts, namespaces);
        var gateways = new GatewayFinder(index, namespaces);
        foreach (var draft in drafts)
        {
            draft.Gateways = gateways.PassingTo(draft.Roles.Keys);
        }

        var others = drafts.SelectMany(static draft => draft.Others).Distinct().ToList();
        if (others.Count > 0)
        {
            services = services.With(index.FindServices([], others.SelectMany(static other => other.Labels.Values)), others);
        }

        var policies = new PolicyDirectory(
            index.Find("NetworkPolicy"),
            workloads
                .Select(workload => (workload.Workload, workload.LabelsWith(gossipLabel?.Name)))
                .Concat(others.Select(static other => (other, other.Labels))),
            namespaces
        );
        var users = new FileUsers(index, [.. drafts.SelectMany(static draft => draft.FileOwners).Distinct()], namespaces);
        return new ManifestGraph(index, [.. drafts.Select(draft => draft.Finish(services, policies, users))], operators);
    }

    private static List<(List<TempoWorkload> Workloads, List<TempoConfig> Configs)> Group(
        List<TempoWorkload> workloads,
        List<TempoConfig> configs,
        ServiceDirectory services,
        Namespaces namespaces
    )
    {
        var sets = new DisjointSets<object>();
        foreach (var workload in workloads)
        {
            sets.Add(workload);
            foreach (var config in workload.Containers.SelectMany(static container => container.Configs))
            {
                sets.Join(workload, config);
            }
        }

        foreach (var config in configs)
        {
            sets.Add(config);
            foreach (var ((peer, _, _), name) in config.DialledNames)
            {
                if (peer.Kind == PeerKind.GossipRing)
                {
                    sets.Join(config, $"{namespaces.Of(name, config.File.Owner)}/{name.Name}");
                }
                else if (peer.Kind == PeerKind.Component && services.Find(name, config) is { } service)
                {
                    // Outside Helm each component often has its own config; the Services that they dial connect them.
                    foreach (var workload in services.TempoBehind(service))
                    {
                        sets.Join(config, workload);
                    }
                }
            }
        }

        return
        [
            .. sets
                .Sets.Select(static set => (Workloads: set.OfType<TempoWorkload>().ToList(), Configs: set.OfType<TempoConfig>().ToList()))
                .Where(static group => !IsApart(group.Workloads, group.Configs)),
        ];
    }

    /// <summary>Helm may post-render hooks in a separate call; without their config there is nothing to check.</summary>
    private static bool IsApart(List<TempoWorkload> workloads, List<TempoConfig> configs) =>
        configs.Count == 0
        && workloads.TrueForAll(static workload => workload.Workload.Object.Annotation(KubernetesObject.HookAnnotation) is not null);

    private void FindCaches(List<Draft> drafts, Namespaces namespaces)
    {
        var services = drafts.SelectMany(static draft => draft.CacheServices).Distinct().ToList();
        if (services.Count == 0)
        {
            return;
        }

        var pods = new LabelIndex<Workload>();
        // The longest value of a selector probably has the fewest other pods.
        foreach (
            var workload in index.FindWorkloadsWithAny(
                services.Select(static service => service.Selector.Values.MaxBy(static value => value.Length)!)
            )
        )
        {
            pods.Add(workload, namespaces.Of(workload.Object), workload.Labels);
        }

        foreach (var draft in drafts)
        {
            draft.Caches =
            [
                .. draft
                    .CacheServices.SelectMany(service => pods.With(namespaces.Of(service.Object), service.Selector))
                    .DistinctBy(static workload => workload.Object),
            ];
        }
    }

    /// <summary>A release to which the objects around its Tempo pods are still being added.</summary>
    private sealed class Draft
    {
        private readonly List<TempoWorkload> _workloads;
        private readonly List<TempoConfig> _configs;
        private readonly List<DialledService> _dialled;

        public Draft(
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
            foreach (var service in workloads.SelectMany(workload => services.LeadingTo(workload.Workload)))
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
            Roles
                .Where(static role => role.Value.HasFlag(ServiceRoles.Cache) && role.Key.Selector.Count > 0)
                .Select(static role => role.Key);

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

        public Release Finish(ServiceDirectory services, PolicyDirectory policies, FileUsers users)
        {
            AddRoles(services, Caches, ServiceRoles.Cache);
            AddRoles(services, Gateways.Select(static gateway => gateway.Workload), ServiceRoles.Gateway);
            var own = _workloads.ToHashSet();
            var members = services
                .InOrder(Roles.Keys)
                .Select(service =>
                {
                    var led = services.TempoBehind(service).ToLookup(own.Contains);
                    return new ReleaseService(service, Roles[service], [.. led[true]], [.. led[false]]);
                });
            return new Release
            {
                Workloads = _workloads,
                Configs = _configs,
                Services = [.. members],
                Dialled = _dialled,
                Gateways = Gateways,
                Caches = Caches,
                FileUsers = users.Of(FileOwners),
                NetworkPolicies = policies.Selecting(_workloads.Select(static workload => workload.Workload).Concat(Others)),
            };
        }

        private void AddRoles(ServiceDirectory services, IEnumerable<Workload> workloads, ServiceRoles role)
        {
            foreach (var service in workloads.SelectMany(services.LeadingTo))
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
}
