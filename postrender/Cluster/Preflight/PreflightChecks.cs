using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>What only a cluster can say about a stream. What the stream says by itself is judged by the rules.</summary>
internal static class PreflightChecks
{
    private const string NoFix = "None: the cluster is only looked at";

    public static RuleDescription ClusterFamily { get; } =
        new()
        {
            Id = RuleIds.ClusterFamily,
            Name = "cluster-family",
            Requirement =
                "The cluster has the families that the Services of the stream ask for, and its pods get an address of the release's "
                + "family",
            Fix = NoFix,
            Holds = "The cluster has the families that the stream asks for",
            Why =
                "Kubernetes refuses a Service whose family is not configured on the cluster, and a pod without an address of the "
                + "family starts and is reached by nobody",
            Source = "Kubernetes API validation, measured on 1.36; ServiceCIDR objects since 1.33",
        };

    public static RuleDescription ServiceReplaced { get; } =
        new()
        {
            Id = RuleIds.ServiceReplaced,
            Name = "service-replaced",
            Requirement = "No Service that exists would have to change its primary family, or an address that it has",
            Fix = NoFix,
            Holds = "Every Service that exists can be changed in place",
            Why =
                "Kubernetes never changes them; helm upgrade stops half-way, with some Services changed and some not, and --force "
                + "does not help. Headless Services and secondary families do change in place",
            Source = "Measured with Helm 3.18 and 4.1 on a 1.36 API server",
        };

    public static RuleDescription ImmutableField { get; } =
        new()
        {
            Id = RuleIds.ImmutableField,
            Name = "immutable-field",
            Requirement =
                "No workload or claim that exists would have to change what Kubernetes never changes: selectors, serviceName, "
                + "volumeClaimTemplates, podManagementPolicy, a Job's template, a claim's spec",
            Fix = NoFix,
            Holds = "No workload or claim has to change what Kubernetes never changes",
            Why = "helm upgrade stops half-way where it comes to such an object",
            Source = "Kubernetes API validation of StatefulSet, Deployment, DaemonSet, Job and PersistentVolumeClaim",
        };

    public static RuleDescription PodSecurityLevel { get; } =
        new()
        {
            Id = RuleIds.PodSecurityLevel,
            Name = "pod-security",
            Requirement = "The namespace's Pod Security level admits the pods of the stream, and with them the debug container of verify",
            Fix = NoFix,
            Holds = "The namespace's Pod Security level admits the pods and the debug container of verify",
            Why = "The workload is accepted, but its pods are refused, and the upgrade waits for pods that never come",
            Source = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
        };

    public static RuleDescription ProbeReach { get; } =
        new()
        {
            Id = RuleIds.ProbeReach,
            Name = "probe-reach",
            Requirement =
                "Every server that a probe asks (Tempo, nginx, memcached) listens on the primary family of the cluster's pods, where "
                + "that is not the release's",
            Fix = NoFix,
            Holds = "kubelet's probes reach every server over the primary family of the cluster's pods",
            Why =
                "kubelet probes the first of a pod's addresses. In a dual-stack cluster that is the primary family, whatever the "
                + "release's is, and a server on the other family alone never becomes ready",
            Source =
                "Measured on a dual-stack 1.36 cluster: nginx with listen [::]:8080 alone is never ready where IPv4 is primary, and "
                + "with listen 8080 alone where IPv6 is",
        };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleDescription> All { get; } =
    [ClusterFamily, ServiceReplaced, ImmutableField, PodSecurityLevel, ProbeReach];
}
