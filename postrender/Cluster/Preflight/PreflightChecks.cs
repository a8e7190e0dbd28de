using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>What only a cluster can say about a stream. What the stream says by itself is judged by the rules.</summary>
internal static class PreflightChecks
{
    public static RuleDescription ClusterFamily { get; } = Describe(
        RuleIds.ClusterFamily,
        "cluster-family",
        "The cluster has the families that the Services of the stream ask for, and its pods get an address of the release's family",
        "The cluster has the families that the stream asks for",
        "Kubernetes refuses a Service whose family is not configured on the cluster, and a pod without an address of the family starts and is reached by nobody",
        "Kubernetes API validation, measured on 1.36; ServiceCIDR objects since 1.33");

    public static RuleDescription ServiceReplaced { get; } = Describe(
        RuleIds.ServiceReplaced,
        "service-replaced",
        "No Service that exists would have to change its primary family, or an address that it has",
        "Every Service that exists can be changed in place",
        "Kubernetes never changes them; helm upgrade stops half-way, with some Services changed and some not, and --force does not help. Headless Services and secondary families do change in place",
        "Measured with Helm 3.18 and 4.1 on a 1.36 API server");

    public static RuleDescription ImmutableField { get; } = Describe(
        RuleIds.ImmutableField,
        "immutable-field",
        "No workload or claim that exists would have to change what Kubernetes never changes: selectors, serviceName, volumeClaimTemplates, podManagementPolicy, a Job's template, a claim's spec",
        "No workload or claim has to change what Kubernetes never changes",
        "helm upgrade stops half-way where it comes to such an object",
        "Kubernetes API validation of StatefulSet, Deployment, DaemonSet, Job and PersistentVolumeClaim");

    public static RuleDescription PodSecurityLevel { get; } = Describe(
        RuleIds.PodSecurityLevel,
        "pod-security",
        "The namespace's Pod Security level admits the pods of the stream, and with them the debug container of verify",
        "The namespace's Pod Security level admits the pods and the debug container of verify",
        "The workload is accepted, but its pods are refused, and the upgrade waits for pods that never come",
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/");

    public static RuleDescription ProbeReach { get; } = Describe(
        RuleIds.ProbeReach,
        "probe-reach",
        "Every server that a probe asks (Tempo, nginx, memcached) listens on the primary family of the cluster's pods, where that is not the release's",
        "kubelet's probes reach every server over the primary family of the cluster's pods",
        "kubelet probes the first of a pod's addresses. In a dual-stack cluster that is the primary family, whatever the release's is, and a server on the other family alone never becomes ready",
        "Measured on a dual-stack 1.36 cluster: nginx with listen [::]:8080 alone is never ready where IPv4 is primary, and with listen 8080 alone where IPv6 is");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleDescription> All { get; } = [ClusterFamily, ServiceReplaced, ImmutableField, PodSecurityLevel, ProbeReach];

    private static RuleDescription Describe(string id, string name, string requirement, string holds, string why, string source) =>
        new(id, name, requirement, "None: the cluster is only looked at", holds, why, source, ReleaseParts.None);
}
