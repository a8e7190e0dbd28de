using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>Finds the Tempo containers of a stream, what they read, who leads to them, and which of them belong together.</summary>
internal sealed class ReleaseGraphBuilder(StreamIndex index, string? releaseNamespace)
{
    private readonly Dictionary<(KubernetesObject Owner, string Key), TempoConfig?> _configs = [];
    private string? _onlyNamespace;

    public ReleaseGraph Build()
    {
        var workloads = FindWorkloads();
        var orphans = workloads.Count == 0 ? FindOrphanConfigs() : [];
        if (workloads.Count == 0 && orphans.Count == 0)
        {
            return new ReleaseGraph([], [.. index.Truncated]);
        }

        _onlyNamespace = OnlyNamespace(workloads.Select(static workload => workload.Workload.Object).Concat(orphans.Select(static config => config.File.Owner)));
        var configs = _configs.Values.OfType<TempoConfig>().Concat(orphans).ToList();
        var services = index.FindServices(
            configs.SelectMany(PeerNames).Select(static peer => peer.Name.Name),
            workloads.SelectMany(static workload => workload.Workload.Labels.Values)).ToList();
        var byName = services.ToLookup(static service => service.Object.Name, StringComparer.Ordinal);
        return new ReleaseGraph([.. Group(workloads, configs, byName).Select(group => Join(group, workloads, services, byName))], [.. index.Truncated]);
    }

    private List<TempoWorkload> FindWorkloads()
    {
        var candidates = index.FindWorkloads("config.file").Concat(index.FindWorkloads("tempo"))
            .DistinctBy(static workload => workload.Object)
            .OrderBy(static workload => workload.Object.Document.Index);
        var workloads = new List<TempoWorkload>();
        foreach (var workload in candidates)
        {
            if (workload.Containers.Select(ReadTempo).OfType<TempoContainer>().ToList() is { Count: > 0 } containers)
            {
                workloads.Add(new TempoWorkload(workload, containers));
            }
        }

        return workloads;
    }

    /// <summary>
    /// A container runs Tempo when its image is a Tempo server's, when its config is a Tempo config, or when its target is
    /// one that no other program has. A config flag alone proves nothing: Loki and Mimir share it, and most targets.
    /// </summary>
    private TempoContainer? ReadTempo(Container container)
    {
        var configPath = container.Flags.Find("config.file")?.Value;
        var isTempoImage = TempoSettings.ServerImages.Contains(container.ImageName) && (configPath is not null || RunsServer(container));
        var hasTempoTarget = configPath is not null && (container.Flags.Find("target")?.Value ?? "").Split(',').Any(static name => TempoTarget.Find(name.Trim())?.OnlyTempo == true);
        if (configPath is null)
        {
            return isTempoImage ? new TempoContainer(container, [], "the container names no config file") : null;
        }

        var isTempo = isTempoImage || hasTempoTarget;
        var reference = ConfigReference.Resolve(container, configPath);
        var configs = reference is null ? [] : OpenConfigs(container, reference, mustRead: isTempo);
        if (!isTempo && configs.Count == 0)
        {
            return null;
        }

        var problem = configs.Count > 0 ? null
            : reference is null ? $"no ConfigMap or Secret is mounted at {Printable.OneLine(configPath)}"
            : $"{reference.Kind} {Printable.OneLine(reference.Name)} with the key {Printable.OneLine(reference.Key)} is not in the stream";
        var tempo = new TempoContainer(container, configs, problem);
        foreach (var config in configs)
        {
            config.ReadBy(tempo);
        }

        return tempo;
    }

    private static bool RunsServer(Container container) =>
        container.Node.Find("command").Items().FirstOrDefault().AsText() is not { } command || command.EndsWith("/tempo", StringComparison.Ordinal) || command == "tempo";

    private List<TempoConfig> OpenConfigs(Container container, ConfigReference reference, bool mustRead) =>
        [.. index.Find(reference.Kind, reference.Name)
            .Where(owner => owner.Name == reference.Name && MayShareNamespace(owner, container.Workload.Object))
            .Select(owner => OpenConfig(owner, reference.Key, mustRead))
            .OfType<TempoConfig>()];

    private TempoConfig? OpenConfig(KubernetesObject owner, string key, bool mustRead)
    {
        if (!_configs.TryGetValue((owner, key), out var config) || (config is null && mustRead))
        {
            config = ConfigFile.Open(owner, key) is { } file && Reads(file, mustRead) ? new TempoConfig(file) : null;
            _configs[(owner, key)] = config;
        }

        return config;
    }

    /// <summary>An object without a namespace goes where Helm puts the release, which may be anywhere.</summary>
    private static bool MayShareNamespace(KubernetesObject first, KubernetesObject second) =>
        first.Namespace is null || second.Namespace is null || first.Namespace == second.Namespace;

    private static bool Reads(ConfigFile file, bool mustRead)
    {
        try
        {
            return file.Document.Root is MappingNode && (mustRead || TempoConfig.IsTempoConfig(file));
        }
        catch (InvalidInputException) when (!mustRead)
        {
            // The config of some other program, which need not be YAML.
            return false;
        }
    }

    /// <summary>
    /// A stream may hold a Tempo config and no workload at all: a chart that ships its config apart. Only text is looked into;
    /// what base64 hides is found by the workload that mounts it.
    /// </summary>
    private List<TempoConfig> FindOrphanConfigs() =>
        [.. index.FindIfReadable("ConfigMap", "storage", "trace", "backend").Concat(index.FindIfReadable("Secret", "storage", "trace", "backend"))
            .SelectMany(ConfigFile.OpenAll)
            .Where(static file => file.Document.Text.Contains("trace", StringComparison.Ordinal) && Reads(file, mustRead: false))
            .Select(static file => new TempoConfig(file))];

    private List<(List<TempoWorkload> Workloads, List<TempoConfig> Configs)> Group(List<TempoWorkload> workloads, List<TempoConfig> configs, ILookup<string, Service> services)
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
            foreach (var (_, peer, name) in PeerNames(config))
            {
                if (peer.Kind == PeerKind.GossipRing)
                {
                    sets.Join(config, $"{NamespaceOf(name, config)}/{name.Name}");
                }
                else if (peer.Kind == PeerKind.Component && Find(name, config, services) is { } service)
                {
                    // One config per component is the custom outside Helm: who dials whom joins them.
                    foreach (var workload in workloads.Where(workload => Leads(service, workload.Workload)))
                    {
                        sets.Join(config, workload);
                    }
                }
            }
        }

        return [.. sets.Sets.Select(static set => (set.OfType<TempoWorkload>().ToList(), set.OfType<TempoConfig>().ToList()))];
    }

    private Release Join((List<TempoWorkload> Workloads, List<TempoConfig> Configs) group, List<TempoWorkload> allWorkloads, List<Service> services, ILookup<string, Service> byName)
    {
        var dialled = group.Configs
            .SelectMany(config => PeerNames(config).Select(peer => new DialledService(config, peer.Path, peer.Peer.Kind, Find(peer.Name, config, byName), peer.Name.Name)))
            .ToList();
        var roles = services.ToDictionary(static service => service, service => RolesOf(service, group.Workloads, dialled));
        var caches = WorkloadsBehind(services.Where(service => roles[service].HasFlag(ServiceRoles.Cache)));
        var gateways = FindGateways([.. roles.Where(static entry => entry.Value != ServiceRoles.None).Select(static entry => entry.Key)]);
        var members = new List<ReleaseService>();
        foreach (var service in WithServicesOf([.. caches, .. gateways.Select(static gateway => gateway.Workload)], services))
        {
            var all = roles.GetValueOrDefault(service)
                | (caches.Any(cache => Leads(service, cache)) ? ServiceRoles.Cache : ServiceRoles.None)
                | (gateways.Any(gateway => Leads(service, gateway.Workload)) ? ServiceRoles.Gateway : ServiceRoles.None);
            if (all != ServiceRoles.None)
            {
                var led = allWorkloads.Where(workload => Leads(service, workload.Workload)).ToList();
                members.Add(new ReleaseService(service, all, [.. led.Intersect(group.Workloads)], [.. led.Except(group.Workloads)]));
            }
        }

        return new Release
        {
            Workloads = group.Workloads,
            Configs = group.Configs,
            Services = members,
            Dialled = dialled,
            Gateways = gateways,
            Caches = caches,
            NetworkPolicies = FindNetworkPolicies([.. group.Workloads.Select(static workload => workload.Workload), .. gateways.Select(static gateway => gateway.Workload), .. caches]),
        };
    }

    /// <summary>The Services known so far and those that lead to what stands beside Tempo, in the order of the stream.</summary>
    private IEnumerable<Service> WithServicesOf(List<Workload> others, List<Service> services) => others.Count == 0
        ? services
        : services.Concat(index.FindServices([], others.SelectMany(static other => other.Labels.Values)))
            .DistinctBy(static service => service.Object)
            .OrderBy(static service => service.Object.Document.Index);

    private ServiceRoles RolesOf(Service service, List<TempoWorkload> workloads, List<DialledService> dialled)
    {
        var roles = workloads.Any(workload => Leads(service, workload.Workload)) ? ServiceRoles.FrontsTempo : ServiceRoles.None;
        foreach (var peer in dialled.Where(peer => peer.Service == service))
        {
            roles |= peer.Kind switch
            {
                PeerKind.GossipRing => ServiceRoles.GossipRing,
                PeerKind.Cache => ServiceRoles.Cache,
                // Whatever else leads to Tempo pods and is dialled; a Kafka or a store stays outside.
                _ => roles.HasFlag(ServiceRoles.FrontsTempo) ? ServiceRoles.DialledByTempo : ServiceRoles.None,
            };
        }

        return roles;
    }

    private static IEnumerable<(NodePath Path, TempoPeer Peer, ServiceName Name)> PeerNames(TempoConfig config) =>
        from peer in TempoPeer.Known
        from value in config.Values(peer.Pattern)
        from address in value.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let name = ServiceName.Parse(address)
        where name is not null
        select (value.Path, peer, name.Value);

    private Service? Find(ServiceName name, TempoConfig config, ILookup<string, Service> services) =>
        services[name.Name].LastOrDefault(service => NamespaceOf(service.Object) == NamespaceOf(name, config));

    private string NamespaceOf(ServiceName name, TempoConfig config) => name.Namespace ?? NamespaceOf(config.File.Owner);

    private bool Leads(Service service, Workload workload) =>
        NamespaceOf(service.Object) == NamespaceOf(workload.Object) && service.Selects(workload.Labels);

    private List<Workload> WorkloadsBehind(IEnumerable<Service> services) =>
        [.. services.Where(static service => service.Selector.Count > 0)
            .SelectMany(service => index.FindWorkloads([.. service.Selector.Values]).Where(workload => Leads(service, workload)))
            .DistinctBy(static workload => workload.Object)];

    /// <summary>An nginx whose config passes requests on to one of the release's Services.</summary>
    private List<Gateway> FindGateways(IReadOnlyList<Service> services) =>
        [.. index.FindWorkloads("nginx")
            .Where(static workload => workload.Containers.Any(static container => container.ImageName.Contains("nginx", StringComparison.Ordinal)))
            .Select(workload => new Gateway(workload, ProxyFiles(workload, services)))
            .Where(static gateway => gateway.Files.Count > 0)];

    private List<ConfigFile> ProxyFiles(Workload workload, IReadOnlyList<Service> services)
    {
        var names = workload.Template.Find("spec").Get("volumes").Items()
            .SelectMany(static volume => volume.Get("projected").Get("sources").Items().Prepend(volume))
            .Select(static source => source.Get("configMap").Text("name"))
            .OfType<string>();
        return
        [
            .. names.SelectMany(name => index.Find("ConfigMap", name).Where(found => found.Name == name && NamespaceOf(found) == NamespaceOf(workload.Object)))
                .SelectMany(ConfigFile.OpenAll)
                .Where(file => file.Document.Text.Contains("_pass", StringComparison.Ordinal)
                    && services.Any(service => ContainsWord(file.Document.Text, service.Object.Name))),
        ];
    }

    private List<KubernetesObject> FindNetworkPolicies(List<Workload> workloads) =>
        [.. index.Find("NetworkPolicy").Where(policy => workloads.Any(workload =>
            NamespaceOf(policy) == NamespaceOf(workload.Object) && LabelSelector.Matches(policy.Find("spec", "podSelector"), workload.Labels)))];

    private static bool ContainsWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var (before, after) = (at == 0 ? ' ' : text[at - 1], at + word.Length == text.Length ? ' ' : text[at + word.Length]);
            if (!IsNamePart(before) && !IsNamePart(after))
            {
                return true;
            }
        }

        return false;

        static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '-';
    }

    /// <summary>A document without a namespace is in the release's; where all others state the same one, that is it.</summary>
    private string NamespaceOf(KubernetesObject found) => found.Namespace ?? releaseNamespace ?? _onlyNamespace ?? "";

    private static string? OnlyNamespace(IEnumerable<KubernetesObject> objects)
    {
        var stated = objects.Select(static found => found.Namespace).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList();
        return stated.Count == 1 ? stated[0] : null;
    }
}
