using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cluster.Preflight;

/// <summary>A cluster to preflight against, and a release to do it with.</summary>
public abstract class PreflightScene : IAsyncLifetime
{
    private protected const string Ipv4 = "10.96.0.0/16";
    private protected const string Ipv6 = "fd00:96::/112";

    private protected const string Config = """
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

    private protected const string StatefulSet = """
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

    private protected TestKubeconfig Kubeconfig { get; private set; } = null!;

    private protected TestApiServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestApiServer.StartAsync();
        Kubeconfig = new TestKubeconfig().With(Server.Url);
        Namespace("");
    }

    public async Task DisposeAsync()
    {
        Kubeconfig.Dispose();
        await Server.DisposeAsync();
    }

    private protected static string Service(string name, string spec) =>
        $$"""
            apiVersion: v1
            kind: Service
            metadata: {name: {{name}}, namespace: obs}
            spec: { {{spec}}, selector: {app: tempo}, ports: [{port: 3200}] }
            ---

            """;

    private protected void Live(string manifests) => Server.Store.Add(manifests);

    private protected void Namespace(string labels) =>
        Live(
            $$"""
            apiVersion: v1
            kind: Namespace
            metadata: {name: obs, labels: { {{labels}} } }
            """
        );

    /// <summary>A cluster: its default Service, its ranges of Service addresses, and a node that hands out the same families.</summary>
    private protected void Cluster(string primary, params string[] ranges)
    {
        Live(
            $$"""
            apiVersion: v1
            kind: Service
            metadata: {name: kubernetes, namespace: default}
            spec: {ipFamilies: [{{primary}}], clusterIP: {{(primary == "IPv4" ? "10.96.0.1" : "\"fd00:96::1\"")}}, ports: [{port: 443}] }
            """
        );
        var cidrs = string.Join(", ", ranges.Select(static range => $"\"{range}\""));
        var pods = string.Join(
            ", ",
            (ranges.Length == 0 ? [Ipv4, Ipv6] : ranges).Select(static range => range == Ipv4 ? "10.0.0.0/24" : "\"fd00:10::/64\"")
        );
        Live(
            $$"""
            apiVersion: v1
            kind: Node
            metadata: {name: n1}
            spec: {podCIDRs: [{{pods}}] }
            """
        );
        if (ranges.Length > 0)
        {
            Live(
                $$"""
                apiVersion: networking.k8s.io/v1
                kind: ServiceCIDR
                metadata: {name: kubernetes}
                spec: {cidrs: [{{cidrs}}] }
                """
            );
        }
    }

    private protected Task<RunResult> RunAsync(string stream, params string[] arguments) =>
        AppRunner.RunAsync(stream, ["preflight", "-", "-n", "obs", "--kubeconfig", Kubeconfig.Path, .. arguments]);
}
