using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>The keys of a Tempo config that carry an address or a port, and their defaults (3.0.3, same in 2.x).</summary>
public static class TempoSettings
{
    private static readonly HashSet<string> Sections = new(StringComparer.Ordinal)
    {
        "backend_scheduler", "backend_scheduler_client", "backend_worker", "block_builder", "cache", "distributor", "ingest", "internal_server", "live_store",
        "live_store_client", "memberlist", "metrics_generator", "overrides", "querier", "query_frontend", "server", "storage", "usage_report",
    };

    private static readonly HashSet<string> SectionsOfTwo = new(StringComparer.Ordinal) { "compactor", "ingester", "ingester_client", "metrics_generator_client" };

    /// <summary>Whether a config has a section of this name at the top (3.0.3 and 2.10.8: all sections of <c>/status/config</c>, and <c>memory</c>).</summary>
    /// <param name="name">The name.</param>
    /// <param name="generation">The generation of Tempo.</param>
    public static bool HasSection(string name, TempoGeneration generation) => Sections.Contains(name) || (generation == TempoGeneration.Two ? SectionsOfTwo.Contains(name) : name == "memory");

    /// <summary>The addresses the servers listen on. Accepted: nothing, <c>::</c>, <c>::0</c>, an address; never <c>[::0]</c>.</summary>
    public static IReadOnlyList<NodePath> ListenAddresses { get; } =
    [
        NodePath.Of("server", "http_listen_address"),
        NodePath.Of("server", "grpc_listen_address"),
    ];

    /// <summary>The same of the internal server, which exists only when <see cref="InternalServerEnabled"/> is true.</summary>
    public static IReadOnlyList<NodePath> InternalListenAddresses { get; } =
    [
        NodePath.Of("internal_server", "http_listen_address"),
        NodePath.Of("internal_server", "grpc_listen_address"),
    ];

    /// <summary>The networks the servers listen on: <c>tcp</c> (both families), <c>tcp4</c> or <c>tcp6</c>.</summary>
    public static IReadOnlyList<NodePath> ListenNetworks { get; } =
    [
        NodePath.Of("server", "http_listen_network"),
        NodePath.Of("server", "grpc_listen_network"),
    ];

    /// <summary>Whether the internal server runs.</summary>
    public static NodePath InternalServerEnabled { get; } = NodePath.Of("internal_server", "enable");

    /// <summary>The addresses memberlist binds to. An empty list means 0.0.0.0.</summary>
    public static NodePath MemberlistBindAddress { get; } = NodePath.Of("memberlist", "bind_addr");

    /// <summary>The address memberlist tells its peers.</summary>
    public static NodePath MemberlistAdvertiseAddress { get; } = NodePath.Of("memberlist", "advertise_addr");

    /// <summary>The port memberlist binds to.</summary>
    public static NodePath MemberlistBindPort { get; } = NodePath.Of("memberlist", "bind_port");

    /// <summary>The addresses memberlist joins.</summary>
    public static NodePath MemberlistJoinMembers { get; } = NodePath.Of("memberlist", "join_members");

    /// <summary>The port memberlist binds to by default.</summary>
    public const int DefaultMemberlistPort = 7946;

    /// <summary>The component's own list of targets, behind the <c>-target</c> flag.</summary>
    public static NodePath Target { get; } = NodePath.Of("target");

    /// <summary>The receivers of the distributor.</summary>
    public static NodePath Receivers { get; } = NodePath.Of("distributor", "receivers");

    /// <summary>The store of the backend-worker's ring; <c>memberlist</c> makes it a gossip member.</summary>
    public static NodePath BackendWorkerStore { get; } = NodePath.Of("backend_worker", "ring", "kvstore", "store");

    /// <summary>Where the ingestion rate strategy stands: the current form, and the flat one of older configs.</summary>
    public static IReadOnlyList<NodePath> RateStrategies { get; } =
    [
        NodePath.Of("overrides", "defaults", "ingestion", "rate_strategy"),
        NodePath.Of("overrides", "ingestion_rate_strategy"),
    ];

    /// <summary>What every Tempo config has and no config of another program.</summary>
    public static NodePath TraceStorage { get; } = NodePath.Of("storage", "trace");

    /// <summary>Last path segments of images that run a Tempo server. Query, vulture and CLI images do not.</summary>
    public static IReadOnlyList<string> ServerImages { get; } = ["tempo", "grafana-tempo", "enterprise-traces"];
}
