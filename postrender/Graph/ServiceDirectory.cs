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
    private readonly DictionaryOfLists<Service, TempoWorkload> _tempoBehind = new();
    private readonly DictionaryOfLists<Workload, Service> _leadingTo = new();

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
        var pods = new LabelIndex<(Workload Workload, TempoWorkload? Tempo)>();
        foreach (var workload in tempo)
        {
            pods.Add((workload.Workload, workload), namespaces.Of(workload.Workload.Object), workload.LabelsWith(gossipLabel));
        }

        foreach (var other in others)
        {
            pods.Add((other, null), namespaces.Of(other.Object), other.Labels);
        }

        foreach (var service in services.Where(static service => service.Selector.Count > 0))
        {
            foreach (var (workload, itsTempo) in pods.With(namespaces.Of(service.Object), service.Selector))
            {
                _leadingTo.Add(workload, service);
                if (itsTempo is not null)
                {
                    _tempoBehind.Add(service, itsTempo);
                }
            }
        }
    }

    /// <summary>The Service that a config names, or null if the stream does not contain it; the last of several, as for Helm.</summary>
    public Service? Find(ServiceName name, TempoConfig config) =>
        _byName[(_namespaces.Of(name, config.File.Owner), name.Name)].LastOrDefault();

    /// <summary>The Tempo workloads that a Service selects.</summary>
    public IReadOnlyList<TempoWorkload> TempoBehind(Service service) => _tempoBehind[service];

    /// <summary>The Services that select a workload.</summary>
    public IReadOnlyList<Service> LeadingTo(Workload workload) => _leadingTo[workload];

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
