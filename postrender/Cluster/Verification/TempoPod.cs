using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Probes;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What the Tempo pods of one revision of one workload have in common. Everything is read here, once: documents are no place for several threads.</summary>
internal sealed class PodTemplate
{
    public PodTemplate(TempoContainer container, IReadOnlyList<TempoRing> rings, RuleOptions options)
    {
        Container = container;
        Rings = EffectiveConfig.IsSingleBinary(container) ? [] : rings;
        var config = container.Configs.Count > 0 ? container.Configs[^1] : null;
        JoinsMemberlist = container.JoinsMemberlist;
        Ports = ExpectedPort.Of(container, config);
        FileFindings = config is null || options.Family is null ? null : EffectiveConfig.InFile(config, options);
        Http = TempoHttp.Of(config);
        ProbedPorts = [.. KubeletProbe.Of(container.Container.Workload).Select(static probe => probe.Port).Distinct()];
    }

    /// <summary>The container that runs Tempo.</summary>
    public TempoContainer Container { get; }

    /// <summary>The rings that are in use in the release; none where the process keeps all of them to itself.</summary>
    public IReadOnlyList<TempoRing> Rings { get; }

    /// <summary>Whether the pods join memberlist, by their command line and config file.</summary>
    public bool JoinsMemberlist { get; }

    /// <summary>The ports they must serve, by the same.</summary>
    public IReadOnlyList<ExpectedPort> Ports { get; }

    /// <summary>What the rules find in the config file; null where there is none to read, or no family to hold it to.</summary>
    public IReadOnlySet<(string Rule, string? Path)>? FileFindings { get; }

    /// <summary>The ports that kubelet's probes ask.</summary>
    public IReadOnlyList<int> ProbedPorts { get; }

    /// <summary>How their pages are reached.</summary>
    public TempoHttp Http { get; }
}

/// <summary>A pod that runs Tempo.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Template">What it shares with others.</param>
internal sealed record TempoPod(LivePod Pod, PodTemplate Template)
{
    /// <summary>The container that runs Tempo.</summary>
    public string Container => Template.Container.Container.Name;
}
