using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What was read from one pod.</summary>
internal sealed record PodReport(ReleasePod Subject)
{
    public LivePod Pod => Subject.Pod;

    /// <summary>What the pod shares with others.</summary>
    public PodTemplate Template => Subject.Template;

    public IReadOnlyList<string> Runs => Template.Runs;

    /// <summary>Whether it runs Tempo.</summary>
    public bool IsTempo => Template.Tempo is not null;

    /// <summary>What could not be checked, as predicates of the pod, with the reasons.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>
    /// Whether <c>/ready</c> of a Tempo pod answers 200, or whether another pod is ready according to kubelet; null if unknown.
    /// </summary>
    public bool? IsReady { get; init; }

    /// <summary>Why it is not ready, or null.</summary>
    public string? NotReady { get; init; }

    /// <summary>Whether the effective settings were read.</summary>
    public bool HasConfig { get; init; }

    /// <summary>What the rules found in the effective settings.</summary>
    public IReadOnlyList<Finding> ConfigFindings { get; init; } = [];

    /// <summary>Whether it joins memberlist, according to its effective settings if they were read.</summary>
    public bool JoinsMemberlist { get; init; }

    /// <summary>The ports that it must serve, according to the same settings.</summary>
    public IReadOnlyList<ExpectedPort> Ports { get; init; } = [];

    /// <summary>The members of memberlist that it sees; null if it was not asked, or does not use memberlist.</summary>
    public MemberView? Gossip { get; init; }

    /// <summary>The instances in the rings that it shows, by component.</summary>
    public IReadOnlyDictionary<string, MemberView> Rings { get; init; } = new Dictionary<string, MemberView>();

    /// <summary>What it dials according to its effective settings; empty if they were not read.</summary>
    public IReadOnlyList<Destination> Dials { get; init; } = [];

    /// <summary>Its receivers, by its effective settings; empty if they were not read, or if it has none.</summary>
    public IReadOnlyList<OpenReceiver> Receivers { get; init; } = [];

    /// <summary>Whether it serves several tenants, by its effective settings.</summary>
    public bool IsMultitenant { get; init; }

    /// <summary>Its listeners; null if they were not listed.</summary>
    public IReadOnlyList<Listener>? Listeners { get; init; }

    /// <summary>The results of a probe pod's connections to its ports, by port; null if that was not tested.</summary>
    public IReadOnlyDictionary<int, FamilyPair<ConnectionResult>>? Connections { get; init; }
}
