using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// The checks of a running release. What manifests show as well is checked by the rules, over the live objects.
/// </summary>
internal static class LiveChecks
{
    private const string NoFix = "By hand, because verify only reads the release";

    public static RuleDescription PodReadable { get; } =
        new()
        {
            Id = RuleIds.PodReadable,
            Name = "pod-readable",
            Requirement = "Every pod of the release can be checked: it runs, its Tempo pages answer, and its listeners can be listed",
            Fix = NoFix,
            Holds = "All pods could be checked",
            Why = "A pod that was not checked may be the one on the other family",
            Source = "Kubernetes API: pod proxy, ephemeral containers",
        };

    public static RuleDescription PodAddress { get; } =
        new()
        {
            Id = RuleIds.LivePodAddress,
            Name = "live-pod-address",
            Requirement = "Every pod of the release has an address of the release's family, and listens where kubelet probes it",
            Fix = NoFix,
            Holds = "Every pod has an address of the family, and listens where kubelet probes it",
            Why =
                "No other pod can reach a pod without an address of the family, whatever its settings are. kubelet probes the first "
                + "address of a pod",
            Source = "Kubernetes: status.podIPs has one address for each family of the cluster network",
        };

    public static RuleDescription PodListeners { get; } =
        new()
        {
            Id = RuleIds.PodListeners,
            Name = "pod-listeners",
            Requirement =
                "Other pods can reach every TCP port that a pod must serve over the family: Tempo's HTTP, gRPC, memberlist and receiver "
                + "ports, and the ports behind the Services of other pods of the release, such as gateways, caches and exporters",
            Fix = NoFix,
            Holds = "Other pods can reach every port over the family",
            Why = "A listener on loopback, or on one family, refuses connections over the other family",
            Source = "Tempo's documentation checks it with ss -ltn; in iproute2 6.1 *:3200 is both families, and [::]:3200 is IPv6 only",
        };

    public static RuleDescription PodReady { get; } =
        new()
        {
            Id = RuleIds.PodReady,
            Name = "pod-ready",
            Requirement = "/ready of every Tempo pod answers 200, and all other pods of the release are ready",
            Fix = NoFix,
            Holds = "All pods are ready",
            Why = "A pod that does not find its ring or its peers is not ready",
            Source = "Measured on Tempo 3.0.3",
        };

    public static RuleDescription GossipMembers { get; } =
        new()
        {
            Id = RuleIds.GossipMembers,
            Name = "gossip-members",
            Requirement =
                "/memberlist of every pod that joins shows the same members: all pods of the release that join, each with an address "
                + "of the family, and no others",
            Fix = NoFix,
            Holds = "memberlist is complete, uses the family, and is the same on every pod",
            Why =
                "Members dial each other at the advertised address. A dual-stack pod that advertises the other family forms a working but "
                + "mixed ring, without an error",
            Source = "Measured on Tempo 3.0.3 in pods with both families",
        };

    public static RuleDescription RingMembers { get; } =
        new()
        {
            Id = RuleIds.RingMembers,
            Name = "ring-members",
            Requirement =
                "The ring pages of all pods show the same instances; each has an address of the family, and is a member of memberlist",
            Fix = NoFix,
            Holds = "Every ring uses the family, is the same on every pod, and agrees with memberlist",
            Why = "Other components dial the addresses in the ring. A ring on one family and gossip on the other cause no error",
            Source = "Measured on Tempo 3.0.3 in pods with both families",
        };

    public static RuleDescription ServiceEndpoints { get; } =
        new()
        {
            Id = RuleIds.ServiceEndpoints,
            Name = "service-endpoints",
            Requirement =
                "The EndpointSlices of every Service of the release have the Service's families, and contain addresses of the release's "
                + "family; those of the gossip-ring Service contain exactly the pods that join",
            Fix = NoFix,
            Holds = "Every Service has endpoints of the family, and those of the gossip ring are exactly the pods that join",
            Why = "A headless Service resolves to the addresses in its EndpointSlices: A records for IPv4, AAAA records for IPv6",
            Source = "Kubernetes: EndpointSlice.addressType",
        };

    public static RuleDescription Reachability { get; } =
        new()
        {
            Id = RuleIds.Reachability,
            Name = "reachability",
            Requirement =
                "With --reachability: one pod of every workload can connect, over the family, to everything it dials: components, "
                + "members, caches, Kafka and the addresses that its brokers advertise, object storage and its credentials, remote write",
            Fix = NoFix,
            Holds = "The pods can connect to everything they dial over the family",
            Why =
                "Settings do not show a NetworkPolicy without a rule for the family, a name without a record of it, or a server that does "
                + "not listen on it",
            Source = "curl(1) with -4 and -6 in the network of the pod; Kafka's Metadata request",
        };

    public static RuleDescription LoadBalancerAddress { get; } =
        new()
        {
            Id = RuleIds.LoadBalancerAddress,
            Name = "load-balancer-address",
            Requirement = "Every Service of type LoadBalancer has an address of each of its families, or a host name",
            Fix = NoFix,
            Holds = "Every load balancer has an address of each of its families",
            Why = "Clients outside the cluster dial the address of the load balancer, whose family may differ from the Service's",
            Source = "Kubernetes: status.loadBalancer.ingress",
        };

    public static RuleDescription TraceReceived { get; } =
        new()
        {
            Id = RuleIds.TraceReceived,
            Name = "trace-received",
            Requirement =
                "With --trace: every receiver accepts a test span over the family, through each of its Services and through the gateway",
            Fix = NoFix,
            Holds = "Every receiver accepted a test span over the family",
            Why = "A receiver that listens, and that its own pod can reach, may still refuse what clients send",
            Source = "curl(1) with -4 and -6 inside the cluster: OTLP and Jaeger over gRPC and HTTP, Zipkin",
        };

    public static RuleDescription TraceRead { get; } =
        new()
        {
            Id = RuleIds.TraceRead,
            Name = "trace-read",
            Requirement =
                "With --trace: the query-frontend returns every test span over the family within 30 seconds, and so does the gateway",
            Fix = NoFix,
            Holds = "Every test span was read back over the family",
            Why = "A span passes through every component of a release, and no setting shows where it stops",
            Source = "Tempo's API: /api/traces",
        };

    public static RuleDescription IngressAddress { get; } =
        new()
        {
            Id = RuleIds.IngressAddress,
            Name = "ingress-address",
            Requirement =
                "Every Ingress, and every Gateway with an HTTP or gRPC route, that leads to a Service of the release has an address of the "
                + "release's family, or a host name",
            Fix = NoFix,
            Holds = "Every Ingress and Gateway in front of the release has an address of its family",
            Why = "Clients outside the cluster dial the address of the Ingress or Gateway, whose family may differ from the release's",
            Source = "Kubernetes: Ingress status.loadBalancer.ingress; Gateway API: Gateway status.addresses",
        };

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
        IngressAddress,
    ];
}
