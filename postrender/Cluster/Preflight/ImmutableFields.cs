using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>A field that Kubernetes never changes, and that differs between the manifest and the cluster.</summary>
/// <param name="Path">The field.</param>
/// <param name="Difference">How it differs, as a predicate.</param>
/// <param name="Remedy">What to do, in the imperative.</param>
internal sealed record ImmutableDifference(NodePath Path, string Difference, string Remedy);

/// <summary>
/// Compares the fields of workloads and claims that Kubernetes never changes. What an API server adds to a manifest is no difference.
/// </summary>
internal static class ImmutableFields
{
    /// <summary>The kinds that have such fields.</summary>
    public static IReadOnlyList<ApiResource> Resources { get; } =
    [ApiResource.StatefulSets, ApiResource.Deployments, ApiResource.DaemonSets, ApiResource.Jobs, ApiResource.PersistentVolumeClaims];

    /// <summary>The fields in which a manifest differs from the existing object.</summary>
    /// <param name="stated">The manifest.</param>
    /// <param name="live">The existing object.</param>
    /// <param name="ns">The namespace, for commands.</param>
    /// <param name="kubectl">The kubectl command for this cluster.</param>
    public static IEnumerable<ImmutableDifference> Differences(KubernetesObject stated, KubernetesObject live, string ns, string kubectl)
    {
        var recreate = $"{kubectl} delete {live.Kind.ToLowerInvariant()} {live.Name} -n {ns}";
        return live.Kind switch
        {
            "StatefulSet" => StatefulSet(stated, live, $"Run {recreate} --cascade=orphan, which keeps the pods and volumes, then upgrade"),
            "Job" => Job(stated, live, $"Run {recreate}, then upgrade"),
            "PersistentVolumeClaim" => Claim(stated, live),
            _ => PodSelector(stated, live, $"Run {recreate}, which deletes its pods, then upgrade; or keep the labels as they are"),
        };
    }

    private static IEnumerable<ImmutableDifference> PodSelector(KubernetesObject stated, KubernetesObject live, string remedy) =>
        Difference(
            stated,
            LabelSelector.Field,
            ObjectComparison.AreEqual(stated.Find("spec", LabelSelector.Field), live.Find("spec", LabelSelector.Field)),
            "differs from the selector in the cluster",
            remedy
        );

    private static IEnumerable<ImmutableDifference> StatefulSet(KubernetesObject stated, KubernetesObject live, string remedy)
    {
        var (wantedService, hasService) = (stated.Text("spec", "serviceName") ?? "", live.Text("spec", "serviceName") ?? "");
        var (wantedPolicy, hasPolicy) = (
            stated.Text("spec", "podManagementPolicy") ?? "OrderedReady",
            live.Text("spec", "podManagementPolicy") ?? "OrderedReady"
        );
        return PodSelector(stated, live, remedy)
            .Concat(Difference(stated, "serviceName", wantedService == hasService, Differs(wantedService, hasService), remedy))
            .Concat(Difference(stated, "podManagementPolicy", wantedPolicy == hasPolicy, Differs(wantedPolicy, hasPolicy), remedy))
            .Concat(Difference(stated, "volumeClaimTemplates", SameTemplates(stated, live), "differs from the cluster", remedy));
    }

    private static string Differs(string stated, string live) =>
        $"is {(stated.Length == 0 ? "not set" : Printable.OneLine(stated))}, but the cluster has "
        + (live.Length == 0 ? "none" : Printable.OneLine(live));

    private static bool SameTemplates(KubernetesObject stated, KubernetesObject live)
    {
        var (wanted, has) = (
            stated.Find("spec", "volumeClaimTemplates").Items().ToList(),
            live.Find("spec", "volumeClaimTemplates").Items().ToList()
        );
        return wanted.Count == has.Count && wanted.Zip(has).All(static pair => SameTemplate(pair.First, pair.Second));
    }

    /// <summary>The API server adds version, kind, status, a creation time and volumeMode.</summary>
    private static bool SameTemplate(YamlNode wanted, YamlNode has) =>
        wanted.Get("metadata").Text("name") == has.Get("metadata").Text("name")
        && ObjectComparison.AreEqual(wanted.Get("metadata").Get("labels"), has.Get("metadata").Get("labels"))
        && ObjectComparison.AreEqual(wanted.Get("metadata").Get("annotations"), has.Get("metadata").Get("annotations"))
        && SpecKeys(wanted, has).All(key => ObjectComparison.AreEqual(wanted.Get("spec").Get(key), has.Get("spec").Get(key)))
        && VolumeMode(wanted) == VolumeMode(has);

    private static IEnumerable<string> SpecKeys(params YamlNode[] claims) =>
        claims
            .Select(static claim => claim.Get("spec"))
            .OfType<MappingNode>()
            .SelectMany(static spec => spec.Entries)
            .Select(static entry => entry.Name)
            .OfType<string>()
            .Where(static key => key != "volumeMode")
            .Distinct(StringComparer.Ordinal);

    private static string VolumeMode(YamlNode claim) => claim.Get("spec").Text("volumeMode") ?? "Filesystem";

    private static IEnumerable<ImmutableDifference> Job(KubernetesObject stated, KubernetesObject live, string remedy) =>
        Difference(
                stated,
                "template",
                ObjectComparison.IsContained(stated.Find("spec", "template"), live.Find("spec", "template")),
                "differs from the cluster",
                remedy
            )
            .Concat(
                Difference(
                    stated,
                    "completionMode",
                    ObjectComparison.IsContained(stated.Find("spec", "completionMode"), live.Find("spec", "completionMode")),
                    "differs from the cluster",
                    remedy
                )
            );

    private static IEnumerable<ImmutableDifference> Claim(KubernetesObject stated, KubernetesObject live)
    {
        const string Remedy = "Keep the value of the cluster, or move the data to a claim with another name";
        foreach (
            var key in (IEnumerable<string>)
                ["accessModes", "storageClassName", LabelSelector.Field, "volumeName", "volumeMode", "dataSource", "dataSourceRef"]
        )
        {
            foreach (
                var difference in Difference(
                    stated,
                    key,
                    ObjectComparison.IsContained(stated.Find("spec", key), live.Find("spec", key)),
                    "differs from the cluster",
                    Remedy
                )
            )
            {
                yield return difference;
            }
        }

        var (wanted, has) = (
            stated.Text("spec", "resources", "requests", "storage"),
            live.Text("spec", "resources", "requests", "storage")
        );
        if (wanted is not null && has is not null && ObjectComparison.Quantity(wanted) < ObjectComparison.Quantity(has))
        {
            yield return new ImmutableDifference(
                stated.Path.Key("spec", "resources", "requests", "storage"),
                $"{Differs(wanted, has)}, and a claim cannot shrink",
                Remedy
            );
        }
    }

    private static IEnumerable<ImmutableDifference> Difference(
        KubernetesObject stated,
        string field,
        bool isSame,
        string difference,
        string remedy
    )
    {
        if (!isSame)
        {
            yield return new ImmutableDifference(stated.Path.Key("spec", field), difference, remedy);
        }
    }
}
