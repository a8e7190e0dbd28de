namespace Tempo.PostRender.Graph;

/// <summary>
/// Finds the pods that objects (Services, NetworkPolicies) select. Equal selectors are matched once, and so are pods with the same
/// labels, because a stream can have thousands of both.
/// </summary>
internal sealed class SelectorIndex<T>(LabelIndex pods)
    where T : notnull
{
    private readonly Dictionary<LabelSet, Selection> _selections = [];
    private readonly Dictionary<T, Selection> _byObject = [];
    private readonly DictionaryOfLists<PodGroup, Selection> _byPods = new();

    /// <summary>The objects that select the pods of more than <see cref="Release.MaxSharing"/> releases.</summary>
    public IEnumerable<T> Shared =>
        _selections.Values.Where(static selection => selection.IsShared).SelectMany(static selection => selection.Objects);

    /// <summary>Adds an object. All pods must have been added before.</summary>
    /// <param name="ns">The namespace of the object and the pods.</param>
    public void Add(T found, string ns, LabelSelector selector)
    {
        var key = new LabelSet(ns, selector.Labels, selector.Conditions);
        if (!_selections.TryGetValue(key, out var selection))
        {
            selection = new Selection();
            _selections.Add(key, selection);
            foreach (var group in pods.With(ns, selector.Labels))
            {
                if (selector.MeetsExpressions(group.Labels))
                {
                    selection.Workloads.AddRange(group.Workloads);
                    _byPods.Add(group, selection);
                }
            }
        }

        selection.Objects.Add(found);
        _byObject[found] = selection;
    }

    /// <summary>Finds the <see cref="Shared"/> objects.</summary>
    /// <param name="releaseOf">The number of the release that a workload belongs to, or null.</param>
    public void FindShared(Func<Workload, int?> releaseOf)
    {
        foreach (var selection in _selections.Values)
        {
            selection.IsShared =
                selection.Workloads.Count > Release.MaxSharing
                && selection.Workloads.ConvertAll(workload => releaseOf(workload)).OfType<int>().Distinct().Skip(Release.MaxSharing).Any();
        }
    }

    /// <summary>The workloads whose pods an object selects.</summary>
    public List<Workload> SelectedBy(T found) => _byObject.TryGetValue(found, out var selection) ? selection.Workloads : [];

    /// <summary>The objects that select the pods of any of the workloads, without the <see cref="Shared"/> ones.</summary>
    public List<T> Selecting(List<Workload> workloads)
    {
        var selections = new HashSet<Selection>();
        foreach (var workload in workloads)
        {
            foreach (var group in pods.Of(workload))
            {
                selections.UnionWith(_byPods[group]);
            }
        }

        var found = new List<T>();
        foreach (var selection in selections)
        {
            found.AddRange(selection.IsShared ? [] : selection.Objects);
        }

        return found;
    }

    private sealed class Selection
    {
        public List<Workload> Workloads { get; } = [];

        public List<T> Objects { get; } = new(1);

        public bool IsShared { get; set; }
    }
}
