using System.Text.Json;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>A pod of a release that does not run Tempo, its Service and its config.</summary>
internal sealed class LiveOther
{
    private readonly string _name;
    private readonly string _containers;
    private readonly (string Name, int Port, string Target)[] _ports;
    private readonly string? _nginx;

    private LiveOther(
        string name,
        int number,
        string containers,
        (string Name, int Port, string Target)[] ports,
        string[] sockets,
        string? nginx = null
    )
    {
        (_name, _containers, _ports, _nginx, Sockets) = (name, containers, ports, nginx, [.. sockets]);
        (IPv4, IPv6) = ($"10.1.9.{number}", $"fd00:1::9:{number}");
    }

    public string PodName => $"{_name}-0";

    /// <summary>What it listens on, as ss prints it.</summary>
    public List<string> Sockets { get; set; }

    /// <summary>What kubelet says of its readiness.</summary>
    public string Ready { get; set; } = "status: \"True\", lastTransitionTime: \"2026-01-02T03:00:10Z\"";

    /// <summary>Whether its Service leads to it.</summary>
    public bool HasEndpoint { get; set; } = true;

    private string IPv4 { get; }

    private string IPv6 { get; }

    /// <summary>What the debug container prints.</summary>
    public string Listing => $"== ss\n{string.Concat(Sockets.Select(Line))}== end\n";

    private static string Line(string socket) => $"LISTEN 0 511 {socket} {(socket[0] is '*' or '[' ? "*" : "0.0.0.0")}:*\n";

    /// <summary>An nginx that listens on both families, as a gateway of a dual-stack cluster must.</summary>
    public static LiveOther Gateway() =>
        new(
            "tempo-gateway",
            1,
            """
                - name: nginx
                  image: nginxinc/nginx-unprivileged:1.31-alpine
                  ports: [{name: http, containerPort: 8080}]
                  readinessProbe: {httpGet: {path: /, port: http}}
                  volumeMounts: [{name: conf, mountPath: /etc/nginx}]
            """,
            [("http", 80, "http")],
            ["0.0.0.0:8080", "[::]:8080"],
            "http { server { listen 8080; listen [::]:8080; location / { proxy_pass http://tempo-distributor.obs.svc:4318; } } }"
        );

    /// <summary>A memcached and its exporter.</summary>
    public static LiveOther Cache() =>
        new(
            "tempo-memcached",
            2,
            """
                - name: memcached
                  image: memcached:1.6.45-alpine
                  ports: [{name: client, containerPort: 11211}]
                  livenessProbe: {tcpSocket: {port: client}}
                - name: exporter
                  image: prom/memcached-exporter:v0.15.4
                  ports: [{name: http-metrics, containerPort: 9150}]
            """,
            [("client", 11211, "client"), ("http-metrics", 9150, "http-metrics")],
            ["0.0.0.0:11211", "[::]:11211", "*:9150"]
        );

    /// <summary>A vulture, which writes traces through the release and reads them back.</summary>
    public static LiveOther Vulture() =>
        new(
            "tempo-vulture",
            3,
            """
                - name: vulture
                  image: docker.io/grafana/tempo-vulture:3.0.3
                  args:
                    - -prometheus-listen-address=:8080
                    - -tempo-push-url=http://tempo-distributor.obs.svc:4317
                    - -tempo-query-url=http://tempo-query-frontend.obs.svc:3200/tempo
                  ports: [{name: http-metrics, containerPort: 8080}]
                  readinessProbe: {httpGet: {path: /metrics, port: http-metrics}}
            """,
            [("http-metrics", 8080, "http-metrics")],
            ["*:8080"]
        );

    /// <summary>An exporter without a Service, which reads a Service of the release, or another one.</summary>
    public static LiveOther Exporter(string reads) =>
        new(
            "tempo-exporter",
            4,
            $$"""
                - name: exporter
                  image: example.org/blackbox-exporter:v1
                  env: [{name: TARGETS, value: "http://{{reads}}:3200/ready"}]
                  ports: [{name: metrics, containerPort: 9115}, {name: dns, containerPort: 53, protocol: UDP}]
            """,
            [],
            ["*:9115"]
        );

    /// <summary>Puts it into a cluster.</summary>
    public void Put(TestApiServer server, AddressFamily family, IReadOnlyList<AddressFamily> cluster)
    {
        if (_nginx is not null)
        {
            server.Store.Add(
                $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {_name}, namespace: obs}}\n"
                    + $"data: {{nginx.conf: {JsonSerializer.Serialize(_nginx)}}}\n"
            );
        }

        var addresses = string.Join(", ", cluster.Select(found => $"{{ip: \"{AddressOf(found)}\"}}"));
        server.Store.Add(
            $$"""
            apiVersion: v1
            kind: Pod
            metadata:
              name: {{PodName}}
              namespace: obs
              labels: {app: {{_name}}, pod-template-hash: 77c9}
              ownerReferences:
                - apiVersion: apps/v1
                  kind: ReplicaSet
                  name: {{_name}}-77c9
                  uid: 00000000-0000-0000-0000-000000000002
                  controller: true
            spec:
              containers:
            {{_containers}}
              volumes: [{name: conf, configMap: {name: {{_name}} } }]
            status:
              phase: Running
              conditions: [{type: Ready, {{Ready}}}]
              podIPs: [{{addresses}}]
              containerStatuses:
                - {name: nginx, ready: true, state: {running: {startedAt: "2026-01-02T03:00:00Z"} } }
                - {name: memcached, ready: true, state: {running: {startedAt: "2026-01-02T03:00:00Z"} } }
                - {name: vulture, ready: true, state: {running: {startedAt: "2026-01-02T03:00:00Z"} } }
                - {name: exporter, ready: true, state: {running: {startedAt: "2026-01-02T03:00:00Z"} } }
            """
        );
        if (_ports.Length > 0)
        {
            var service = new LiveService
            {
                Name = _name,
                Families = family.ToString(),
                Selector = $"app: {_name}",
                Ports = _ports,
                Endpoints = HasEndpoint ? [(PodName, AddressOf(family))] : [],
            };
            server.Store.Add(service.ToString());
        }
    }

    private string AddressOf(AddressFamily family) => family == AddressFamily.IPv6 ? IPv6 : IPv4;
}
