using System.Text.Json;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cluster.Preflight;
using ApiRequest = Tempo.Helm.Tests.Cluster.Server.ApiRequest;

namespace Tempo.Helm.Tests.Cluster;

/// <summary><c>preflight</c>: a stream against a cluster, before it goes there.</summary>
public sealed class PreflightTests : IAsyncLifetime
{
    private const string Ipv4 = "10.96.0.0/16";
    private const string Ipv6 = "fd00:96::/112";

    private const string Config = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: tempo, namespace: obs, annotations: {tempo-postrender/address-family: IPv6}}
        data:
          tempo.yaml: |
            target: all
            server: {http_listen_address: '::0', grpc_listen_address: '::0'}
            distributor: {receivers: {otlp: {protocols: {grpc: {endpoint: '[::]:4317'}}}}}
            live_store: {ring: {enable_inet6: true}}
            metrics_generator: {ring: {enable_inet6: true}}
            storage: {trace: {backend: local}}
        ---

        """;

    private const string StatefulSet = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: tempo, namespace: obs}
        spec:
          serviceName: tempo
          selector: {matchLabels: {app: tempo}}
          template:
            metadata: {labels: {app: tempo}}
            spec:
              containers:
                - name: tempo
                  image: grafana/tempo:3.0.3
                  args: [-config.file=/conf/tempo.yaml]
                  volumeMounts: [{name: conf, mountPath: /conf}]
              volumes: [{name: conf, configMap: {name: tempo}}]
          volumeClaimTemplates:
            - metadata: {name: data}
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        ---

        """;

    private TestKubeconfig _kubeconfig = null!;
    private TestApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _kubeconfig = new TestKubeconfig().With(_server.Url);
        Namespace("");
    }

    public async Task DisposeAsync()
    {
        _kubeconfig.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_new_release_on_a_cluster_of_its_family_goes()
    {
        Cluster("IPv6", Ipv6);

        var result = await RunAsync(Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"), "--verbose");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.StartsWith($"tempo-postrender: {_server.Url} (context test), namespace obs: Services IPv6 (primary); pods IPv6; nodes not known; Pod Security not set\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("holds TPF102: Every Service that exists can be changed in place.", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("tempo-postrender: go; 0 errors, 0 warnings\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Service_that_would_change_its_primary_family_has_to_be_deleted_and_a_headless_one_has_not()
    {
        Cluster("IPv4", Ipv4, Ipv6);
        Live(Service("tempo", "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: 10.96.0.5, clusterIPs: [10.96.0.5]"));
        Live(Service("tempo-pods", "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: None, clusterIPs: [None]"));
        var stream = Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack") + Service("tempo-pods", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack, clusterIP: None");

        var result = await RunAsync(stream, "--context", "test");

        var command = $"kubectl --kubeconfig {_kubeconfig.Path} --context test delete service tempo -n obs";
        Assert.True(result.ExitCode == 2, result.Output + result.Error);
        Assert.Contains("error TPF102 Service/obs/tempo spec.ipFamilies: is [IPv6], the cluster has [IPv4]; Kubernetes never changes it on a Service that exists, so helm upgrade would stop half-way. Delete the Service, then upgrade at once: " + command, result.Output, StringComparison.Ordinal);
        Assert.Contains("in place Service/obs/tempo-pods spec.ipFamilies: [IPv4] becomes [IPv6]", result.Output, StringComparison.Ordinal);
        Assert.Contains($"\n  {command}\n    until it is made again, clients cannot send traces\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("tempo-postrender: do not go; 1 error, 0 warnings\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clusterIP: 10.96.0.9", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.Replaced)]
    [InlineData("clusterIP: None", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.Replaced)]
    [InlineData("clusterIP: 'fd00:96:0:0::5'", "clusterIP: 'fd00:96::5', ipFamilies: [IPv6]", ServiceChangeKind.Unchanged)]
    [InlineData("ipFamilies: [IPv4]", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.Unchanged)]
    [InlineData("type: ClusterIP", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.Unchanged)]
    [InlineData("ipFamilyPolicy: PreferDualStack", "clusterIP: 10.96.0.5, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack", ServiceChangeKind.InPlace)]
    [InlineData("ipFamilies: [IPv4], ipFamilyPolicy: SingleStack", "clusterIP: 10.96.0.5, ipFamilies: [IPv4, IPv6], ipFamilyPolicy: RequireDualStack", ServiceChangeKind.InPlace)]
    [InlineData("ipFamilies: [IPv4], ipFamilyPolicy: PreferDualStack", "clusterIP: 10.96.0.5, ipFamilies: [IPv4, IPv6], ipFamilyPolicy: PreferDualStack", ServiceChangeKind.Unchanged)]
    [InlineData("ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack", "clusterIP: 10.96.0.5, ipFamilies: [IPv4, IPv6], ipFamilyPolicy: RequireDualStack", ServiceChangeKind.Replaced)]
    [InlineData("type: ExternalName, externalName: a.example", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.InPlace)]
    public void What_becomes_of_a_Service_follows_the_API_servers_rules(string stated, string live, ServiceChangeKind expected)
    {
        static PostRender.Graph.Service Read(string spec) => new(PostRender.Graph.ObjectReader.Read(Yaml.Document(Service("tempo", spec)))[0]);

        Assert.Equal(expected, ServiceChange.Of(Read(stated), Read(live), isDualStack: true).Kind);
    }

    [Fact]
    public async Task A_cluster_without_the_family_or_without_both_is_told_before_it_refuses()
    {
        Cluster("IPv4", Ipv4);
        Live("apiVersion: v1\nkind: Pod\nmetadata: {name: other, namespace: obs}\nspec: {containers: [{name: a, image: a}]}\nstatus: {podIPs: [{ip: 10.0.0.1}]}");

        var result = await RunAsync(Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error TPF101 Service/default/kubernetes spec.ipFamilies: is [IPv4], and no range of Service addresses is IPv6;", result.Output, StringComparison.Ordinal);
        Assert.Contains("error TPF101 Namespace/obs: has pods with addresses of IPv4 only;", result.Output, StringComparison.Ordinal);
        Assert.Contains("error TPF101 Service/obs/tempo spec.ipFamilies: is [IPv6, IPv4]; the cluster has IPv4 alone", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_without_ServiceCIDRs_leaves_a_doubt_and_no_error()
    {
        Cluster("IPv4");
        _server.NotServed.Add("networking.k8s.io/v1/servicecidrs");

        var result = await RunAsync(Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("warning TPF101 Service/default/kubernetes spec.ipFamilies: is [IPv4], and this version of Kubernetes does not tell", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_API_server_adds_to_a_workload_is_no_difference()
    {
        Cluster("IPv6", Ipv6);
        Live(StatefulSet
            .Replace("    - metadata: {name: data}", "    - apiVersion: v1\n      kind: PersistentVolumeClaim\n      metadata: {name: data}\n      status: {phase: Pending}", StringComparison.Ordinal)
            .Replace("storage: 1Gi}}}", "storage: 1024Mi}}, volumeMode: Filesystem}", StringComparison.Ordinal)
            .Replace("serviceName: tempo", "serviceName: tempo\n  podManagementPolicy: OrderedReady\n  revisionHistoryLimit: 10", StringComparison.Ordinal));

        var result = await RunAsync(Config + StatefulSet);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Theory]
    [InlineData("serviceName: tempo", "serviceName: tempo-headless", "spec.serviceName: is tempo-headless, the cluster has tempo;")]
    [InlineData("serviceName: tempo", "serviceName: tempo\n  podManagementPolicy: Parallel", "spec.podManagementPolicy: is Parallel, the cluster has OrderedReady;")]
    [InlineData("{app: tempo}", "{app: tempo, more: labels}", "spec.selector: leads to other pods than that of the cluster;")]
    [InlineData("storage: 1Gi", "storage: 2Gi", "spec.volumeClaimTemplates: is not what the cluster has;")]
    [InlineData("[ReadWriteOnce]", "[ReadWriteOnce], storageClassName: fast", "spec.volumeClaimTemplates: is not what the cluster has;")]
    [InlineData("{name: data}", "{name: data, labels: {a: b}}", "spec.volumeClaimTemplates: is not what the cluster has;")]
    public async Task What_Kubernetes_never_changes_in_a_StatefulSet_is_found(string old, string changed, string message)
    {
        Cluster("IPv6", Ipv6);
        Live(StatefulSet);

        var result = await RunAsync(Config + StatefulSet.Replace(old, changed, StringComparison.Ordinal));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error TPF103 StatefulSet/obs/tempo " + message, result.Output, StringComparison.Ordinal);
        Assert.Contains("delete statefulset tempo -n obs --cascade=orphan", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Job_that_is_a_hook_is_made_again_and_any_other_is_not()
    {
        Cluster("IPv6", Ipv6);
        const string Job = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: migrate, namespace: obs}
            spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "tool:1", resources: {limits: {cpu: "1"}}}]}}}
            ---

            """;
        Live(Job.Replace("cpu: \"1\"", "cpu: 1000m", StringComparison.Ordinal).Replace("restartPolicy: Never", "restartPolicy: Never, dnsPolicy: ClusterFirst", StringComparison.Ordinal));

        var same = await RunAsync(Config + StatefulSet + Job);
        var changed = await RunAsync(Config + StatefulSet + Job.Replace("tool:1", "tool:2", StringComparison.Ordinal));
        var hook = await RunAsync(Config + StatefulSet + Job.Replace("tool:1", "tool:2", StringComparison.Ordinal).Replace("namespace: obs}", "namespace: obs, annotations: {helm.sh/hook: post-upgrade}}", StringComparison.Ordinal));

        Assert.Equal((0, 2, 0), (same.ExitCode, changed.ExitCode, hook.ExitCode));
        Assert.Contains("error TPF103 Job/obs/migrate spec.template: is not what the cluster has;", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pods_that_the_namespaces_level_refuses_are_found_and_those_it_admits_are_not()
    {
        Cluster("IPv6", Ipv6);
        Namespace("pod-security.kubernetes.io/enforce: restricted");
        var admitted = StatefulSet.Replace("    spec:\n      containers:", "    spec:\n      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n      containers:", StringComparison.Ordinal)
            .Replace("image: grafana/tempo:3.0.3", "image: grafana/tempo:3.0.3\n          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}", StringComparison.Ordinal);

        var refused = await RunAsync(Config + StatefulSet);
        var result = await RunAsync(Config + admitted);
        Namespace("pod-security.kubernetes.io/enforce: baseline");
        var baseline = await RunAsync(Config + StatefulSet);
        var hostPath = await RunAsync(Config + StatefulSet.Replace("volumes: [", "volumes: [{name: host, hostPath: {path: /}}, ", StringComparison.Ordinal));

        Assert.Contains("error TPF104 StatefulSet/obs/tempo spec.template.spec: is not restricted: the container tempo does not set allowPrivilegeEscalation to false, the container tempo does not set runAsNonRoot, the container tempo sets no seccompProfile, the container tempo does not drop ALL capabilities;", refused.Output, StringComparison.Ordinal);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(0, baseline.ExitCode);
        Assert.Contains("is not baseline: the volume host is a hostPath;", hostPath.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_rules_find_in_the_stream_counts_too()
    {
        Cluster("IPv6", Ipv6);

        var result = await RunAsync(Config.Replace("'[::]:4317'", "'0.0.0.0:4317'", StringComparison.Ordinal) + StatefulSet);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error TPF006 ConfigMap/obs/tempo", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_as_JSON_has_what_a_pipeline_asks_for()
    {
        Cluster("IPv4", Ipv4, Ipv6);
        Live(Service("tempo", "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: 10.96.0.5"));

        var result = await RunAsync(Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"), "--format", "json");

        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.False(root.GetProperty("go").GetBoolean());
        Assert.Equal(["IPv4", "IPv6"], root.GetProperty("cluster").GetProperty("serviceFamilies").EnumerateArray().Select(static family => family.GetString()));
        Assert.Equal("replaced", root.GetProperty("services")[0].GetProperty("change").GetString());
        Assert.EndsWith("delete service tempo -n obs", root.GetProperty("deletions")[0].GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.Equal("TPF102", root.GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Equal("obs/tempo", root.GetProperty("stream").GetProperty("releases")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Exit_codes_tell_a_bad_stream_from_a_bad_cluster()
    {
        Cluster("IPv6", Ipv6);

        Assert.Equal(65, (await RunAsync("a: [")).ExitCode);
        Assert.Equal(65, (await RunAsync("")).ExitCode);
        _server.IsPermitted = static request => request.Resource != "nodes";
        var denied = await RunAsync(Config + StatefulSet);
        Assert.Equal((69, ""), (denied.ExitCode, denied.Output));
        Assert.Contains("Grant the verb list on nodes; docs/rbac.md has ready Roles", denied.Error, StringComparison.Ordinal);
        _kubeconfig.With("http://127.0.0.1:1");
        Assert.Equal(69, (await RunAsync(Config + StatefulSet)).ExitCode);
    }

    /// <summary>Everything that is granted is asked for, and nothing else is: with a stream of every kind.</summary>
    [Fact]
    public async Task The_documented_roles_are_what_it_needs()
    {
        Cluster("IPv6", Ipv6);
        var granted = DocumentedRules();
        _server.IsPermitted = request => granted.Contains(Permission(request));
        const string Others = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: obs}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a, namespace: obs}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a, namespace: obs}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: a, namespace: obs}
            """;

        var result = await RunAsync(Config + StatefulSet + Others);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(granted.Order(StringComparer.Ordinal), _server.Requests.Select(Permission).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Permission(ApiRequest request) => $"{(request.Namespace is { } ns ? ns == "default" ? "default" : "release" : "cluster")} {request.Group} {request.RbacResource} {request.Verb}";

    private static HashSet<string> DocumentedRules()
    {
        var text = File.ReadAllText(Repository.Path("docs", "preflight.md"));
        var granted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var block in text.Split("```yaml\n").Skip(1).Select(static part => part.Split("```")[0]))
        {
            foreach (var document in block.Split("---\n"))
            {
                var role = PostRender.Graph.ObjectReader.Read(Yaml.Document(document))[0];
                if (role.Kind is not ("Role" or "ClusterRole"))
                {
                    continue;
                }

                foreach (var rule in PostRender.Graph.NodeReading.Items(role.Find("rules")))
                {
                    IReadOnlyList<string> List(string key) => PostRender.Graph.NodeReading.Texts(PostRender.Graph.NodeReading.Get(rule, key) as PostRender.Manifests.SequenceNode);
                    var scope = role.Kind == "ClusterRole" ? "cluster" : role.Namespace == "default" ? "default" : "release";
                    granted.UnionWith(from groupName in List("apiGroups") from resource in List("resources") from verb in List("verbs") select $"{scope} {groupName} {resource} {verb}");
                }
            }
        }

        return granted;
    }

    private static string Service(string name, string spec) => $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: obs}
        spec: { {{spec}}, selector: {app: tempo}, ports: [{port: 3200}] }
        ---

        """;

    private void Live(string manifests) => _server.Store.Add(manifests);

    private void Namespace(string labels) => Live($$"""
        apiVersion: v1
        kind: Namespace
        metadata: {name: obs, labels: { {{labels}} } }
        """);

    /// <summary>A cluster: its default Service, its ranges of Service addresses, and a node that hands out the same families.</summary>
    private void Cluster(string primary, params string[] ranges)
    {
        Live($$"""
            apiVersion: v1
            kind: Service
            metadata: {name: kubernetes, namespace: default}
            spec: {ipFamilies: [{{primary}}], clusterIP: {{(primary == "IPv4" ? "10.96.0.1" : "\"fd00:96::1\"")}}, ports: [{port: 443}] }
            """);
        var cidrs = string.Join(", ", ranges.Select(static range => $"\"{range}\""));
        var pods = string.Join(", ", (ranges.Length == 0 ? [Ipv4, Ipv6] : ranges).Select(static range => range == Ipv4 ? "10.0.0.0/24" : "\"fd00:10::/64\""));
        Live($$"""
            apiVersion: v1
            kind: Node
            metadata: {name: n1}
            spec: {podCIDRs: [{{pods}}] }
            """);
        if (ranges.Length > 0)
        {
            Live($$"""
                apiVersion: networking.k8s.io/v1
                kind: ServiceCIDR
                metadata: {name: kubernetes}
                spec: {cidrs: [{{cidrs}}] }
                """);
        }
    }

    private Task<RunResult> RunAsync(string stream, params string[] arguments) =>
        AppRunner.RunAsync(stream, ["preflight", "-", "-n", "obs", "--kubeconfig", _kubeconfig.Path, .. arguments]);
}
