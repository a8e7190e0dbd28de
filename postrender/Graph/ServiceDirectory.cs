namespace Tempo.PostRender.Graph;

/// <summary>The Services that are relevant to the Tempo releases of a stream, by name and by the workloads that they select.</summary>
internal sealed class ServiceDirectory
{
    private readonly Namespaces _namespaces;
    private readonly IReadOnlyList<TempoWorkload> _tempo;
    private readonly string? _gossipLabel;
    private readonly List<Service> _services;
    private readonly Dictionary<Service, int> _positions;
    private readonly ILookup<(string Namespace, string Name), Service> _byName;
    private readonly Dictionary<Workload, TempoWorkload> _tempoOf;
    private readonly SelectorIndex<Service> _selectors;

    public ServiceDirectory(IEnumerable<Service> services, IReadOnlyList<TempoWorkload> tempo, string? gossipLabel, Namespaces namespaces)
        : this([.. services], tempo, [], gossipLabel, namespaces) { }

    private ServiceDirectory(
        List<Service> services,
        IReadOnlyList<TempoWorkload> tempo,
        IEnumerable<Workload> others,
        string? gossipLabel,
        Namespaces namespaces
    )
    {
        (_services, _tempo, _gossipLabel, _namespaces) = (services, tempo, gossipLabel, namespaces);
        _positions = services
            .Select(static (service, position) => (service, position))
            .ToDictionary(static entry => entry.service, static entry => entry.position);
        _byName = services.ToLookup(service => (namespaces.Of(service.Object), service.Object.Name));
        _tempoOf = tempo.ToDictionary(static workload => workload.Workload);
        var pods = new LabelIndex();
        foreach (var workload in tempo)
        {
            pods.Add(workload.Workload, namespaces.Of(workload.Workload.Object), workload.LabelsWith(gossipLabel));
        }

        foreach (var other in others)
        {
            pods.Add(other, namespaces.Of(other.Object), other.Labels);
        }

        _selectors = new SelectorIndex<Service>(pods);
        foreach (var service in services.Where(static service => service.Selector.Count > 0))
        {
            _selectors.Add(service, namespaces.Of(service.Object), service.Selector, expression: "", static _ => true);
        }
    }

    /// <summary>The Services that select the Tempo pods of many releases, in the order of the stream.</summary>
    public IReadOnlyList<Service> Shared => [.. InOrder(_selectors.Shared)];

    /// <summary>Finds the Services that select the Tempo pods of many releases.</summary>
    /// <param name="releaseOf">The number of the release that a workload belongs to, or null.</param>
    public void FindShared(Func<Workload, int?> releaseOf) => _selectors.FindShared(releaseOf);

    /// <summary>The Service that a config names, or null if the stream does not contain it; the last of several, as for Helm.</summary>
    public Service? Find(ServiceName name, TempoConfig config) =>
        _byName[(_namespaces.Of(name, config.File.Owner), name.Name)].LastOrDefault();

    /// <summary>The Tempo workloads that a Service selects.</summary>
    public IEnumerable<TempoWorkload> TempoBehind(Service service) =>
        _selectors.SelectedBy(service).Where(_tempoOf.ContainsKey).Select(workload => _tempoOf[workload]);

    /// <summary>The Services that select any of the workloads, but no workloads of many releases.</summary>
    public IEnumerable<Service> LeadingTo(IEnumerable<Workload> workloads) => _selectors.Selecting(workloads);

    /// <summary>Services in the order of the stream.</summary>
    public IEnumerable<Service> InOrder(IEnumerable<Service> services) => services.OrderBy(service => _positions[service]);

    /// <summary>The same, plus the Services that select caches and gateways.</summary>
    public ServiceDirectory With(IEnumerable<Service> services, IEnumerable<Workload> others) =>
        new(
            [.. _services.Concat(services).DistinctBy(static service => service.Object).OrderBy(static service => service.Object.Position)],
            _tempo,
            others,
            _gossipLabel,
            _namespaces
        );
}
