namespace Tempo.PostRender.Graph;

/// <summary>Pods of one namespace with the same labels, which no selector can tell apart.</summary>
/// <param name="labels">Their labels.</param>
internal sealed class PodGroup(IReadOnlyDictionary<string, string> labels)
{
    /// <summary>The workloads of the pods.</summary>
    public List<Workload> Workloads { get; } = [];

    /// <summary>The labels of the pods.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; } = labels;

    /// <summary>Whether the pods have all these labels.</summary>
    public bool Has(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (key, value) in labels)
        {
            if (!Labels.TryGetValue(key, out var own) || own != value)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>An index of pods by their labels, which finds those that match a selector without checking every pod.</summary>
internal sealed class LabelIndex
{
    private readonly Dictionary<string, PodGroup> _groups = new(StringComparer.Ordinal);
    private readonly DictionaryOfLists<string, PodGroup> _byNamespace = new();
    private readonly DictionaryOfLists<(string Namespace, string Key, string Value), PodGroup> _byLabel = new();
    private readonly DictionaryOfLists<Workload, PodGroup> _byWorkload = new();

    /// <summary>Adds the pods of a workload. Results have the order in which workloads were added.</summary>
    public void Add(Workload workload, string itsNamespace, IReadOnlyDictionary<string, string> labels)
    {
        var key = KeyOf(itsNamespace, labels);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new PodGroup(labels));
            _byNamespace.Add(itsNamespace, group);
            foreach (var (name, value) in labels)
            {
                _byLabel.Add((itsNamespace, name, value), group);
            }
        }

        group.Workloads.Add(workload);
        _byWorkload.Add(workload, group);
    }

    /// <summary>The pods of a workload.</summary>
    public IReadOnlyList<PodGroup> Of(Workload workload) => _byWorkload[workload];

    /// <summary>The pods of a namespace that have all these labels; all pods if there are no labels.</summary>
    public IEnumerable<PodGroup> With(string itsNamespace, IReadOnlyDictionary<string, string> labels)
    {
        var fewest = _byNamespace[itsNamespace];
        foreach (var (key, value) in labels)
        {
            var found = _byLabel[(itsNamespace, key, value)];
            fewest = found.Count < fewest.Count ? found : fewest;
        }

        return fewest.Where(group => group.Has(labels));
    }

    /// <summary>A text that is the same for the same labels in the same namespace, and only for those.</summary>
    public static string KeyOf(string itsNamespace, IReadOnlyDictionary<string, string> labels) =>
        string.Join(
            '\0',
            labels
                .OrderBy(static label => label.Key, StringComparer.Ordinal)
                .SelectMany(static label => (IEnumerable<string>)[label.Key, label.Value])
                .Prepend(itsNamespace)
        );
}
