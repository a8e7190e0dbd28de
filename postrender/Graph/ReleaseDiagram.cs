using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>What a node of a <see cref="ReleaseDiagram"/> represents.</summary>
public enum DiagramNodeKind
{
    /// <summary>A workload that runs Tempo.</summary>
    Tempo,

    /// <summary>The Service by which gossip members find each other.</summary>
    GossipRing,

    /// <summary>Any other Service.</summary>
    Service,

    /// <summary>A gateway, a cache, or something outside the release.</summary>
    Other,
}

/// <summary>A node of a diagram.</summary>
/// <param name="Reference">The object: <c>Service/tempo/tempo-querier</c>.</param>
/// <param name="Kind">What it represents.</param>
/// <param name="Lines">The lines of its text.</param>
public sealed record DiagramNode(string Reference, DiagramNodeKind Kind, IReadOnlyList<string> Lines);

/// <summary>An edge of a diagram.</summary>
/// <param name="From">The reference of the node it starts at.</param>
/// <param name="To">The reference of the node it ends at.</param>
/// <param name="Label">Its text.</param>
/// <param name="IsLookup">Whether it is a lookup of pods, not a connection.</param>
public sealed record DiagramEdge(string From, string To, string Label, bool IsLookup);

/// <summary>A diagram of a release: its workloads and Services, which Service selects which pods, and what dials what.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Edges">The edges.</param>
public sealed record ReleaseDiagram(IReadOnlyList<DiagramNode> Nodes, IReadOnlyList<DiagramEdge> Edges)
{
    /// <summary>Draws a release.</summary>
    /// <param name="release">The release.</param>
    public static ReleaseDiagram Of(Release release)
    {
        var nodes = new List<DiagramNode>();
        var edges = new List<DiagramEdge>();
        foreach (var (workload, containers) in release.Workloads)
        {
            var targets = containers.SelectMany(static container => container.Targets).Distinct(StringComparer.Ordinal);
            nodes.Add(
                new DiagramNode(workload.Object.Reference, DiagramNodeKind.Tempo, [workload.Object.Name, string.Join(", ", targets)])
            );
        }

        foreach (var other in release.Gateways.Select(static gateway => gateway.Workload).Concat(release.Caches))
        {
            nodes.Add(new DiagramNode(other.Object.Reference, DiagramNodeKind.Other, [other.Object.Name]));
        }

        foreach (var member in release.Services)
        {
            var service = member.Service;
            var isRing = member.Roles.HasFlag(ServiceRoles.GossipRing);
            var families = service.StatedFamilies.Count == 0 ? "no family stated" : string.Join(", ", service.StatedFamilies);
            nodes.Add(
                new DiagramNode(
                    service.Object.Reference,
                    isRing ? DiagramNodeKind.GossipRing : DiagramNodeKind.Service,
                    [service.Object.Name, families]
                )
            );
            edges.AddRange(
                member.Fronts.Select(workload => new DiagramEdge(
                    service.Object.Reference,
                    workload.Workload.Object.Reference,
                    service.IsHeadless ? "pods" : "",
                    IsLookup: true
                ))
            );
            edges.AddRange(
                release
                    .Gateways.Select(static gateway => gateway.Workload)
                    .Concat(release.Caches)
                    .Where(other => service.Selects(other.Labels))
                    .Select(other => new DiagramEdge(service.Object.Reference, other.Object.Reference, "", IsLookup: true))
            );
        }

        foreach (var dialled in release.Dialled)
        {
            var name = dialled.Service?.Object.Name ?? (dialled.Config.File.IsSecret ? "not shown, from a Secret" : dialled.Name);
            var to = dialled.Service?.Object.Reference ?? name;
            if (nodes.TrueForAll(node => node.Reference != to))
            {
                nodes.Add(new DiagramNode(to, DiagramNodeKind.Other, [name]));
            }

            edges.AddRange(
                release
                    .Workloads.Where(workload =>
                        workload.Containers.Any(container =>
                            container.Configs.Contains(dialled.Config) && Dials(container, workload, dialled)
                        )
                    )
                    .Select(workload => new DiagramEdge(
                        workload.Workload.Object.Reference,
                        to,
                        dialled.Kind == PeerKind.GossipRing ? "joins" : "dials",
                        IsLookup: false
                    ))
            );
        }

        return new ReleaseDiagram(nodes, [.. edges.Distinct()]);
    }

    /// <summary>All components share one config, but each dials only the addresses in its own sections.</summary>
    private static bool Dials(TempoContainer container, TempoWorkload workload, DialledService dialled) =>
        dialled.Kind == PeerKind.GossipRing
            ? workload.JoinsMemberlist
            : dialled.Path.Segments[0].Key switch
            {
                "querier" => container.Components.Contains("querier"),
                "backend_worker" => container.Components.Contains("backend-worker"),
                "ingest" => container.Components.Any(static component =>
                    component is "distributor" or "live-store" or "block-builder" or "metrics-generator"
                ),
                "cache" => container.Components.Any(static component => component is not ("distributor" or "backend-scheduler")),
                "metrics_generator" => container.Components.Contains("metrics-generator"),
                _ => true,
            };
}
