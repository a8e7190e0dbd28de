using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// What only a running release shows. What manifests show as well is judged by the rules themselves, over the live objects.
/// </summary>
internal static class LiveChecks
{
    private const string NoFix = "None: the cluster is only looked at";

    public static RuleDescription PodReadable { get; } =
        new()
        {
            Id = RuleIds.PodReadable,
            Name = "pod-readable",
            Requirement = "Every pod of the release can be looked into: it runs, Tempo's pages answer, its listeners can be listed",
            Fix = NoFix,
            Holds = "Every pod could be looked into",
            Why = "A pod that was not looked into may be the one on the other family",
            Source = "Kubernetes API: pod proxy, ephemeral containers",
        };

    public static RuleDescription PodAddress { get; } =
        new()
        {
            Id = RuleIds.LivePodAddress,
            Name = "live-pod-address",
            Requirement = "Every pod of the release has an address of the family, and kubelet's probes reach the ports they ask",
            Fix = NoFix,
            Holds = "Every pod has an address of the family, and is probed where it listens",
            Why =
                "Without one nobody reaches it over the family, whatever it is configured to do. kubelet probes the first of a pod's "
                + "addresses",
            Source = "Kubernetes: status.podIPs holds an address for every family that the cluster network has",
        };

    public static RuleDescription PodListeners { get; } =
        new()
        {
            Id = RuleIds.PodListeners,
            Name = "pod-listeners",
            Requirement =
                "Every TCP port of a pod is listened on where the other pods reach it over the family: Tempo's HTTP, gRPC, "
                + "memberlist and receivers, and what Services lead to in gateways and caches",
            Fix = NoFix,
            Holds = "Every port is reached over the family",
            Why = "A listener on loopback or on one family refuses what comes over the other",
            Source = "Tempo's documentation has it checked by ss -ltn; iproute2 6.1: *:3200 is both families, [::]:3200 IPv6 only",
        };

    public static RuleDescription PodReady { get; } =
        new()
        {
            Id = RuleIds.PodReady,
            Name = "pod-ready",
            Requirement = "/ready of every Tempo pod answers 200, and gateways and caches are ready",
            Fix = NoFix,
            Holds = "Every pod is ready",
            Why = "A pod that cannot find its ring or its peers says so there",
            Source = "Measured on Tempo 3.0.3",
        };

    public static RuleDescription GossipMembers { get; } =
        new()
        {
            Id = RuleIds.GossipMembers,
            Name = "gossip-members",
            Requirement =
                "/memberlist of every pod that joins shows the same members: all pods of the release that join, each with an address "
                + "of the family, and nobody else",
            Fix = NoFix,
            Holds = "memberlist is complete, on the family, and the same for every pod",
            Why =
                "Members are dialled at the address they advertise. A dual-stack pod that advertises the other family forms a "
                + "working, mixed ring without any error",
            Source = "Measured on Tempo 3.0.3 in pods with both families",
        };

    public static RuleDescription RingMembers { get; } =
        new()
        {
            Id = RuleIds.RingMembers,
            Name = "ring-members",
            Requirement =
                "The ring pages of all pods show the same instances, each with an address of the family, and each a member of "
                + "memberlist",
            Fix = NoFix,
            Holds = "Every ring is on the family, the same for every pod, and agrees with memberlist",
            Why = "The other components dial what stands in the ring. A ring on one family and gossip on the other show nowhere else",
            Source = "Measured on Tempo 3.0.3 in pods with both families",
        };

    public static RuleDescription ServiceEndpoints { get; } =
        new()
        {
            Id = RuleIds.ServiceEndpoints,
            Name = "service-endpoints",
            Requirement =
                "The EndpointSlices of every Service of the release are of its families and hold addresses of the family; those of "
                + "the gossip ring hold exactly the pods that join",
            Fix = NoFix,
            Holds = "Endpoints are of the family, and the gossip ring's are exactly the pods that join",
            Why = "A headless Service resolves to what its EndpointSlices hold: A records for IPv4, AAAA records for IPv6",
            Source = "Kubernetes: EndpointSlice.addressType",
        };

    public static RuleDescription Reachability { get; } =
        new()
        {
            Id = RuleIds.Reachability,
            Name = "reachability",
            Requirement =
                "With --reachability: from a pod of every workload, whatever it dials (components, members, caches, Kafka and the "
                + "addresses its brokers advertise, object storage and its credentials, remote write) is connected to over the family",
            Fix = NoFix,
            Holds = "Whatever the pods dial is connected to over the family",
            Why =
                "Settings do not show a NetworkPolicy without the range of the family, a name without a record of it, or a server that "
                + "does not listen on it",
            Source = "curl(1) -4 and -6 inside the pod's network; Kafka's Metadata request",
        };

    public static RuleDescription LoadBalancerAddress { get; } =
        new()
        {
            Id = RuleIds.LoadBalancerAddress,
            Name = "load-balancer-address",
            Requirement = "Every Service of type LoadBalancer has an address of each of its families, or a name",
            Fix = NoFix,
            Holds = "Every load balancer has its addresses",
            Why = "What clients outside the cluster dial is the load balancer's address, whose family need not be the Service's",
            Source = "Kubernetes: status.loadBalancer.ingress",
        };

    public static RuleDescription TraceReceived { get; } =
        new()
        {
            Id = RuleIds.TraceReceived,
            Name = "trace-received",
            Requirement =
                "With --trace: every receiver takes a test span over the family, through each of its Services and through the gateway",
            Fix = NoFix,
            Holds = "Every receiver took a span over the family",
            Why = "A receiver that listens, and that its own pod reaches, may still refuse what clients send",
            Source = "curl(1) -4 and -6 inside the cluster: OTLP and Jaeger over gRPC and HTTP, Zipkin",
        };

    public static RuleDescription TraceRead { get; } =
        new()
        {
            Id = RuleIds.TraceRead,
            Name = "trace-read",
            Requirement =
                "With --trace: the query-frontend returns every test span over the family within 30 seconds, and so does the gateway",
            Fix = NoFix,
            Holds = "Every span was read back over the family",
            Why = "A span passes every part of a release: what it does not reach shows in no setting",
            Source = "Tempo's API: /api/traces",
        };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RuleDescription> All { get; } =
    [
        PodReadable,
        PodAddress,
        PodListeners,
        PodReady,
        GossipMembers,
        RingMembers,
        ServiceEndpoints,
        Reachability,
        LoadBalancerAddress,
        TraceReceived,
        TraceRead,
    ];
}
