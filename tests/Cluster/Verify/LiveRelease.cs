using System.Text.Json;
using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>A running microservices release in the namespace obs; it is healthy unless a test breaks it.</summary>
internal sealed class LiveRelease
{
    public const string Namespace = "obs";
    private const string GossipRing = "tempo-gossip-ring";
    private const string Distributor = "tempo-distributor";

    private static readonly string[] Targets =
    [
        "distributor",
        "distributor",
        "live-store",
        "live-store",
        "querier",
        "query-frontend",
        "block-builder",
        "backend-scheduler",
        "backend-worker",
    ];

    private readonly IReadOnlyList<AddressFamily> _cluster;

    /// <summary>Makes a release.</summary>
    /// <param name="family">Its family.</param>
    /// <param name="cluster">The families of the cluster, the primary first.</param>
    public LiveRelease(AddressFamily family, params IReadOnlyList<AddressFamily> cluster)
    {
        Family = family;
        _cluster = cluster.Count == 0 ? [family] : cluster;
        Pods = [.. Targets.Select((target, index) => new LivePodFixture(index, target, family))];
        Config = ConfigOf(family);
    }

    public AddressFamily Family { get; }

    public List<LivePodFixture> Pods { get; }

    /// <summary>The config file, and what pods run with unless they say otherwise.</summary>
    public string Config { get; set; }

    /// <summary>The kind of the object with the config.</summary>
    public string ConfigKind { get; set; } = "ConfigMap";

    /// <summary>The families of Services that differ from the release's.</summary>
    public Dictionary<string, string> ServiceFamilies { get; } = [];

    /// <summary>The image of Tempo.</summary>
    public string Image { get; init; } = "docker.io/grafana/tempo:3.0.3";

    /// <summary>The ports of receivers that the distributor's Service leads to, besides Tempo's HTTP port.</summary>
    public int[] ReceiverPorts { get; init; } = [];

    /// <summary>The ring whose page is shown: its component, who registers in it, and who shows it.</summary>
    public (string Component, string[] Registers, string[] Shows) Ring { get; init; } =
        ("live-store", ["live-store"], ["querier", "live-store"]);

    /// <summary>Pods that the gossip-ring Service leads to or does not, against the rule.</summary>
    public Dictionary<string, bool> InGossipRing { get; } = [];

    /// <summary>Pods of the release that do not run Tempo.</summary>
    public List<LiveOther> Others { get; } = [];

    public LivePodFixture Pod(string target) => Pods.First(pod => pod.Target == target);

    /// <summary>The config of a release of a family, as Tempo's documentation has it.</summary>
    public static string ConfigOf(AddressFamily family)
    {
        var (wildcard, isIPv6) = (family.Wildcard(), family == AddressFamily.IPv6 ? "true" : "false");
        return $$"""
            server:
              http_listen_address: '{{wildcard}}'
              http_listen_port: 3200
              grpc_listen_address: '{{wildcard}}'
              grpc_listen_port: 9095
            memberlist:
              bind_addr: ['{{wildcard}}']
              bind_port: 7946
              join_members: ['dns+tempo-gossip-ring.obs.svc:7946']
            distributor:
              receivers:
                otlp:
                  protocols:
                    grpc: {endpoint: '{{family.WildcardHost()}}:4317'}
                    http: {endpoint: '{{family.WildcardHost()}}:4318'}
            live_store:
              ring: {enable_inet6: {{isIPv6}}}
            metrics_generator:
              ring: {enable_inet6: {{isIPv6}}}
            querier:
              frontend_worker: {frontend_address: 'tempo-query-frontend-discovery.obs.svc:9095'}
            backend_worker:
              backend_scheduler_addr: 'tempo-backend-scheduler.obs.svc:9095'
            storage:
              trace: {backend: s3}
            """;
    }

    /// <summary>Starts an API server that holds the release.</summary>
    public async Task<TestApiServer> StartAsync()
    {
        var server = await TestApiServer.StartAsync();
        Put(server, ConfigObject());
        foreach (var service in Services())
        {
            Put(server, service.ToString());
        }

        foreach (var pod in Pods)
        {
            Put(server, PodObject(pod));
            server.PodServers[$"{Namespace}/{pod.Name}/3200"] = path => Answer(pod, path);
        }

        Others.ForEach(other => other.Put(server, Family, _cluster));
        server.CreatedPods.Outcome = found => new ContainerOutcome(
            Network.Print(
                found["spec"]!["nodeName"]!.GetValue<string>(),
                LiveNetwork.CommandOf(found["spec"]!["containers"]![0]!.AsObject())
            )!
        );
        server.EphemeralContainers.Delay = TimeSpan.FromMilliseconds(1);
        server.EphemeralContainers.Outcome = (found, container) =>
            Network.Print(found["metadata"]!["name"]!.GetValue<string>(), LiveNetwork.CommandOf(container)) is { } printed
                ? new ContainerOutcome(printed)
            : found["metadata"]!["name"]!.GetValue<string>() is var name && Others.Find(other => other.PodName == name) is { } other
                ? new ContainerOutcome(other.Listing)
            : new ContainerOutcome(ListingOf(Pods.Single(pod => pod.Name == name)));
        return server;
    }

    /// <summary>Runs <c>verify</c> against it without asking.</summary>
    public async Task<RunResult> VerifyAsync(params string[] arguments)
    {
        await using var server = await StartAsync();
        return await VerifyRunner.RunAsync(server, arguments);
    }

    /// <summary>What the debug container of a pod writes.</summary>
    public static string ListingOf(LivePodFixture pod) => $"== ss\n{pod.SocketStatistics}== end\n";

    /// <summary>The results of connections.</summary>
    public LiveNetwork Network { get; } = new();

    private static void Put(TestApiServer server, string manifest) => server.Store.Add(manifest);

    /// <summary>What Tempo answers on its HTTP port.</summary>
    private (int, string) Answer(LivePodFixture pod, string path) =>
        path switch
        {
            "/ready" => pod.Ready,
            "/status/config" => (200, "GET /status/config\n---\n" + (pod.EffectiveConfig ?? $"target: {pod.Target}\n{Config}")),
            "/memberlist" when !pod.Joins => (200, "This instance doesn't use memberlist."),
            "/memberlist" => (
                200,
                JsonSerializer.Serialize(
                    new
                    {
                        SortedMembers = Pods.Where(other => other.Joins && !pod.DoesNotSee.Contains(other.Name))
                            .Select(static other => new
                            {
                                Name = $"{other.Name}-1f0a",
                                Addr = other.AddressOf(other.Gossip),
                                Port = 7946,
                                State = 0,
                            }),
                    }
                )
            ),
            // What is kept in memory, only the process itself shows.
            _ when path == $"/{Ring.Component}/ring" && Ring.Shows.Contains(pod.Target) => (
                200,
                JsonSerializer.Serialize(
                    new
                    {
                        shards = Pods.Where(other => Ring.Registers.Contains(other.Target) && (other.Target != "all" || other == pod))
                            .Select(static other => new
                            {
                                id = other.Name,
                                state = "ACTIVE",
                                address = Endpoint.Join(other.RingAddress ?? other.AddressOf(other.Ring), "9095"),
                                tokens = new[] { 1, 2 },
                            }),
                    }
                )
            ),
            _ => (404, "404 page not found\n"),
        };

    private string ConfigObject() =>
        ConfigKind == "Secret"
            ? $"apiVersion: v1\nkind: Secret\nmetadata: {{name: tempo-config, namespace: {Namespace}}}\ndata:\n"
                + $"  tempo.yaml: {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Config))}\n"
            : $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: tempo-config, namespace: {Namespace}}}\ndata:\n"
                + $"  tempo.yaml: {JsonSerializer.Serialize(Config)}\n";

    private string PodObject(LivePodFixture pod)
    {
        var families = pod.Families ?? _cluster;
        var volume = ConfigKind == "Secret" ? "secret: {secretName: tempo-config}" : "configMap: {name: tempo-config}";
        var podAddresses = string.Join(", ", families.Select(family => $"{{ip: \"{pod.AddressOf(family)}\"}}"));
        var gossipLabel = pod.IsLabelled ? "tempo-gossip-member: \"true\"" : "";
        return $$"""
            apiVersion: v1
            kind: Pod
            metadata:
              name: {{pod.Name}}
              namespace: {{Namespace}}
              labels:
                app.kubernetes.io/instance: tempo
                app.kubernetes.io/component: {{pod.Target}}
                pod-template-hash: 5d8f9c
                {{gossipLabel}}
              ownerReferences:
                - apiVersion: apps/v1
                  kind: ReplicaSet
                  name: tempo-{{pod.Target}}-5d8f9c
                  uid: 00000000-0000-0000-0000-000000000001
                  controller: true
            {{Indent(pod.MoreMetadata, 2)}}
            spec:
              nodeName: {{pod.Node}}
              containers:
                - name: tempo
                  image: {{Image}}
                  args: [-target={{pod.Target}}, -config.file=/conf/tempo.yaml]
                  ports: [{name: http-metrics, containerPort: 3200}]
            {{Indent(pod.Probes, 6)}}
                  volumeMounts: [{name: config, mountPath: /conf}]
              volumes:
                - name: config
                  {{volume}}
            {{Indent(pod.MoreSpec, 2)}}
            status:
              phase: Running
              conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-02T03:00:10Z"}]
              podIP: {{pod.AddressOf(families[0])}}
              podIPs: [{{podAddresses}}]
              containerStatuses:
                - name: tempo
                  image: {{Image}}
                  imageID: x
                  ready: true
                  restartCount: 0
                  state: {{pod.State}}
            {{Indent(pod.MoreStatus, 2)}}
            """;
    }

    private IEnumerable<LiveService> Services()
    {
        (string Name, bool IsHeadless, Func<LivePodFixture, bool> Leads, string Selector)[] services =
        [
            (
                GossipRing,
                true,
                pod => InGossipRing.TryGetValue(pod.Name, out var stated) ? stated : pod.IsLabelled,
                "tempo-gossip-member: \"true\""
            ),
            OfComponent("tempo-query-frontend-discovery", true, "query-frontend"),
            OfComponent("tempo-live-store", true, "live-store"),
            OfComponent("tempo-backend-scheduler", false, "backend-scheduler"),
            OfComponent("tempo", false, Pods[0].Target) with
            {
                Leads = static pod => pod.Target is "all" or "scalable-single-binary",
            },
            OfComponent(Distributor, false, "distributor"),
        ];
        return services
            .Where(service => Pods.Exists(pod => service.Leads(pod)))
            .Select(
                (service, index) =>
                {
                    var families = ServiceFamilies.GetValueOrDefault(service.Name, Family.ToString());
                    var family = AddressFamilies.Parse(families.Split(',')[0])!.Value;
                    var port = service.Name == GossipRing ? 7946 : 3200;
                    return new LiveService
                    {
                        Name = service.Name,
                        Families = families,
                        Selector = $"app.kubernetes.io/instance: tempo, {service.Selector}",
                        Address =
                            service.IsHeadless ? "None"
                            : Family == AddressFamily.IPv6 ? $"fd00:2::{index + 1}"
                            : $"10.2.0.{index + 1}",
                        PublishesNotReadyAddresses = service.Name == GossipRing,
                        Ports =
                        [
                            ("first", port, $"{port}"),
                            .. (service.Name == Distributor ? ReceiverPorts : []).Select(static port => ($"p{port}", port, $"{port}")),
                        ],
                        Endpoints = Pods.Where(service.Leads).Select(pod => (pod.Name, pod.AddressOf(family))),
                    };
                }
            );
    }

    private static (string Name, bool IsHeadless, Func<LivePodFixture, bool> Leads, string Selector) OfComponent(
        string name,
        bool isHeadless,
        string target
    ) => (name, isHeadless, pod => pod.Target == target, $"app.kubernetes.io/component: {target}");

    private static string Indent(string text, int spaces) =>
        text.Length == 0 ? "" : string.Join('\n', text.Split('\n').Select(line => new string(' ', spaces) + line));

    /// <summary>The debug containers of a pod, as the server has them.</summary>
    public static IReadOnlyList<JsonObject> DebugContainers(TestApiServer server, string pod) =>
        [
            .. (server.Store.FindPod(Namespace, pod)!["spec"]!["ephemeralContainers"] as JsonArray ?? []).Select(static item =>
                item!.AsObject()
            ),
        ];

    /// <summary>The names of the debug containers of a pod.</summary>
    public static IEnumerable<string> DebugContainerNames(TestApiServer server, string pod) =>
        DebugContainers(server, pod).Select(static container => container["name"]!.GetValue<string>());

    /// <summary>The command of the last debug container of a pod.</summary>
    public static List<string> LastCommand(TestApiServer server, string pod) => LiveNetwork.CommandOf(DebugContainers(server, pod)[^1]);
}
