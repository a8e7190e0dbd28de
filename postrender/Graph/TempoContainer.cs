using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>A container that runs Tempo, with the settings of its command line.</summary>
public sealed class TempoContainer
{
    private const string VersionLabel = "app.kubernetes.io/version";

    private bool? _joinsMemberlist;

    internal TempoContainer(Container container, IReadOnlyList<TempoConfig> configs, string? configProblem, TempoConfig? unread = null)
    {
        Unread = unread;
        Container = container;
        Configs = configs;
        ConfigProblem = configProblem;
        var targets =
            container.Flags.Find("target")?.Value
            ?? configs.Select(static config => config.Text(TempoSettings.Target)).FirstOrDefault(static t => t is not null);
        Targets = (targets ?? TempoTarget.All).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        StatedVersion =
            TempoVersion.Parse(container.ImageTag)
            ?? TempoVersion.Parse(container.Workload.Labels.GetValueOrDefault(VersionLabel))
            ?? TempoVersion.Parse(container.Workload.Object.Labels.GetValueOrDefault(VersionLabel));
        Version = StatedVersion ?? NewestFitting();
        Components = TempoTarget.ComponentsOf(Targets, Version);
        BindFlags = [.. container.Flags.All.Where(static flag => flag is { Name: TempoFlag.MemberlistBind, Value.Length: > 0 })];
    }

    /// <summary>A container with the settings that its process reports, which already include the flags.</summary>
    internal TempoContainer(TempoContainer stated, TempoConfig settings)
    {
        Container = stated.Container;
        Configs = [settings];
        Targets = stated.Targets;
        StatedVersion = stated.StatedVersion;
        Version = StatedVersion ?? NewestFitting();
        Components = TempoTarget.ComponentsOf(Targets, Version);
        BindFlags = [];
    }

    /// <summary>The container.</summary>
    public Container Container { get; }

    /// <summary>The configs it reads: several if the stream contains the ConfigMap more than once, none if it does not.</summary>
    public IReadOnlyList<TempoConfig> Configs { get; }

    /// <summary>The reason why the config could not be found, or null.</summary>
    public string? ConfigProblem { get; }

    /// <summary>The config, if it cannot be parsed as YAML because the values of its variables are unknown; otherwise null.</summary>
    public TempoConfig? Unread { get; }

    /// <summary>The values of <c>-target</c>, or of the config's <c>target</c>, or <c>all</c>.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The components that its targets run.</summary>
    public IReadOnlyList<string> Components { get; }

    /// <summary>
    /// The version of Tempo in the image's tag, else in the label <c>app.kubernetes.io/version</c> of the pods or of the workload; null
    /// if neither contains one.
    /// </summary>
    public TempoVersion? StatedVersion { get; }

    /// <summary>The version of Tempo; if unknown, the newest release that has the container's targets and its config's sections.</summary>
    public TempoVersion Version { get; }

    /// <summary>The bind addresses of memberlist in flags. Tempo adds them to the config's list (dskit's list flags append).</summary>
    public IReadOnlyList<ContainerFlag> BindFlags { get; }

    /// <summary>
    /// Whether the process joins memberlist: it does if one of its components uses a ring whose key-value store is memberlist. Without a
    /// config, Tempo's defaults apply.
    /// </summary>
    public bool JoinsMemberlist => _joinsMemberlist ??= ReadJoinsMemberlist();

    /// <summary>Whether the process registers its own address in a ring that other processes see.</summary>
    public bool Registers(TempoRing ring, TempoConfig config) =>
        ring.Versions.Contains(Version)
        && Targets.Any(target => !TempoRing.IsPrivate(ring.StoreOf(target, Version, config.Text)))
        && ring.Uses.Any(use => use.IsMember && Uses(use) && config.Holds(use.Condition));

    private bool ReadJoinsMemberlist() =>
        Configs.Count > 0
            ? Configs.Any(config => TempoRing.Known.Any(ring => IsGossiped(ring, config.Text, use => config.Holds(use.Condition))))
            : TempoRing.Known.Any(ring => IsGossiped(ring, static _ => null, static use => use.Condition is null));

    private bool IsGossiped(TempoRing ring, Func<Manifests.NodePath, string?> text, Func<RingUse, bool> holds) =>
        ring.Versions.Contains(Version)
        && Targets.Any(target => ring.IsGossiped(ring.StoreOf(target, Version, text), text))
        && ring.Uses.Any(use => use.OpensStore && Uses(use) && holds(use));

    private bool Uses(RingUse use) => use.Versions.Contains(Version) && Components.Contains(use.Component);

    private TempoVersion NewestFitting()
    {
        var sections = Configs
            .SelectMany(static config => (config.Root as Manifests.MappingNode)?.Entries ?? [])
            .Select(static entry => TempoSection.Find(entry.Name ?? ""))
            .OfType<TempoSection>()
            .ToList();
        return TempoVersions.Known.LastOrDefault(
            version =>
                version <= TempoVersions.NewestRelease
                && Targets.All(target => TempoTarget.Has(target, version))
                && sections.TrueForAll(section => section.Versions.Contains(version)),
            TempoVersions.NewestRelease
        );
    }
}
