namespace Tempo.PostRender.Graph;

/// <summary>The Services that are relevant to the Tempo releases of a stream, by name and by the workloads that they select.</summary>
internal sealed class ServiceIndex
{
    private readonly Namespaces _namespaces;
    private readonly List<TempoWorkload> _tempo;
    private readonly string? _gossipLabel;
    private readonly List<Service> _services;
    private readonly Dictionary<Service, int> _positions = [];
    private readonly ILookup<(string Namespace, string Name), Service> _byName;
    private readonly Dictionary<Workload, TempoWorkload> _tempoOf;
    private readonly SelectorIndex<Service> _selectors;
    private readonly Dictionary<List<Workload>, SelectedWorkloads> _selected = [];

    public ServiceIndex(List<Service> services, List<TempoWorkload> tempo, string? gossipLabel, Namespaces namespaces)
        : this(services, tempo, [], gossipLabel, namespaces) { }

    private ServiceIndex(
        List<Service> services,
        List<TempoWorkload> tempo,
        HashSet<Workload> others,
        string? gossipLabel,
        Namespaces namespaces
    )
    {
        (_services, _tempo, _gossipLabel, _namespaces) = (services, tempo, gossipLabel, namespaces);
        services.ForEach(service => _positions.Add(service, _positions.Count));
        _byName = services.ToLookup(service => (namespaces.Of(service.Object), service.Object.Name));
        _tempoOf = tempo.ToDictionary(static workload => workload.Workload);
        var pods = new LabelIndex();
        foreach (var workload in tempo)
        {
            pods.Add(workload.Workload, namespaces.Of(workload.Workload.Object), workload.LabelsWith(gossipLabel));
        }

        // A cache or a gateway that runs Tempo too has been added above.
        foreach (var other in others)
        {
            if (!_tempoOf.ContainsKey(other))
            {
                pods.Add(other, namespaces.Of(other.Object), other.Labels);
            }
        }

        _selectors = new SelectorIndex<Service>(pods);
        foreach (var service in services.FindAll(static service => service.HasSelector))
        {
            _selectors.Add(service, namespaces.Of(service.Object), new LabelSelector(service.Selector));
        }
    }

    /// <summary>The Services that select the Tempo pods of many releases, in the order of the stream.</summary>
    public List<Service> Shared => InOrder(_selectors.Shared);

    /// <summary>Finds the Services that select the Tempo pods of many releases.</summary>
    /// <param name="releaseOf">The number of the release that a workload belongs to, or null.</param>
    public void FindShared(Func<Workload, int?> releaseOf) => _selectors.FindShared(releaseOf);

    /// <summary>
    /// The Service that a config names, or null if the stream does not contain it. Of several, the last one, as in Helm.
    /// </summary>
    public Service? Find(ServiceName name, TempoConfig config) =>
        _byName[(_namespaces.Of(name, config.File.Owner), name.Name)].LastOrDefault();

    /// <summary>The Tempo workloads that a Service selects.</summary>
    public SelectedWorkloads TempoBehind(Service service)
    {
        var workloads = _selectors.SelectedBy(service);
        if (workloads.Count == 0)
        {
            return SelectedWorkloads.None;
        }

        // Services with equal selectors have one list.
        if (!_selected.TryGetValue(workloads, out var selected))
        {
            var tempo = new List<TempoWorkload>();
            foreach (var workload in workloads)
            {
                if (_tempoOf.TryGetValue(workload, out var found))
                {
                    tempo.Add(found);
                }
            }

            _selected.Add(workloads, selected = new SelectedWorkloads(tempo));
        }

        return selected;
    }

    /// <summary>The Services that select any of the workloads, except those in <see cref="Shared"/>.</summary>
    public List<Service> LeadingTo(List<Workload> workloads) => _selectors.Selecting(workloads);

    /// <summary>Services in the order of the stream.</summary>
    public List<Service> InOrder(IEnumerable<Service> services) => [.. services.OrderBy(service => _positions[service])];

    /// <summary>This directory, plus the Services that select caches and gateways.</summary>
    public ServiceIndex With(List<Service> services, HashSet<Workload> others) =>
        new(
            [.. _services.UnionBy(services, static service => service.Object).OrderBy(static service => service.Object.Position)],
            _tempo,
            others,
            _gossipLabel,
            _namespaces
        );
}
