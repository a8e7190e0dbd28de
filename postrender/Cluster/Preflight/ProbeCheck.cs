using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>Whether kubelet, which probes the primary address of a pod, reaches the servers of a release in the cluster.</summary>
internal static class ProbeCheck
{
    /// <summary>
    /// The findings. If the primary family is the release's, the rules report servers on the other family already; if the cluster does
    /// not have the release's family, no pod of it runs.
    /// </summary>
    public static IEnumerable<Finding> Check(Release release, AddressFamily family, ClusterFamilies families) =>
        families.Serves(family) == false || families.GivesPods(family) == false
            ? []
            : from workload in release
                .Workloads.Select(static tempo => tempo.Workload)
                .Concat(release.Gateways.Select(static gateway => gateway.Workload))
                .Concat(release.Caches)
                .DistinctBy(static workload => workload.Object)
            let isOnHost = workload.Template.Find("spec").Text("hostNetwork") == "true"
            let primary = families.PrimaryOfPods(isOnHost)
            where primary != family
            from listener in ConfiguredListener.Of(workload, release)
            where listener.Family != primary
            from probe in KubeletProbe.Of(workload).Where(probe => probe.Port == listener.Port).DistinctBy(static probe => probe.Name)
            select PreflightChecks.ProbeReach.Error(
                Place.In(workload.Object, probe.Path),
                $"probes port {probe.Port}, but {listener.Stated}: nothing listens there over {primary}",
                $"kubelet probes the primary address of {(isOnHost ? "the node" : "the pod")}, which is {primary} in this cluster, so "
                    + probe.Consequence,
                listener.Remedy
            );
}
