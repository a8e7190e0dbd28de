namespace Tempo.PostRender.Graph;

/// <summary>An index of pods by their labels. It finds the pods that match a selector without checking every pod.</summary>
internal sealed class LabelIndex
{
    private readonly Dictionary<LabelSet, PodGroup> _groups = [];
    private readonly DictionaryOfLists<string, PodGroup> _byNamespace = new();
    private readonly DictionaryOfLists<(string Namespace, string Key, string Value), PodGroup> _byLabel = new();
    private readonly DictionaryOfLists<Workload, PodGroup> _byWorkload = new();

    /// <summary>Adds the pods of a workload. Results have the order in which workloads were added.</summary>
    public void Add(Workload workload, string ns, IReadOnlyDictionary<string, string> labels)
    {
        var key = new LabelSet(ns, labels);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new PodGroup(labels));
            _byNamespace.Add(ns, group);
            foreach (var (name, value) in labels)
            {
                _byLabel.Add((ns, name, value), group);
            }
        }

        group.Workloads.Add(workload);
        _byWorkload.Add(workload, group);
    }

    public List<PodGroup> Of(Workload workload) => _byWorkload[workload];

    /// <summary>The pods of a namespace that have all these labels; all pods if there are no labels.</summary>
    public List<PodGroup> With(string ns, IReadOnlyDictionary<string, string> labels)
    {
        var fewest = _byNamespace[ns];
        foreach (var (key, value) in labels)
        {
            var found = _byLabel[(ns, key, value)];
            fewest = found.Count < fewest.Count ? found : fewest;
        }

        return fewest.FindAll(group => group.Has(labels));
    }
}
