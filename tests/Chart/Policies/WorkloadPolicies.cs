using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>Workloads, and what selects or scales them.</summary>
internal static class WorkloadPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("Workloads_select_their_own_pods_and_no_others", Selectors),
        new("StatefulSets_are_governed_by_a_headless_Service_that_selects_them", GoverningServices),
        new("Budgets_policies_and_monitors_select_something", OtherSelectors),
        new("Autoscalers_scale_a_workload_that_does_not_count_by_itself", Autoscalers),
        new("Pods_that_join_memberlist_and_only_these_carry_the_gossip_label", GossipLabels),
    ];

    private static IEnumerable<string> Selectors(RenderedRelease release)
    {
        foreach (var workload in release.Workloads)
        {
            var selected = release.WithPods.Where(o => o.IsSelectedBy(workload.Spec.At("selector", "matchLabels"))).ToList();
            if (!selected.Contains(workload))
            {
                yield return $"{workload} does not select its own pods";
            }

            foreach (var other in selected.Where(other => other != workload))
            {
                yield return $"{workload} selects the pods of {other}";
            }
        }
    }

    private static IEnumerable<string> GoverningServices(RenderedRelease release)
    {
        foreach (var workload in release.OfKind("StatefulSet"))
        {
            var service = release.Find("Service", workload.Spec.At("serviceName").Text());
            if (service?.Spec.At("clusterIP").Text() != "None" || !workload.IsSelectedBy(service.Spec.At("selector")))
            {
                yield return $"{workload} has the serviceName {workload.Spec.At("serviceName").Text()}, which is no headless Service "
                    + "of its pods";
            }
        }
    }

    private static IEnumerable<string> OtherSelectors(RenderedRelease release)
    {
        foreach (var o in release.OfKind("PodDisruptionBudget").Concat(release.OfKind("NetworkPolicy")))
        {
            var labels = o.Spec.At(o.Kind == "NetworkPolicy" ? "podSelector" : "selector").At("matchLabels");
            if (labels is not JsonObject { Count: > 0 } || !release.Workloads.Any(workload => workload.IsSelectedBy(labels)))
            {
                yield return $"{o} selects nobody";
            }
        }

        foreach (var monitor in release.OfKind("ServiceMonitor"))
        {
            var scraped = release
                .Services.Where(service =>
                    monitor
                        .Spec.At("selector", "matchLabels")
                        .Entries()
                        .All(label => service.Json.At("metadata", "labels", label.Key).Text() == label.Value.Text())
                    && service.Json.At("metadata", "labels", "prometheus.io/service-monitor").Text() != "false"
                )
                .ToList();
            foreach (var workload in release.Workloads.Where(static w => w.Containers.Any(HasMetrics)))
            {
                var by = scraped.Count(service =>
                    workload.IsSelectedBy(service.Spec.At("selector"))
                    && service
                        .Spec.At("ports")
                        .Items()
                        .Any(port =>
                            monitor.Spec.At("endpoints").Items().Any(endpoint => endpoint.At("port").Text() == port.At("name").Text())
                        )
                );
                if (by != 1)
                {
                    yield return $"{monitor} scrapes {workload} through {by} Services";
                }
            }
        }
    }

    private static bool HasMetrics(JsonNode? container) =>
        container.At("ports").Items().Any(static port => port.At("name").Text() == "http-metrics");

    private static IEnumerable<string> Autoscalers(RenderedRelease release)
    {
        foreach (var scaler in release.OfKind("HorizontalPodAutoscaler").Concat(release.OfKind("ScaledObject")))
        {
            var target = scaler.Spec.At("scaleTargetRef");
            var workload = release.Find(target.At("kind").Text() ?? "", target.At("name").Text());
            if (workload is null || workload.ApiVersion != target.At("apiVersion").Text())
            {
                yield return $"{scaler} scales {target.At("kind").Text()}/{target.At("name").Text()}, which is not there";
            }
            else if (workload.Spec.At("replicas") is not null)
            {
                yield return $"{scaler} and {workload} both say how many pods there are";
            }
        }

        foreach (var workload in release.Workloads.Where(static w => w.Spec.At("replicas") is null))
        {
            if (
                !release.Objects.Any(o =>
                    o.Kind is "HorizontalPodAutoscaler" or "ScaledObject" && o.Spec.At("scaleTargetRef", "name").Text() == workload.Name
                )
            )
            {
                yield return $"{workload} has neither replicas nor an autoscaler";
            }
        }
    }

    /// <summary>
    /// Who joins memberlist, measured on Tempo 3.0.3 by the listener on the gossip port: while a ring of the process is kept there.
    /// </summary>
    private static IEnumerable<string> GossipLabels(RenderedRelease release)
    {
        if (release.Case.Breaks.Contains("TPF009"))
        {
            yield break;
        }

        bool InMemberlist(params string[] ring) =>
            (release.TempoConfig.At([.. ring, "kvstore", "store"]).Text() ?? "memberlist") == "memberlist";
        var stores = InMemberlist("live_store", "ring") || InMemberlist("live_store", "partition_ring");
        foreach (var o in release.WithPods)
        {
            var target = o
                .Containers.SelectMany(static c => c.At("args").Items())
                .Select(static arg => arg.Text()!)
                .FirstOrDefault(static arg => arg.StartsWith("-target="))
                ?["-target=".Length..];
            var joins = target switch
            {
                "distributor" => stores || InMemberlist("distributor", "ring"),
                "live-store" or "querier" or "block-builder" or "metrics-generator" => stores,
                "backend-worker" => InMemberlist("backend_worker", "ring"),
                _ => false,
            };
            var carries = o.Template.At("metadata", "labels", "tempo-gossip-member").Text() == "true";
            if (joins != carries)
            {
                yield return $"{o} {(joins ? "joins" : "does not join")} memberlist and {(carries ? "carries" : "does not carry")} "
                    + "the label";
            }
        }
    }
}
