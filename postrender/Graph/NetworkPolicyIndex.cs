namespace Tempo.PostRender.Graph;

/// <summary>Finds the NetworkPolicies of the stream by the workloads that they select.</summary>
internal sealed class NetworkPolicyIndex
{
    private readonly SelectorIndex<KubernetesObject> _policies;

    public NetworkPolicyIndex(
        List<KubernetesObject> policies,
        List<TempoWorkload> workloads,
        string? gossipLabel,
        HashSet<Workload> others,
        Func<Workload, int?> releaseOf,
        Namespaces namespaces
    )
    {
        var pods = new LabelIndex();
        foreach (var workload in workloads)
        {
            pods.Add(workload.Workload, namespaces.Of(workload.Workload.Object), workload.LabelsWith(gossipLabel));
        }

        foreach (var other in others)
        {
            pods.Add(other, namespaces.Of(other.Object), other.Labels);
        }

        _policies = new SelectorIndex<KubernetesObject>(pods);
        foreach (var policy in policies)
        {
            _policies.Add(policy, namespaces.Of(policy), new LabelSelector(policy.Find("spec", "podSelector")));
        }

        _policies.FindShared(releaseOf);
    }

    /// <summary>The NetworkPolicies that select the pods of many releases.</summary>
    public IReadOnlyList<KubernetesObject> Shared => InOrder(_policies.Shared);

    /// <summary>The other NetworkPolicies that select any of the workloads, in the order of the stream.</summary>
    public IReadOnlyList<KubernetesObject> Selecting(List<Workload> workloads) => InOrder(_policies.Selecting(workloads));

    private static IReadOnlyList<KubernetesObject> InOrder(IEnumerable<KubernetesObject> policies) =>
        [.. policies.OrderBy(static policy => policy.Position)];
}
