using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// What the pods of one revision of a workload have in common. All of it is read once, here, because documents cannot be read by several
/// threads.
/// </summary>
internal sealed class PodTemplate
{
    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];

    private PodTemplate(Container main, IReadOnlyList<string> runs, IReadOnlyList<ExpectedPort> ports)
    {
        Workload = main.Workload;
        Cloud = CloudEnvironment.Of(main);
        Container = main.Name;
        Runs = runs;
        Ports = ports;
        HasProxy = Proxies.Any(name => main.Environment(name) is not null);
        ProbedPorts = [.. KubeletProbe.Of(Workload).Select(static probe => probe.Port).Distinct()];
    }

    /// <summary>One of the pods, as the graph has it.</summary>
    public Workload Workload { get; }

    /// <summary>Where cloud libraries get credentials.</summary>
    public CloudEnvironment Cloud { get; }

    /// <summary>The container that is checked.</summary>
    public string Container { get; }

    /// <summary>What it runs: Tempo's targets, or the name of the image.</summary>
    public IReadOnlyList<string> Runs { get; }

    /// <summary>The container as one that runs Tempo; null for a gateway or a cache.</summary>
    public TempoContainer? Tempo { get; private init; }

    /// <summary>The rings that the release uses; empty for a process that shares no ring.</summary>
    public IReadOnlyList<TempoRing> Rings { get; private init; } = [];

    /// <summary>Whether the pods join memberlist, according to their flags and config file.</summary>
    public bool JoinsMemberlist { get; private init; }

    /// <summary>The ports they must serve.</summary>
    public IReadOnlyList<ExpectedPort> Ports { get; }

    /// <summary>What the rules find in the config file; null if the file or the family is unknown.</summary>
    public IReadOnlySet<(string Rule, string? Path)>? FileFindings { get; private init; }

    /// <summary>The ports that kubelet probes.</summary>
    public IReadOnlyList<int> ProbedPorts { get; }

    /// <summary>Whether it has a proxy in its environment.</summary>
    public bool HasProxy { get; }

    /// <summary>How Tempo's pages are reached; null for pods that do not run Tempo.</summary>
    public TempoHttp? Http { get; private init; }

    /// <summary>Pods that run Tempo. The ports that they must serve follow from their targets and their config.</summary>
    public static PodTemplate OfTempo(TempoContainer container, IReadOnlyList<TempoRing> rings, RuleOptions options)
    {
        var config = container.Configs.Count > 0 ? container.Configs[^1] : null;
        return new PodTemplate(container.Container, container.Targets, ExpectedPort.Of(container, config))
        {
            Tempo = container,
            Rings = EffectiveConfig.IsSingleBinary(container) ? [] : rings,
            JoinsMemberlist = container.JoinsMemberlist,
            FileFindings = config is null || options.Family is null ? null : EffectiveConfig.InFile(config, options),
            Http = TempoHttp.Of(config),
        };
    }

    /// <summary>
    /// Pods of the release that run another program, such as a gateway or a cache. They must serve the ports behind Services, or without
    /// a Service the ports that their container states.
    /// </summary>
    /// <param name="services">The Services that may select the pods.</param>
    public static PodTemplate OfOther(Container main, IEnumerable<Service> services) =>
        new(
            main,
            [main.ImageName],
            ExpectedPort.Behind(services, main.Workload) is { Count: > 0 } behind ? behind : ExpectedPort.StatedBy(main)
        );
}

/// <summary>A pod of a release.</summary>
/// <param name="Template">What it shares with others.</param>
internal sealed record ReleasePod(LivePod Pod, PodTemplate Template)
{
    /// <summary>The container that is checked.</summary>
    public string Container => Template.Container;
}
