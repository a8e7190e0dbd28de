namespace Tempo.Helm.Tests.Cluster.Preflight;

/// <summary><c>preflight</c>: workloads against those that live in the cluster already.</summary>
public sealed class PreflightWorkloadTests : PreflightScene
{
    [Fact]
    public async Task Fields_that_the_API_server_adds_to_a_workload_are_not_a_difference()
    {
        Cluster("IPv6", Ipv6);
        Live(
            StatefulSet
                .Replace(
                    "    - metadata: {name: data}",
                    "    - apiVersion: v1\n      kind: PersistentVolumeClaim\n      metadata: {name: data}\n      status: {phase: Pending}"
                )
                .Replace("storage: 1Gi}}}", "storage: 1024Mi}}, volumeMode: Filesystem}")
                .Replace("serviceName: tempo", "serviceName: tempo\n  podManagementPolicy: OrderedReady\n  revisionHistoryLimit: 10")
        );

        var result = await RunAsync(Config + StatefulSet);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Theory]
    [InlineData("serviceName: tempo", "serviceName: tempo-headless", "spec.serviceName: is tempo-headless, but the cluster has tempo;")]
    [InlineData(
        "serviceName: tempo",
        "serviceName: tempo\n  podManagementPolicy: Parallel",
        "spec.podManagementPolicy: is Parallel, but the cluster has OrderedReady;"
    )]
    [InlineData("{app: tempo}", "{app: tempo, more: labels}", "spec.selector: differs from the selector in the cluster;")]
    [InlineData("storage: 1Gi", "storage: 2Gi", "spec.volumeClaimTemplates: differs from the cluster;")]
    [InlineData("[ReadWriteOnce]", "[ReadWriteOnce], storageClassName: fast", "spec.volumeClaimTemplates: differs from the cluster;")]
    [InlineData("{name: data}", "{name: data, labels: {a: b}}", "spec.volumeClaimTemplates: differs from the cluster;")]
    public async Task A_change_that_Kubernetes_refuses_in_a_StatefulSet_is_found(string old, string changed, string message)
    {
        Cluster("IPv6", Ipv6);
        Live(StatefulSet);

        var result = await RunAsync(Config + StatefulSet.Replace(old, changed));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error TPF103 StatefulSet/obs/tempo " + message, result.Output);
        Assert.Contains("delete statefulset tempo -n obs --cascade=orphan", result.Output);
    }

    [Fact]
    public async Task A_Job_that_is_a_hook_may_change_and_any_other_may_not()
    {
        Cluster("IPv6", Ipv6);
        const string Job = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: migrate, namespace: obs}
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: migrate, image: "tool:1", resources: {limits: {cpu: "1"}}}]}
            ---

            """;
        Live(Job.Replace("cpu: \"1\"", "cpu: 1000m").Replace("restartPolicy: Never", "restartPolicy: Never, dnsPolicy: ClusterFirst"));

        var same = await RunAsync(Config + StatefulSet + Job);
        var changed = await RunAsync(Config + StatefulSet + Job.Replace("tool:1", "tool:2"));
        var hook = await RunAsync(
            Config
                + StatefulSet
                + Job.Replace("tool:1", "tool:2").Replace("namespace: obs}", "namespace: obs, annotations: {helm.sh/hook: post-upgrade}}")
        );

        Assert.Equal((0, 2, 0), (same.ExitCode, changed.ExitCode, hook.ExitCode));
        Assert.Contains("error TPF103 Job/obs/migrate spec.template: differs from the cluster;", changed.Output);
    }

    [Fact]
    public async Task Pods_that_the_namespaces_level_refuses_are_found_and_those_it_admits_are_not()
    {
        Cluster("IPv6", Ipv6);
        Namespace("pod-security.kubernetes.io/enforce: restricted");
        var admitted = StatefulSet
            .Replace(
                "    spec:\n      containers:",
                "    spec:\n      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n      containers:"
            )
            .Replace(
                "image: grafana/tempo:3.0.3",
                "image: grafana/tempo:3.0.3\n          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}"
            );

        var refused = await RunAsync(Config + StatefulSet);
        var result = await RunAsync(Config + admitted);
        Namespace("pod-security.kubernetes.io/enforce: baseline");
        var baseline = await RunAsync(Config + StatefulSet);
        var hostPath = await RunAsync(Config + StatefulSet.Replace("volumes: [", "volumes: [{name: host, hostPath: {path: /}}, "));

        Assert.Contains(
            "error TPF104 StatefulSet/obs/tempo spec.template.spec: does not meet the level restricted: the container tempo does not set "
                + "allowPrivilegeEscalation to false, the container tempo does not set runAsNonRoot, the container tempo "
                + "sets no seccompProfile, the container tempo does not drop ALL capabilities;",
            refused.Output
        );
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(0, baseline.ExitCode);
        Assert.Contains("does not meet the level baseline: the volume host is a hostPath;", hostPath.Output);
    }
}
