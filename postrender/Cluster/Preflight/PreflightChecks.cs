using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>The checks of manifests against a cluster. What the manifests show by themselves is checked by the rules.</summary>
internal static class PreflightChecks
{
    private const string NoFix = "By hand, because preflight only reads the cluster";

    public static RuleDescription ClusterFamily { get; } =
        new()
        {
            Id = RuleIds.ClusterFamily,
            Name = "cluster-family",
            Requirement =
                "The cluster has the families that the Services in the manifests ask for, and its pods get addresses of the release's "
                + "family",
            Fix = NoFix,
            Holds = "The cluster has the families that the manifests ask for",
            Why =
                "Kubernetes refuses a Service of a family that the cluster does not have. A pod without an address of the release's "
                + "family starts, but nothing can reach it over that family",
            Source = "Kubernetes API validation, measured on 1.36; ServiceCIDR objects since 1.33",
        };

    public static RuleDescription ServiceReplaced { get; } =
        new()
        {
            Id = RuleIds.ServiceReplaced,
            Name = "service-replaced",
            Requirement = "No existing Service has to change its primary family or its cluster IP",
            Fix = NoFix,
            Holds = "All existing Services can change in place",
            Why =
                "Kubernetes never changes these fields. helm upgrade stops partway, after some Services have changed, and --force does "
                + "not help. Headless Services and secondary families can change in place",
            Source = "Measured with Helm 3.18 and 4.1 on a 1.36 API server",
        };

    public static RuleDescription ImmutableField { get; } =
        new()
        {
            Id = RuleIds.ImmutableField,
            Name = "immutable-field",
            Requirement =
                "No existing workload or claim has to change a field that Kubernetes never changes: the selector, serviceName, "
                + "volumeClaimTemplates or podManagementPolicy of a workload, the template of a Job, the spec of a claim",
            Fix = NoFix,
            Holds = "No workload or claim has to change an immutable field",
            Why = "helm upgrade stops partway when it reaches such an object",
            Source = "Kubernetes API validation of StatefulSet, Deployment, DaemonSet, Job and PersistentVolumeClaim",
        };

    public static RuleDescription PodSecurityLevel { get; } =
        new()
        {
            Id = RuleIds.PodSecurityLevel,
            Name = "pod-security",
            Requirement = "The Pod Security level of the namespace admits the pods of the manifests, and the debug container of verify",
            Fix = NoFix,
            Holds = "The Pod Security level of the namespace admits the pods and the debug container of verify",
            Why = "Kubernetes accepts the workload but refuses its pods, and the upgrade waits for pods that never start",
            Source = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        };

    public static RuleDescription ProbeReach { get; } =
        new()
        {
            Id = RuleIds.ProbeReach,
            Name = "probe-reach",
            Requirement =
                "Every server that kubelet probes (Tempo, nginx, memcached) listens on the primary family of the cluster's pods, if that "
                + "is not the release's family",
            Fix = NoFix,
            Holds = "kubelet's probes reach every server over the primary family of the cluster's pods",
            Why =
                "kubelet probes the first address of a pod. In a dual-stack cluster this is an address of the primary family, and a "
                + "server that listens only on the other family never becomes ready",
            Source =
                "Measured on a dual-stack 1.36 cluster: nginx with only listen [::]:8080 is never ready if IPv4 is primary, and with "
                + "only listen 8080 if IPv6 is",
        };

    public static IReadOnlyList<RuleDescription> All { get; } =
    [ClusterFamily, ServiceReplaced, ImmutableField, PodSecurityLevel, ProbeReach];
}
