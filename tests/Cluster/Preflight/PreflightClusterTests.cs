using System.Text.Json;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cluster.Preflight;

namespace Tempo.Helm.Tests.Cluster.Preflight;

/// <summary><c>preflight</c>: Services compared with the families of a cluster, and the verdict.</summary>
public sealed class PreflightClusterTests : PreflightScene
{
    [Fact]
    public async Task A_new_release_on_a_cluster_of_its_family_is_ready_for_the_upgrade()
    {
        Cluster("IPv6", Ipv6);

        var result = await RunAsync(
            Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"),
            "--verbose"
        );

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.StartsWith(
            $"tempo-postrender: {Server.Url} (context test), namespace obs: Services IPv6 (primary); pods IPv6; nodes "
                + "unknown; Pod Security level not set\n",
            result.Output
        );
        Assert.Contains("holds TPF102: All existing Services can change in place.", result.Output);
        Assert.EndsWith("tempo-postrender: ready for the upgrade; 0 errors, 0 warnings\n", result.Output);
    }

    [Fact]
    public async Task A_Service_that_would_change_its_primary_family_has_to_be_deleted_unless_it_is_headless()
    {
        Cluster("IPv4", Ipv4, Ipv6);
        Live(Service("tempo", "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: 10.96.0.5, clusterIPs: [10.96.0.5]"));
        Live(Service("tempo-pods", "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: None, clusterIPs: [None]"));
        var stream =
            Config
            + StatefulSet
            + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack")
            + Service("tempo-pods", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack, clusterIP: None");

        var result = await RunAsync(stream, "--context", "test");

        var command = $"kubectl --kubeconfig {Kubeconfig.Path} --context test delete service tempo -n obs";
        Assert.True(result.ExitCode == 2, result.Output + result.Error);
        Assert.Contains(
            "error TPF102 Service/obs/tempo spec.ipFamilies: is [IPv6], but the cluster has [IPv4]; Kubernetes never "
                + "changes this field of an "
                + "existing Service, so helm upgrade would fail partway. Delete the Service, then upgrade at once: "
                + command,
            result.Output
        );
        Assert.Contains("in place Service/obs/tempo-pods spec.ipFamilies: [IPv4] becomes [IPv6]", result.Output);
        Assert.Contains($"\n  {command}\n    until the upgrade creates it again: clients cannot send traces\n", result.Output);
        Assert.EndsWith("tempo-postrender: do not upgrade; 1 error, 0 warnings\n", result.Output);
    }

    [Theory]
    [InlineData("clusterIP: 10.96.0.9", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.Replaced)]
    [InlineData("clusterIP: None", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.Replaced)]
    [InlineData("clusterIP: 'fd00:96:0:0::5'", "clusterIP: 'fd00:96::5', ipFamilies: [IPv6]", ServiceChangeKind.Unchanged)]
    [InlineData("ipFamilies: [IPv4]", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.Unchanged)]
    [InlineData("type: ClusterIP", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.Unchanged)]
    [InlineData(
        "ipFamilyPolicy: PreferDualStack",
        "clusterIP: 10.96.0.5, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack",
        ServiceChangeKind.InPlace
    )]
    [InlineData(
        "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack",
        "clusterIP: 10.96.0.5, ipFamilies: [IPv4, IPv6], ipFamilyPolicy: RequireDualStack",
        ServiceChangeKind.InPlace
    )]
    [InlineData(
        "ipFamilies: [IPv4], ipFamilyPolicy: PreferDualStack",
        "clusterIP: 10.96.0.5, ipFamilies: [IPv4, IPv6], ipFamilyPolicy: PreferDualStack",
        ServiceChangeKind.Unchanged
    )]
    [InlineData(
        "ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack",
        "clusterIP: 10.96.0.5, ipFamilies: [IPv4, IPv6], ipFamilyPolicy: RequireDualStack",
        ServiceChangeKind.Replaced
    )]
    [InlineData("type: ExternalName, externalName: a.example", "clusterIP: 10.96.0.5, ipFamilies: [IPv4]", ServiceChangeKind.InPlace)]
    public void The_change_of_a_Service_follows_the_rules_of_the_API_server(string stated, string live, ServiceChangeKind expected)
    {
        static PostRender.Graph.Service Read(string spec) =>
            new(PostRender.Graph.ObjectReader.Read(Yaml.Document(Service("tempo", spec)))[0]);

        Assert.Equal(expected, ServiceChange.Of(Read(stated), Read(live), isDualStack: true).Kind);
    }

    [Fact]
    public async Task A_cluster_without_the_family_or_without_both_families_is_an_error()
    {
        Cluster("IPv4", Ipv4);
        Live(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: other, namespace: obs}\n"
                + "spec: {containers: [{name: a, image: a}]}\nstatus: {podIPs: [{ip: 10.0.0.1}]}"
        );

        var result = await RunAsync(Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            "error TPF101 Service/default/kubernetes spec.ipFamilies: is [IPv4], and the cluster has no IPv6 range for Services;",
            result.Output
        );
        Assert.Contains("error TPF101 Namespace/obs: has pods with IPv4 addresses only;", result.Output);
        Assert.Contains("error TPF101 Service/obs/tempo spec.ipFamilies: is [IPv6, IPv4]; the cluster has IPv4 only", result.Output);
    }

    [Fact]
    public async Task A_version_without_ServiceCIDRs_is_a_warning()
    {
        Cluster("IPv4");
        Server.NotServed.Add("networking.k8s.io/v1/servicecidrs");

        var result = await RunAsync(Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains(
            "warning TPF101 Service/default/kubernetes spec.ipFamilies: is [IPv4], and this version of Kubernetes does not show",
            result.Output
        );
    }

    [Fact]
    public async Task Findings_of_the_rules_in_the_manifests_count_too()
    {
        Cluster("IPv6", Ipv6);

        var result = await RunAsync(Config.Replace("'[::]:4317'", "'0.0.0.0:4317'") + StatefulSet);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("fixable TPF006 ConfigMap/obs/tempo", result.Output);
    }

    [Fact]
    public async Task The_report_as_JSON_has_what_a_pipeline_asks_for()
    {
        Cluster("IPv4", Ipv4, Ipv6);
        Live(Service("tempo", "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: 10.96.0.5"));

        var result = await RunAsync(
            Config + StatefulSet + Service("tempo", "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack"),
            "--format",
            "json"
        );

        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.False(root.GetProperty("go").GetBoolean());
        Assert.Equal(
            ["IPv4", "IPv6"],
            root.GetProperty("cluster").GetProperty("serviceFamilies").EnumerateArray().Select(static family => family.GetString())
        );
        Assert.Equal("replaced", root.GetProperty("services")[0].GetProperty("change").GetString());
        Assert.EndsWith("delete service tempo -n obs", root.GetProperty("deletions")[0].GetProperty("command").GetString());
        Assert.Equal("TPF102", root.GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Equal("obs/tempo", root.GetProperty("stream").GetProperty("releases")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("IPv6", "")]
    [InlineData("IPv4", "pod-security.kubernetes.io/enforce: restricted")]
    public async Task Json_follows_its_schema(string liveFamily, string namespaceLabels)
    {
        Cluster("IPv4", Ipv4, Ipv6);
        Namespace(namespaceLabels);
        Live(
            Service(
                "tempo",
                $"ipFamilies: [{liveFamily}], ipFamilyPolicy: SingleStack, clusterIP: "
                    + $"{(liveFamily == "IPv4" ? "10.96.0.5" : "\"fd00:96::5\"")}"
            )
        );

        foreach (var wanted in (string[])["IPv4", "IPv6"])
        {
            var result = await RunAsync(
                Config
                    + StatefulSet
                    + Service("tempo", $"ipFamilies: [{wanted}], ipFamilyPolicy: SingleStack")
                    + Service("new", $"ipFamilies: [{wanted}]"),
                "--format",
                "json"
            );

            await SchemaAssert.MatchesAsync(result.Output, "preflight.schema.json");
        }
    }

    [Fact]
    public async Task Bad_manifests_and_a_bad_cluster_have_different_exit_codes()
    {
        Cluster("IPv6", Ipv6);

        Assert.Equal(65, (await RunAsync("a: [")).ExitCode);
        Assert.Equal(65, (await RunAsync("")).ExitCode);
        Server.IsPermitted = static request => request.Resource != "nodes";
        var denied = await RunAsync(Config + StatefulSet);
        Assert.Equal((69, ""), (denied.ExitCode, denied.Output));
        Assert.Contains("Grant the verb list on nodes; docs/rbac.md has ready Roles", denied.Error);
        Kubeconfig.With("http://127.0.0.1:1");
        Assert.Equal(69, (await RunAsync(Config + StatefulSet)).ExitCode);
    }
}
