using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Probes;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>Whether kubelet, which probes the primary address of a pod, reaches the servers of a release in this cluster.</summary>
internal static class ProbeCheck
{
    /// <summary>
    /// The findings. Where the primary family is that of the release, the rules speak of servers on the other one; where the cluster
    /// lacks the release's family, nothing of it runs anyway.
    /// </summary>
    /// <param name="release">The release.</param>
    /// <param name="family">Its family.</param>
    /// <param name="families">What the cluster has.</param>
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
            from listener in StatedListener.Of(workload, release)
            where listener.Family != primary
            from probe in KubeletProbe.Of(workload).Where(probe => probe.Port == listener.Port).DistinctBy(static probe => probe.Name)
            let place = Place.In(workload.Object, probe.Path)
            select new Finding
            {
                Rule = PreflightChecks.ProbeReach,
                Level = place.IgnoredRules.Contains(PreflightChecks.ProbeReach.Id) ? FindingLevel.Ignored : FindingLevel.Error,
                Place = place,
                Found = $"asks port {probe.Port}, and {listener.Stated}: nothing answers there over {primary}",
                Why =
                    $"kubelet probes {(isOnHost ? "the node's" : "a pod's")} primary address, which is {primary} in this cluster, "
                    + $"so that {probe.Consequence}",
                Remedy = listener.Remedy,
            };
}
