namespace Tempo.PostRender.Graph;

/// <summary>Finds the NetworkPolicies of the stream by the workloads that they select.</summary>
internal sealed class PolicyDirectory
{
    private readonly DictionaryOfLists<Workload, KubernetesObject> _bySelected = new();

    public PolicyDirectory(
        IEnumerable<KubernetesObject> policies,
        IEnumerable<(Workload Workload, IReadOnlyDictionary<string, string> Labels)> workloads,
        Namespaces namespaces
    )
    {
        var pods = new LabelIndex<(Workload Workload, IReadOnlyDictionary<string, string> Labels)>();
        foreach (var pod in workloads)
        {
            pods.Add(pod, namespaces.Of(pod.Workload.Object), pod.Labels);
        }

        foreach (var policy in policies)
        {
            var selector = policy.Find("spec", "podSelector");
            foreach (
                var (workload, _) in pods.With(namespaces.Of(policy), selector.Get("matchLabels").TextMap())
                    .Where(pod => LabelSelector.Matches(selector, pod.Labels))
            )
            {
                _bySelected.Add(workload, policy);
            }
        }
    }

    /// <summary>The NetworkPolicies that select any of the workloads, in the order of the stream.</summary>
    public IReadOnlyList<KubernetesObject> Selecting(IEnumerable<Workload> workloads) =>
        [.. workloads.SelectMany(workload => _bySelected[workload]).Distinct().OrderBy(static policy => policy.Position)];
}
