using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>
/// Finds the memberlist members that the gossip-ring Service selects by the gossip label. This is the Service that join_members
/// names, or, if the stream does not contain it, any Service whose selector has the label and otherwise matches the pods.
/// </summary>
/// <param name="services">The Services of the stream.</param>
/// <param name="namespaces">The namespaces of the objects.</param>
internal sealed class GossipLabels(List<Service> services, GossipLabel label, Namespaces namespaces)
{
    private readonly ILookup<(string Namespace, string Name), Service> _byName = services.ToLookup(service =>
        (namespaces.Of(service.Object), service.Object.Name)
    );
    private readonly ILookup<string, Service> _byLabel = services
        .FindAll(service => service.Selector.ContainsKey(label.Name))
        .ToLookup(service => namespaces.Of(service.Object));

    /// <summary>Sets the label's value on every workload.</summary>
    public void Assign(List<TempoWorkload> workloads)
    {
        foreach (var workload in workloads)
        {
            if (workload.JoinsMemberlist && !workload.Workload.Object.IgnoredRules.Contains(label.Rule))
            {
                var ring = RingsOf(workload).Find(ring => ring.Selector.ContainsKey(label.Name));
                workload.GossipLabelValue = ring?.Selector[label.Name];
            }
        }
    }

    private List<Service> RingsOf(TempoWorkload workload)
    {
        var named = new List<Service>();
        foreach (var config in workload.Containers.SelectMany(static container => container.Configs))
        {
            foreach (var member in config.Texts(TempoSettings.MemberlistJoinMembers))
            {
                if (ServiceName.Parse(member) is { } name)
                {
                    named.AddRange(_byName[(namespaces.Of(name, config.File.Owner), name.Name)]);
                }
            }
        }

        return named.Count > 0
            ? named
            : [.. _byLabel[namespaces.Of(workload.Workload.Object)].Where(service => WouldSelect(service, workload.Workload))];
    }

    private bool WouldSelect(Service service, Workload workload) =>
        service.Selects(
            new Dictionary<string, string>(workload.Labels, StringComparer.Ordinal) { [label.Name] = service.Selector[label.Name] }
        );
}
