using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What one pod can connect to.</summary>
/// <param name="Connections">The destinations, and the results of each.</param>
internal sealed record ReachabilityReport(PodReport From, IReadOnlyList<(Destination To, FamilyPair<ConnectionResult> Results)> Connections)
{
    /// <summary>Why not everything could be tested, as a predicate of the pod, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The Kafka clusters whose advertised addresses are unknown.</summary>
    public IReadOnlyList<UnknownBrokers> UnknownBrokers { get; init; } = [];

    /// <summary>Whether a probe pod on its node connected instead, which NetworkPolicies treat as another pod.</summary>
    public bool IsByProbePod { get; init; }
}

/// <summary>A Kafka whose brokers are unknown.</summary>
/// <param name="Pod">A pod that dials it.</param>
/// <param name="Setting">The setting that names it.</param>
/// <param name="Reason">Why its brokers are unknown.</param>
internal sealed record UnknownBrokers(PodReport Pod, string Setting, IReadOnlyList<string> Addresses, string Reason);
