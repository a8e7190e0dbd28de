using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>A part of an object that Kubernetes never changes, and that the stream states otherwise.</summary>
/// <param name="Path">The field.</param>
/// <param name="Difference">How it differs, as a predicate.</param>
/// <param name="Remedy">What to do, in the imperative.</param>
internal sealed record ImmutableDifference(NodePath Path, string Difference, string Remedy);

/// <summary>What Kubernetes never changes in workloads and claims. What an API server adds to a manifest is no difference.</summary>
internal static class ImmutableFields
{
    /// <summary>The kinds with such fields, and where they are read.</summary>
    public static IReadOnlyList<ApiResource> Resources { get; } =
    [ApiResource.StatefulSets, ApiResource.Deployments, ApiResource.DaemonSets, ApiResource.Jobs, ApiResource.PersistentVolumeClaims];

    /// <summary>Where an object of the stream differs from the one that exists.</summary>
    /// <param name="stated">The object of the stream.</param>
    /// <param name="live">The object of the cluster.</param>
    /// <param name="ns">The namespace, for commands.</param>
    /// <param name="kubectl">How kubectl is called.</param>
    public static IEnumerable<ImmutableDifference> Differences(KubernetesObject stated, KubernetesObject live, string ns, string kubectl)
    {
        var recreate = $"{kubectl} delete {live.Kind.ToLowerInvariant()} {live.Name} -n {ns}";
        return live.Kind switch
        {
            "StatefulSet" => StatefulSet(stated, live, $"Run {recreate} --cascade=orphan, which leaves pods and volumes, then upgrade"),
            "Job" => Job(stated, live, $"Run {recreate}, then upgrade"),
            "PersistentVolumeClaim" => Claim(stated, live),
            _ => PodSelector(stated, live, $"Run {recreate}, which ends its pods, then upgrade; or keep the labels as they are"),
        };
    }

    private static IEnumerable<ImmutableDifference> PodSelector(KubernetesObject stated, KubernetesObject live, string remedy) =>
        Difference(
            stated,
            LabelSelector.Field,
            ObjectComparison.AreEqual(stated.Find("spec", LabelSelector.Field), live.Find("spec", LabelSelector.Field)),
            "leads to other pods than that of the cluster",
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
            .Concat(
                Difference(
                    stated,
                    "serviceName",
                    wantedService == hasService,
                    $"is {Printable.OneLine(wantedService)}, the cluster has {Printable.OneLine(hasService)}",
                    remedy
                )
            )
            .Concat(
                Difference(
                    stated,
                    "podManagementPolicy",
                    wantedPolicy == hasPolicy,
                    $"is {Printable.OneLine(wantedPolicy)}, the cluster has {Printable.OneLine(hasPolicy)}",
                    remedy
                )
            )
            .Concat(Difference(stated, "volumeClaimTemplates", SameTemplates(stated, live), "is not what the cluster has", remedy));
    }

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
                "is not what the cluster has",
                remedy
            )
            .Concat(
                Difference(
                    stated,
                    "completionMode",
                    ObjectComparison.IsContained(stated.Find("spec", "completionMode"), live.Find("spec", "completionMode")),
                    "is not what the cluster has",
                    remedy
                )
            );

    private static IEnumerable<ImmutableDifference> Claim(KubernetesObject stated, KubernetesObject live)
    {
        const string Remedy = "Keep it as it is, or move the data to a claim of another name";
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
                    "is not what the cluster has",
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
                $"is {Printable.OneLine(wanted)}, the cluster has {Printable.OneLine(has)}, and a claim never shrinks",
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
