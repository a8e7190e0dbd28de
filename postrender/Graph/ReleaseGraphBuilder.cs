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
        var services = index.Find("Service").Select(static found => new Service(found)).ToList();
        var configs = _configs.Values.OfType<TempoConfig>().Concat(orphans).ToList();
        return new ReleaseGraph([.. Group(workloads, configs, services).Select(group => Join(group, services))], [.. index.Truncated]);
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

    /// <summary>A stream may hold a Tempo config and no workload at all: a chart that ships its config apart.</summary>
    private List<TempoConfig> FindOrphanConfigs() =>
        [.. index.Find("ConfigMap", "storage", "trace", "backend").Concat(index.Find("Secret"))
            .SelectMany(ConfigFile.OpenAll)
            .Where(static file => file.Document.Text.Contains("trace", StringComparison.Ordinal) && Reads(file, mustRead: false))
            .Select(static file => new TempoConfig(file))];

    private List<(List<TempoWorkload> Workloads, List<TempoConfig> Configs)> Group(List<TempoWorkload> workloads, List<TempoConfig> configs, List<Service> services)
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
            foreach (var ring in ServiceNames(config, TempoSettings.MemberlistJoinMembers))
            {
                sets.Join(config, $"{ring.Namespace ?? NamespaceOf(config.File.Owner)}/{ring.Name}");
            }

            // One config per component is the custom outside Helm: who dials whom joins them.
            foreach (var service in services.Where(service => DialledBy(config, service) && !IsGossipRing(config, service)))
            {
                foreach (var workload in workloads.Where(workload => Leads(service, workload.Workload)))
                {
                    sets.Join(config, workload);
                }
            }
        }

        return [.. sets.Sets.Select(static set => (set.OfType<TempoWorkload>().ToList(), set.OfType<TempoConfig>().ToList()))];
    }

    private Release Join((List<TempoWorkload> Workloads, List<TempoConfig> Configs) group, List<Service> services)
    {
        var members = new List<ReleaseService>();
        var roles = services.ToDictionary(static service => service, service => RolesOf(service, group.Workloads, group.Configs));
        var caches = WorkloadsBehind(services.Where(service => roles[service].HasFlag(ServiceRoles.Cache)));
        var gateways = FindGateways([.. roles.Where(static entry => entry.Value != ServiceRoles.None).Select(static entry => entry.Key)]);
        foreach (var service in services)
        {
            var all = roles[service]
                | (caches.Any(cache => Leads(service, cache)) ? ServiceRoles.Cache : ServiceRoles.None)
                | (gateways.Any(gateway => Leads(service, gateway)) ? ServiceRoles.Gateway : ServiceRoles.None);
            if (all != ServiceRoles.None)
            {
                members.Add(new ReleaseService(service, all));
            }
        }

        return new Release(group.Workloads, group.Configs, members);
    }

    private ServiceRoles RolesOf(Service service, List<TempoWorkload> workloads, List<TempoConfig> configs)
    {
        var roles = workloads.Any(workload => Leads(service, workload.Workload)) ? ServiceRoles.FrontsTempo : ServiceRoles.None;
        foreach (var config in configs)
        {
            roles |= IsGossipRing(config, service) ? ServiceRoles.GossipRing : ServiceRoles.None;
            roles |= DialledBy(config, service) && roles != ServiceRoles.None ? ServiceRoles.DialledByTempo : ServiceRoles.None;
            roles |= CacheHosts(config).Any(host => Names(host, service, config)) ? ServiceRoles.Cache : ServiceRoles.None;
        }

        return roles;
    }

    private bool IsGossipRing(TempoConfig config, Service service) =>
        ServiceNames(config, TempoSettings.MemberlistJoinMembers).Any(name => Names(name, service, config));

    private bool DialledBy(TempoConfig config, Service service) =>
        TempoSettings.DialledAddresses.SelectMany(path => ServiceNames(config, path)).Any(name => Names(name, service, config));

    private static IEnumerable<ServiceName> ServiceNames(TempoConfig config, NodePath path) =>
        config.Texts(path).Select(ServiceName.Parse).OfType<ServiceName>();

    private static IEnumerable<ServiceName> CacheHosts(TempoConfig config) =>
        config.Find(TempoSettings.Caches).Items()
            .SelectMany(static cache => (cache.Get("memcached").Text("host") ?? cache.Get("memcached").Text("addresses") ?? "").Split(','))
            .Select(static host => ServiceName.Parse(host.Trim()))
            .OfType<ServiceName>();

    private bool Names(ServiceName name, Service service, TempoConfig config) =>
        name.Name == service.Object.Name && (name.Namespace ?? NamespaceOf(config.File.Owner)) == NamespaceOf(service.Object);

    private bool Leads(Service service, Workload workload) =>
        NamespaceOf(service.Object) == NamespaceOf(workload.Object) && service.Selects(workload.Labels);

    private List<Workload> WorkloadsBehind(IEnumerable<Service> services) =>
        [.. services.Where(static service => service.Selector.Count > 0)
            .SelectMany(service => index.FindWorkloads([.. service.Selector.Values]).Where(workload => Leads(service, workload)))
            .DistinctBy(static workload => workload.Object)];

    /// <summary>An nginx whose config passes requests on to one of the release's Services.</summary>
    private List<Workload> FindGateways(IReadOnlyList<Service> services) =>
        [.. index.FindWorkloads("nginx").Where(workload => workload.Containers.Any(container => ProxiesTo(container, services)))];

    private bool ProxiesTo(Container container, IReadOnlyList<Service> services)
    {
        var configMaps = container.Workload.Template.Find("spec").Get("volumes").Items()
            .Select(static volume => volume.Get("configMap").Text("name")).OfType<string>();
        return container.ImageName.Contains("nginx", StringComparison.Ordinal) && configMaps
            .SelectMany(name => index.Find("ConfigMap", name).Where(found => found.Name == name && NamespaceOf(found) == NamespaceOf(container.Workload.Object)))
            .SelectMany(ConfigFile.OpenAll)
            .Any(file => file.Document.Text.Contains("_pass", StringComparison.Ordinal) && services.Any(service => ContainsWord(file.Document.Text, service.Object.Name)));
    }

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
