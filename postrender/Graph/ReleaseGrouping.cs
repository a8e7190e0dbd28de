using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>Groups Tempo workloads and configs into releases: a config, a gossip ring or a dialled Service connects them.</summary>
internal static class ReleaseGrouping
{
    /// <summary>The releases, in the order of the stream.</summary>
    public static List<(List<TempoWorkload> Workloads, List<TempoConfig> Configs)> Of(
        List<TempoWorkload> workloads,
        List<TempoConfig> configs,
        ServiceIndex services,
        Namespaces namespaces
    )
    {
        var sets = new DisjointSets<object>();
        var joined = new HashSet<Service>();
        foreach (var workload in workloads)
        {
            sets.Add(workload);
            foreach (var container in workload.Containers)
            {
                foreach (var config in container.Configs)
                {
                    sets.Join(workload, config);
                }
            }
        }

        foreach (var config in configs)
        {
            sets.Add(config);
            foreach (var ((peer, _, _), name) in config.DialledNames)
            {
                if (peer.Kind == PeerKind.GossipRing)
                {
                    sets.Join(config, $"{namespaces.Of(name, config.File.Owner)}/{name.Name}");
                }
                else if (peer.Kind == PeerKind.Component && services.Find(name, config) is { } service)
                {
                    // Without Helm, each component often has its own config, and only the Services that they dial connect them.
                    foreach (var workload in joined.Add(service) ? services.TempoBehind(service).InOrder : [])
                    {
                        sets.Join(service, workload);
                    }

                    if (services.TempoBehind(service).Count > 0)
                    {
                        sets.Join(config, service);
                    }
                }
            }
        }

        var releases = sets.Sets.ConvertAll(static set =>
            (Workloads: set.OfType<TempoWorkload>().ToList(), Configs: set.OfType<TempoConfig>().ToList())
        );
        releases.RemoveAll(static group => AreHooksAlone(group.Workloads, group.Configs));
        return releases;
    }

    /// <summary>Whether these are hooks alone: Helm may post-render hooks in a separate call, without their config.</summary>
    private static bool AreHooksAlone(List<TempoWorkload> workloads, List<TempoConfig> configs) =>
        configs.Count == 0
        && workloads.TrueForAll(static workload => workload.Workload.Object.Annotation(KubernetesObject.HookAnnotation) is not null);
}
