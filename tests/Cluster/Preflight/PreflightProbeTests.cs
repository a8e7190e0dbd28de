namespace Tempo.Helm.Tests.Cluster.Preflight;

/// <summary><c>preflight</c>: servers that kubelet, which probes the primary family, would not reach.</summary>
public sealed class PreflightProbeTests : PreflightScene
{
    private const string Probe = "readinessProbe: {httpGet: {path: /ready, port: http}}";

    [Theory]
    [InlineData("IPv6", "IPv4", "listen [::]:8080;", "Add listen 8080;", "nginx has only listen [::]:8080 (ConfigMap/obs/gateway)")]
    [InlineData(
        "IPv6",
        "IPv4",
        "listen [::]:8080 ssl ipv6only=on;",
        "Add listen 8080 ssl;",
        "nginx has only listen [::]:8080 ssl ipv6only=on (ConfigMap/obs/gateway)"
    )]
    [InlineData("IPv4", "IPv6", "listen 8080;", "Add listen [::]:8080;", "nginx has only listen 8080 (ConfigMap/obs/gateway)")]
    [InlineData(
        "IPv4",
        "IPv6",
        "listen *:8080 ssl;",
        "Add listen [::]:8080 ssl;",
        "nginx has only listen *:8080 ssl (ConfigMap/obs/gateway)"
    )]
    public async Task A_gateway_that_listens_on_the_family_of_the_release_alone_is_not_reached_in_a_cluster_of_the_other(
        string family,
        string primary,
        string listen,
        string remedy,
        string stated
    )
    {
        DualStack(primary);

        var result = await RunAsync(Release(family, "") + Gateway(listen, Probe));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            $"error TPF105 Deployment/obs/gateway spec.template.spec.containers[0].readinessProbe.httpGet: probes port "
                + $"8080, but {stated}: nothing listens there over {primary}; kubelet probes the primary address of the pod, which is "
                + $"{primary} in this cluster, so the pod never becomes ready. {remedy} after it.",
            result.Output
        );
    }

    [Theory]
    [InlineData("IPv6", "IPv4", "listen 8080;\nlisten [::]:8080;")]
    [InlineData("IPv6", "IPv4", "listen [::]:8080 ipv6only=off;")]
    [InlineData("IPv4", "IPv6", "listen 8080;\nlisten [::]:8080;")]
    [InlineData("IPv6", "IPv6", "listen [::]:8080;")]
    [InlineData("IPv4", "IPv4", "listen 8080;")]
    [InlineData("IPv6", "IPv4", "listen [::]:8081;")]
    public async Task A_gateway_that_serves_the_primary_family_is_reached(string family, string primary, string listen)
    {
        DualStack(primary);

        var result = await RunAsync(Release(family, "") + Gateway(listen, Probe));

        Assert.DoesNotContain("TPF105", result.Output);
    }

    [Theory]
    [InlineData("IPv6", "IPv4", "http_listen_network: tcp6", "server.http_listen_network is tcp6", "Set server.http_listen_network to tcp")]
    [InlineData("IPv4", "IPv6", "http_listen_network: tcp4", "server.http_listen_network is tcp4", "Set server.http_listen_network to tcp")]
    [InlineData(
        "IPv6",
        "IPv4",
        "http_listen_address: 'fd00::5'",
        "server.http_listen_address is fd00::5",
        "Set server.http_listen_address to ::"
    )]
    public async Task A_Tempo_that_listens_on_one_family_alone_is_not_reached_in_a_cluster_of_the_other(
        string family,
        string primary,
        string server,
        string stated,
        string remedy
    )
    {
        DualStack(primary);

        var result = await RunAsync(
            Release(family, server, "readinessProbe: {httpGet: {path: /ready, port: 3200}}\nstartupProbe: {tcpSocket: {port: 3200}}")
        );

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            $"error TPF105 StatefulSet/obs/tempo spec.template.spec.containers[0].readinessProbe.httpGet: probes port 3200, "
                + $"but {stated}: nothing listens there over {primary}; ",
            result.Output
        );
        Assert.Contains(
            $"error TPF105 StatefulSet/obs/tempo spec.template.spec.containers[0].startupProbe.tcpSocket: probes port 3200, but {stated}: ",
            result.Output
        );
        Assert.Contains($"kubelet restarts the container again and again. {remedy}.", result.Output);
        Assert.DoesNotContain("TPF105", (await RunAsync(Release(family, server))).Output);
    }

    [Fact]
    public async Task Both_wildcards_of_Tempo_serve_both_families_and_exec_probes_do_not_connect()
    {
        DualStack("IPv4");

        var wildcard = await RunAsync(
            Release("IPv6", "http_listen_address: '::0'", "readinessProbe: {httpGet: {path: /ready, port: 3200}}")
        );
        var exec = await RunAsync(Release("IPv6", "http_listen_network: tcp6", "livenessProbe: {exec: {command: [/tempo, -health]}}"));

        Assert.DoesNotContain("TPF105", wildcard.Output + exec.Output);
    }

    /// <summary>A pod on the host's network has the addresses of its node.</summary>
    [Theory]
    [InlineData("IPv6", "10.0.0.9, 'fd00::9'", true)]
    [InlineData("IPv6", "'fd00::9', 10.0.0.9", false)]
    public async Task On_the_hosts_network_the_primary_family_is_the_nodes(string family, string nodeAddresses, bool fails)
    {
        DualStack(family);
        var addresses = nodeAddresses.Split(", ").Select(static address => $"{{type: InternalIP, address: {address}}}");
        Live(
            "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nspec: {podCIDRs: ['fd00:10::/64', 10.0.0.0/24]}\n"
                + $"status: {{addresses: [{string.Join(", ", addresses)}]}}"
        );
        var gateway = Gateway("listen [::]:8080;", Probe)
            .Replace("      containers:\n        - name: nginx", "      hostNetwork: true\n      containers:\n        - name: nginx");

        var result = await RunAsync(Release(family, "") + gateway);

        Assert.Equal(fails, result.Output.Contains("kubelet probes the primary address of the node, which is IPv4 in this cluster"));
    }

    [Theory]
    [InlineData("IPv4", "IPv6", "0.0.0.0", true)]
    [InlineData("IPv6", "IPv4", "::", true)]
    [InlineData("IPv6", "IPv4", "0.0.0.0,::", false)]
    public async Task A_memcached_with_one_wildcard_is_not_reached_over_the_other_family(
        string family,
        string primary,
        string address,
        bool fails
    )
    {
        DualStack(primary);

        var result = await RunAsync(
            Release(family, "", more: "cache: {caches: [{memcached: {host: memcached, service: memcached-client}, roles: [bloom]}]}")
                + $$$"""
                apiVersion: v1
                kind: Service
                metadata: {name: memcached, namespace: obs}
                spec:
                  clusterIP: None
                  ipFamilies: [{{{family}}}]
                  ipFamilyPolicy: SingleStack
                  selector: {app: memcached}
                  ports: [{port: 11211}]
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: memcached, namespace: obs}
                spec:
                  template:
                    metadata: {labels: {app: memcached}}
                    spec:
                      containers:
                        - name: memcached
                          image: memcached:1.6.45
                          args: [-l, "{{{address}}}"]
                          readinessProbe: {tcpSocket: {port: 11211}}
                """
        );

        Assert.Equal(
            fails,
            result.Output.Contains(
                $"error TPF105 StatefulSet/obs/memcached spec.template.spec.containers[0].readinessProbe.tcpSocket: probes port "
                    + $"11211, but memcached has the flag -l {address}: nothing listens there over {primary}"
            )
        );
    }

    /// <summary>Without the family nothing of the release runs there, which is said already.</summary>
    [Fact]
    public async Task A_cluster_without_the_family_is_one_finding_and_not_two()
    {
        Cluster("IPv4", Ipv4);

        var result = await RunAsync(Release("IPv6", "") + Gateway("listen [::]:8080;", Probe));

        Assert.Contains("error TPF101", result.Output);
        Assert.DoesNotContain("TPF105", result.Output);
    }

    private void DualStack(string primary) => Cluster(primary, primary == "IPv4" ? [Ipv4, Ipv6] : [Ipv6, Ipv4]);

    private static string Release(string family, string server, string probes = "", string more = "") =>
        Config
            .Replace("address-family: IPv6", $"address-family: {family}")
            .Replace(
                "server: {http_listen_address: '::0', grpc_listen_address: '::0'}",
                $"server: {{ {server} }}{(more.Length == 0 ? "" : "\n    " + more)}"
            )
        + StatefulSet.Replace("          args: [-config.file", Indent(probes) + "          args: [-config.file")
        + Service("tempo", $"ipFamilies: [{family}], ipFamilyPolicy: SingleStack");

    private static string Gateway(string listen, string probes) =>
        $$$"""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: gateway, namespace: obs}
            data:
              nginx.conf: |
                http {
                  server {
                    {{{listen.Replace("\n", "\n        ")}}}
                    location / { proxy_pass http://tempo.obs.svc:3200; }
                  }
                }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: gateway, namespace: obs}
            spec:
              template:
                metadata: {labels: {app: gateway}}
                spec:
                  containers:
                    - name: nginx
                      image: nginxinc/nginx-unprivileged:1.31-alpine
                      ports: [{name: http, containerPort: 8080}]
            {{{Indent(probes)}}}          volumeMounts: [{name: conf, mountPath: /etc/nginx}]
                  volumes: [{name: conf, configMap: {name: gateway}}]
            ---

            """;

    private static string Indent(string lines) =>
        lines.Length == 0 ? "" : string.Concat(lines.Split('\n').Select(static line => $"          {line}\n"));
}
