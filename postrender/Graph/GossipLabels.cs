using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>
/// Finds the memberlist members that the gossip-ring Service selects by the gossip label. This is the Service that join_members
/// names, or, if the stream does not contain it, any Service whose selector has the label and otherwise matches the pods.
/// </summary>
/// <param name="services">The Services of the stream.</param>
/// <param name="label">The label.</param>
/// <param name="namespaces">The namespaces of the objects.</param>
internal sealed class GossipLabels(IEnumerable<Service> services, GossipLabel label, Namespaces namespaces)
{
    private readonly ILookup<(string Namespace, string Name), Service> _byName = services.ToLookup(service =>
        (namespaces.Of(service.Object), service.Object.Name)
    );
    private readonly ILookup<string, Service> _byLabel = services
        .Where(service => service.Selector.ContainsKey(label.Name))
        .ToLookup(service => namespaces.Of(service.Object));

    /// <summary>Sets the label's value on every workload.</summary>
    public void Assign(IEnumerable<TempoWorkload> workloads)
    {
        foreach (
            var workload in workloads.Where(workload =>
                workload.JoinsMemberlist && !workload.Workload.Object.IgnoredRules.Contains(label.Rule)
            )
        )
        {
            var named = workload.Containers.SelectMany(static container => container.Configs).SelectMany(NamedBy).ToList();
            var rings =
                named.Count > 0
                    ? named
                    : _byLabel[namespaces.Of(workload.Workload.Object)].Where(service => WouldSelect(service, workload.Workload));
            workload.GossipLabelValue = rings
                .Select(ring => ring.Selector.GetValueOrDefault(label.Name))
                .FirstOrDefault(static value => value is not null);
        }
    }

    private IEnumerable<Service> NamedBy(TempoConfig config) =>
        from name in config.Texts(TempoSettings.MemberlistJoinMembers).Select(ServiceName.Parse)
        where name is not null
        from service in _byName[(namespaces.Of(name.Value, config.File.Owner), name.Value.Name)]
        select service;

    private bool WouldSelect(Service service, Workload workload) =>
        service.Selects(
            new Dictionary<string, string>(workload.Labels, StringComparer.Ordinal) { [label.Name] = service.Selector[label.Name] }
        );
}
