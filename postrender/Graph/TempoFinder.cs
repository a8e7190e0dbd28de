using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Graph;

/// <summary>Finds the containers of a stream that run Tempo, and the configs they read.</summary>
internal sealed class TempoFinder(StreamIndex index, string? releaseNamespace)
{
    private readonly Dictionary<(KubernetesObject Owner, string Key), TempoConfig?> _configs = [];
    private readonly ListsByNamespace<ConfigReference, Container> _readers = new();
    private readonly ListsByNamespace<(string Kind, string Name), KubernetesObject> _owners = new();

    /// <summary>The workloads that run Tempo, and all configs, including those without a workload.</summary>
    public (List<TempoWorkload> Workloads, List<TempoConfig> Configs) Find()
    {
        var candidates = new List<Candidate>();
        var names = new DictionaryOfLists<string, string>();
        foreach (
            var workload in index
                .FindWorkloads("config.file")
                .Union(index.FindWorkloads("tempo"))
                .OrderBy(static workload => workload.Object.Position)
        )
        {
            foreach (var container in workload.Containers)
            {
                var path = container.Flags.Find("config.file")?.Value;
                var reference = path is null ? null : ConfigReference.Resolve(container, path);
                candidates.Add(new Candidate(container, path, reference));
                if (reference is not null)
                {
                    _readers.Add(reference, NamespaceOf(workload.Object), container);
                    names.Add(reference.Kind, reference.Name);
                }
            }
        }

        foreach (var kind in names.Keys)
        {
            foreach (var found in index.FindWithAny(kind, names[kind]))
            {
                _owners.Add((kind, found.Name), NamespaceOf(found), found);
            }
        }

        var containers = new DictionaryOfLists<Workload, TempoContainer>();
        foreach (var candidate in candidates)
        {
            if (ReadTempo(candidate) is { } container)
            {
                containers.Add(candidate.Container.Workload, container);
            }
        }

        List<TempoWorkload> workloads = [.. containers.Keys.Select(workload => new TempoWorkload(workload, containers[workload]))];
        return workloads.Count == 0
            ? (workloads, FindOrphanConfigs())
            : (workloads, [.. _configs.Values.OfType<TempoConfig>().Where(static config => config.Root is not null)]);
    }

    /// <summary>
    /// A container runs Tempo if it has the image of a Tempo server, a Tempo config, or a target that no other program has. A config
    /// flag alone is not enough: Loki and Mimir have the same flag, and most of the targets.
    /// </summary>
    private TempoContainer? ReadTempo(Candidate candidate)
    {
        var (container, configPath, reference) = candidate;
        if (TempoFlag.OneShot.Any(name => container.Flags.Find(name) is { } flag && flag.Value is null or "true"))
        {
            return null;
        }

        var isTempoImage = TempoSettings.ServerImages.Contains(container.ImageName) && (configPath is not null || RunsServer(container));
        var hasTempoTarget =
            configPath is not null
            && (container.Flags.Find("target")?.Value ?? "").Split(',').Any(static name => TempoTarget.IsTempoOnly(name.Trim()));
        if (configPath is null)
        {
            return isTempoImage ? new TempoContainer(container, [], "the container has no -config.file flag") : null;
        }

        var isTempo = isTempoImage || hasTempoTarget;
        var configs = reference is null ? [] : OpenConfigs(container, reference, mustRead: isTempo);
        if (!isTempo && configs.Count == 0)
        {
            return null;
        }

        var unread = configs.Find(static config => config.Root is null);
        configs = configs.FindAll(static config => config.Root is not null);
        var problem =
            configs.Count > 0 ? null
            : unread is not null
                ? $"{unread.File.Owner.Reference} cannot be parsed as YAML before its variables are expanded, and their values are unknown"
            : reference is null ? $"no ConfigMap or Secret is mounted at {Printable.OneLine(configPath)}"
            : $"{reference.Kind} {Printable.OneLine(reference.Name)} with the key {Printable.OneLine(reference.Key)} was not found";
        var tempo = new TempoContainer(container, configs, problem, configs.Count == 0 ? unread : null);
        foreach (var config in configs)
        {
            config.ReadBy(tempo);
        }

        return tempo;
    }

    private static bool RunsServer(Container container) =>
        container.Node.Find("command").Items() is not [var first, ..]
        || first.AsText() is not { } command
        || command.EndsWith("/tempo", StringComparison.Ordinal)
        || command == "tempo";

    private List<TempoConfig> OpenConfigs(Container container, ConfigReference reference, bool mustRead)
    {
        var configs = new List<TempoConfig>();
        foreach (var owner in _owners.In((reference.Kind, reference.Name), NamespaceOf(container.Workload.Object)))
        {
            if (OpenConfig(owner, reference, mustRead) is { } config)
            {
                configs.Add(config);
            }
        }

        return configs;
    }

    private TempoConfig? OpenConfig(KubernetesObject owner, ConfigReference reference, bool mustRead)
    {
        if (!_configs.TryGetValue((owner, reference.Key), out var config) || (config is null && mustRead))
        {
            var readers = _readers.In(reference, NamespaceOf(owner));
            var isExpanded = readers.Any(VariableExpansion.Expands);
            config = ConfigFile.Open(owner, reference.Key, isExpanded ? VariableForm.Instance : null) is { } file
                ? Read(file, readers, mustRead, isExpanded)
                : null;
            _configs[(owner, reference.Key)] = config;
        }

        return config;
    }

    /// <summary>The namespace of an object, or null if it sets none and the namespace of the release is unknown.</summary>
    private string? NamespaceOf(KubernetesObject found) => found.Namespace ?? releaseNamespace;

    private static TempoConfig? Read(ConfigFile file, IReadOnlyList<Container> readers, bool mustRead, bool isExpanded)
    {
        var config = new TempoConfig(file, readers);
        try
        {
            return (isExpanded && !file.IsYaml) || file.Document.Root is MappingNode
                ? mustRead || config.IsTempoConfig
                    ? config
                    : null
                : null;
        }
        catch (InvalidInputException) when (!mustRead)
        {
            // The config of another program, which need not be YAML.
            return null;
        }
    }

    /// <summary>
    /// A stream may contain a Tempo config but no workload, for example if a chart ships its config separately. This search reads plain
    /// text only; a base64 config is found through the workload that mounts it.
    /// </summary>
    private List<TempoConfig> FindOrphanConfigs() =>
        [
            .. index
                .FindIfReadable("ConfigMap", "storage", "trace", "backend")
                .Concat(index.FindIfReadable("Secret", "storage", "trace", "backend"))
                .SelectMany(static owner => ConfigFile.OpenAll(owner, VariableForm.Instance))
                .Where(static file => file.Document.Text.Contains("trace", StringComparison.Ordinal))
                .Select(static file => Read(file, [], mustRead: false, isExpanded: false))
                .OfType<TempoConfig>(),
        ];

    /// <summary>A container that possibly runs Tempo.</summary>
    /// <param name="ConfigPath">The file in its config flag, or null.</param>
    /// <param name="Reference">The ConfigMap or Secret that is mounted there, or null.</param>
    private sealed record Candidate(Container Container, string? ConfigPath, ConfigReference? Reference);
}
