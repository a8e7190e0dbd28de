using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What was seen of one pod.</summary>
/// <param name="Subject">The pod.</param>
internal sealed record PodReport(ReleasePod Subject)
{
    /// <summary>The pod.</summary>
    public LivePod Pod => Subject.Pod;

    /// <summary>What it runs.</summary>
    public IReadOnlyList<string> Runs => Subject.Template.Runs;

    /// <summary>Whether it runs Tempo.</summary>
    public bool IsTempo => Subject.Template.Tempo is not null;

    /// <summary>What could not be looked into, as predicates of the pod, with the reasons. Empty where all could.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>
    /// Whether <c>/ready</c> of Tempo answers 200, or whether kubelet says of another pod that it is ready; null where neither was
    /// asked.
    /// </summary>
    public bool? IsReady { get; init; }

    /// <summary>What is said where it is not.</summary>
    public string? NotReady { get; init; }

    /// <summary>Whether the effective settings were read.</summary>
    public bool HasConfig { get; init; }

    /// <summary>What the rules find in them.</summary>
    public IReadOnlyList<Finding> ConfigFindings { get; init; } = [];

    /// <summary>Whether it joins memberlist, by its effective settings where they were read.</summary>
    public bool JoinsMemberlist { get; init; }

    /// <summary>The ports it must serve, by the same.</summary>
    public IReadOnlyList<ExpectedPort> Ports { get; init; } = [];

    /// <summary>The members of memberlist it sees; null where it was not asked or does not use memberlist.</summary>
    public MemberView? Gossip { get; init; }

    /// <summary>The instances of the rings it shows, by the ring's component.</summary>
    public IReadOnlyDictionary<string, MemberView> Rings { get; init; } = new Dictionary<string, MemberView>();

    /// <summary>What it dials by its effective settings; empty where they were not read.</summary>
    public IReadOnlyList<Destination> Dials { get; init; } = [];

    /// <summary>Its receivers, by its effective settings; empty where they were not read, or where it takes no spans.</summary>
    public IReadOnlyList<OpenReceiver> Receivers { get; init; } = [];

    /// <summary>Whether it serves several tenants, by its effective settings.</summary>
    public bool IsMultitenant { get; init; }

    /// <summary>Whether a proxy stands between it and what is outside the release.</summary>
    public bool HasProxy => Subject.Template.HasProxy;

    /// <summary>Its listeners; null where they were not listed.</summary>
    public IReadOnlyList<Listener>? Listeners { get; init; }

    /// <summary>What came of connecting to its ports from a probe pod, by port; null where that was not tried.</summary>
    public IReadOnlyDictionary<int, Attempts>? Connected { get; init; }
}
