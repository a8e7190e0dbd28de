using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>A container that runs Tempo, with what its command line says.</summary>
public sealed class TempoContainer
{
    internal TempoContainer(Container container, IReadOnlyList<TempoConfig> configs, string? configProblem)
    {
        Container = container;
        Configs = configs;
        ConfigProblem = configProblem;
        var targets = container.Flags.Find("target")?.Value ?? configs.Select(static config => config.Text(TempoSettings.Target)).FirstOrDefault(static t => t is not null);
        Targets = (targets ?? TempoTarget.All).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The container.</summary>
    public Container Container { get; }

    /// <summary>The configs it reads: one, or several where the stream holds the ConfigMap more than once. Empty where the config is not in the stream.</summary>
    public IReadOnlyList<TempoConfig> Configs { get; }

    /// <summary>Why the config could not be found, or null.</summary>
    public string? ConfigProblem { get; }

    /// <summary>The components it runs: <c>-target</c>, or the config's <c>target</c>, or <c>all</c>.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The generation that the image's tag states, or null.</summary>
    public TempoGeneration? ImageGeneration => Container.ImageTag?.TrimStart('v').Split('.')[0] switch
    {
        "2" => TempoGeneration.Two,
        "3" => TempoGeneration.Three,
        _ => null,
    };

    /// <summary>The addresses that memberlist binds to by flag. Tempo adds them to the config's list (dskit's list flags append).</summary>
    public IReadOnlyList<ContainerFlag> BindFlags => [.. Container.Flags.All.Where(static flag => flag is { Name: TempoFlag.MemberlistBind, Value.Length: > 0 })];

    /// <summary>Whether the process joins memberlist: by what it runs, and while any store that it opens is kept there.</summary>
    /// <param name="generation">The generation of Tempo.</param>
    public bool JoinsMemberlist(TempoGeneration generation) => Targets.Any(name => TempoTarget.Find(name)?.Membership(generation) switch
    {
        GossipMembership.Always => Configs.Count == 0 || Configs.Any(config => config.OpensMemberlist(name, generation)),
        GossipMembership.WithBackendWorkerRing => Configs.Any(static config => config.Text(TempoSettings.BackendWorkerStore) == TempoStore.Memberlist),
        _ => false,
    });
}
