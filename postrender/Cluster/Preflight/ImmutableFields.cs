using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>A field that Kubernetes never changes, and that differs between the manifest and the cluster.</summary>
/// <param name="Path">The field.</param>
/// <param name="Difference">How it differs, as a predicate.</param>
/// <param name="Remedy">What to do, in the imperative.</param>
internal sealed record ImmutableDifference(NodePath Path, string Difference, string Remedy);

/// <summary>A field that Kubernetes never changes. What an API server adds to a manifest is no difference.</summary>
/// <param name="Path">The field.</param>
/// <param name="Compare">How a manifest differs from the existing object, as a predicate, or null if it does not.</param>
internal sealed record ImmutableField(NodePath Path, Func<KubernetesObject, KubernetesObject, string?> Compare);

/// <summary>The fields of workloads and claims that Kubernetes never changes.</summary>
internal static class ImmutableFields
{
    private static readonly ImmutableField Selector = new(
        NodePath.Of("spec", LabelSelector.Field),
        static (stated, live) =>
            ObjectComparison.AreEqual(stated.Find("spec", LabelSelector.Field), live.Find("spec", LabelSelector.Field))
                ? null
                : "differs from the selector in the cluster"
    );

    private static readonly ImmutableField[] OfStatefulSet =
    [
        Selector,
        Text("serviceName", ""),
        Text("podManagementPolicy", "OrderedReady"),
        new(NodePath.Of("spec", "volumeClaimTemplates"), static (stated, live) => DiffersUnless(SameTemplates(stated, live))),
    ];

    private static readonly ImmutableField[] OfJob = [Contained("template"), Contained("completionMode")];

    private static readonly ImmutableField[] OfClaim =
    [
        .. (
            (IEnumerable<string>)
                ["accessModes", "storageClassName", LabelSelector.Field, "volumeName", "volumeMode", "dataSource", "dataSourceRef"]
        ).Select(Contained),
        new(NodePath.Of("spec", "resources", "requests", "storage"), Shrinks),
    ];

    /// <summary>The kinds that have such fields.</summary>
    public static IReadOnlyList<ApiResource> Resources { get; } =
    [ApiResource.StatefulSets, ApiResource.Deployments, ApiResource.DaemonSets, ApiResource.Jobs, ApiResource.PersistentVolumeClaims];

    /// <summary>The fields in which a manifest differs from the existing object.</summary>
    /// <param name="ns">The namespace, for commands.</param>
    public static IEnumerable<ImmutableDifference> Differences(KubernetesObject stated, KubernetesObject live, string ns, string kubectl)
    {
        var delete = $"{kubectl} delete {live.Kind.ToLowerInvariant()} {live.Name} -n {ns}";
        var (fields, remedy) = live.Kind switch
        {
            "StatefulSet" => (OfStatefulSet, $"Run {delete} --cascade=orphan, which keeps the pods and volumes, then upgrade"),
            "Job" => (OfJob, $"Run {delete}, then upgrade"),
            "PersistentVolumeClaim" => (OfClaim, "Keep the value of the cluster, or move the data to a claim with another name"),
            _ => ([Selector], $"Run {delete}, which deletes its pods, then upgrade; or keep the labels as they are"),
        };
        return from field in fields
            let difference = field.Compare(stated, live)
            where difference is not null
            select new ImmutableDifference(stated.Path.Append(field.Path), difference, remedy);
    }

    /// <summary>A text with a default.</summary>
    private static ImmutableField Text(string field, string defaultValue) =>
        new(
            NodePath.Of("spec", field),
            (stated, live) =>
                (stated.Text("spec", field) ?? defaultValue, live.Text("spec", field) ?? defaultValue) is var (wanted, has) && wanted != has
                    ? Differs(wanted, has)
                    : null
        );

    /// <summary>A field that is compared as far as the manifest sets it.</summary>
    private static ImmutableField Contained(string field) =>
        new(
            NodePath.Of("spec", field),
            (stated, live) => DiffersUnless(ObjectComparison.IsContained(stated.Find("spec", field), live.Find("spec", field)))
        );

    private static string? DiffersUnless(bool isSame) => isSame ? null : "differs from the cluster";

    private static string Differs(string stated, string live) =>
        $"is {(stated.Length == 0 ? "not set" : Printable.OneLine(stated))}, but the cluster has "
        + (live.Length == 0 ? "none" : Printable.OneLine(live));

    private static string? Shrinks(KubernetesObject stated, KubernetesObject live) =>
        stated.Text("spec", "resources", "requests", "storage") is { } wanted
        && live.Text("spec", "resources", "requests", "storage") is { } has
        && ObjectComparison.Quantity(wanted) < ObjectComparison.Quantity(has)
            ? $"{Differs(wanted, has)}, and a claim cannot shrink"
            : null;

    private static bool SameTemplates(KubernetesObject stated, KubernetesObject live)
    {
        var (wanted, has) = (stated.Find("spec", "volumeClaimTemplates").Items(), live.Find("spec", "volumeClaimTemplates").Items());
        return wanted.Length == has.Length && wanted.Zip(has).All(static pair => SameTemplate(pair.First, pair.Second));
    }

    /// <summary>The API server adds version, kind, status, a creation time and volumeMode.</summary>
    private static bool SameTemplate(YamlNode wanted, YamlNode has)
    {
        var (metadata, liveMetadata) = (wanted.Get("metadata"), has.Get("metadata"));
        var (spec, liveSpec) = (wanted.Get("spec"), has.Get("spec"));
        var keys = new[] { spec, liveSpec }
            .OfType<MappingNode>()
            .SelectMany(static found => found.Entries)
            .Select(static entry => entry.Name)
            .OfType<string>()
            .Where(static key => key != "volumeMode");
        return metadata.Text("name") == liveMetadata.Text("name")
            && ObjectComparison.AreEqual(metadata.Get("labels"), liveMetadata.Get("labels"))
            && ObjectComparison.AreEqual(metadata.Get("annotations"), liveMetadata.Get("annotations"))
            && keys.All(key => ObjectComparison.AreEqual(spec.Get(key), liveSpec.Get(key)))
            && (spec.Text("volumeMode") ?? "Filesystem") == (liveSpec.Text("volumeMode") ?? "Filesystem");
    }
}
