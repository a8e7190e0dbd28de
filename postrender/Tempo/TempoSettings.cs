using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>The keys of a Tempo config that the rules read or write, and some defaults.</summary>
public static class TempoSettings
{
    private static readonly VersionRange Always = VersionRange.Since("2.0");

    /// <summary>The listen addresses of the servers. Brackets (<c>[::0]</c>) are invalid (measured on 3.0.3).</summary>
    public static IReadOnlyList<TempoSetting> ListenAddresses { get; } =
    [TempoSetting.Of(Always, "server", "http_listen_address"), TempoSetting.Of(Always, "server", "grpc_listen_address")];

    /// <summary>The listen addresses of the internal server, which runs only if <see cref="InternalServerEnabled"/> is true.</summary>
    public static IReadOnlyList<TempoSetting> InternalListenAddresses { get; } =
    [
        TempoSetting.Of(VersionRange.Since("2.1"), "internal_server", "http_listen_address"),
        TempoSetting.Of(VersionRange.Since("2.1"), "internal_server", "grpc_listen_address"),
    ];

    /// <summary>The networks on which the servers listen: <c>tcp</c> (both families), <c>tcp4</c> or <c>tcp6</c>.</summary>
    public static IReadOnlyList<TempoSetting> ListenNetworks { get; } =
    [TempoSetting.Of(Always, "server", "http_listen_network"), TempoSetting.Of(Always, "server", "grpc_listen_network")];

    /// <summary>The networks on which the internal server listens.</summary>
    public static IReadOnlyList<TempoSetting> InternalListenNetworks { get; } =
    [
        TempoSetting.Of(VersionRange.Since("2.1"), "internal_server", "http_listen_network"),
        TempoSetting.Of(VersionRange.Since("2.1"), "internal_server", "grpc_listen_network"),
    ];

    /// <summary>Whether the internal server runs.</summary>
    public static NodePath InternalServerEnabled { get; } = NodePath.Of("internal_server", "enable");

    /// <summary>The addresses to which memberlist binds. An empty list means 0.0.0.0.</summary>
    public static TempoSetting MemberlistBindAddress { get; } = TempoSetting.Of(Always, "memberlist", "bind_addr");

    /// <summary>The address that memberlist advertises to its peers.</summary>
    public static NodePath MemberlistAdvertiseAddress { get; } = NodePath.Of("memberlist", "advertise_addr");

    /// <summary>The port to which memberlist binds.</summary>
    public static NodePath MemberlistBindPort { get; } = NodePath.Of("memberlist", "bind_port");

    /// <summary>The addresses of the members that memberlist dials to join.</summary>
    public static NodePath MemberlistJoinMembers { get; } = NodePath.Of("memberlist", "join_members");

    /// <summary>The default of <see cref="MemberlistBindPort"/>.</summary>
    public const int DefaultMemberlistPort = 7946;

    /// <summary>The targets in the config, which the <c>-target</c> flag overrides.</summary>
    public static NodePath Target { get; } = NodePath.Of("target");

    /// <summary>Whether every request must name a tenant.</summary>
    public static NodePath Multitenancy { get; } = NodePath.Of("multitenancy_enabled");

    /// <summary>The receivers of the distributor.</summary>
    public static NodePath Receivers { get; } = NodePath.Of("distributor", "receivers");

    /// <summary>A mapping that every Tempo config has, and no config of another program.</summary>
    public static NodePath TraceStorage { get; } = NodePath.Of("storage", "trace");

    /// <summary>
    /// The keys that make the S3 clients, for blocks and for user-configurable overrides, use Amazon's dual-stack names. Before 2.6 Tempo
    /// always used these names.
    /// </summary>
    public static IReadOnlyList<TempoSetting> DualStackStorage { get; } =
    [
        TempoSetting.Of(VersionRange.Since("2.6"), "storage", "trace", "s3", "enable_dual_stack"),
        TempoSetting.Of(VersionRange.Since("2.6"), "overrides", "user_configurable_overrides", "client", "s3", "enable_dual_stack"),
    ];

    /// <summary>Last path segments of images that run a Tempo server. Query, vulture and CLI images do not.</summary>
    public static IReadOnlyList<string> ServerImages { get; } = ["tempo", "grafana-tempo", "enterprise-traces"];

    /// <summary>
    /// Whether an image is that of a program that runs beside Tempo: vulture, the query plugin, or an exporter. The image does not show to
    /// which release the program belongs.
    /// </summary>
    /// <param name="imageName">The image's last path segment.</param>
    public static bool IsCompanionImage(string imageName) =>
        imageName is "tempo-vulture" or "tempo-query" || imageName.EndsWith("-exporter", StringComparison.Ordinal);

    /// <summary>Every key that rules write, except those of receivers. A test compares them with the reference of every version.</summary>
    public static IEnumerable<TempoSetting> Written =>
        [
            .. ListenAddresses,
            .. InternalListenAddresses,
            .. ListenNetworks,
            .. InternalListenNetworks,
            MemberlistBindAddress,
            .. DualStackStorage,
            .. TempoRing
                .Known.Where(static ring => ring.FamilyKeyVersions is not null)
                .Select(static ring => new TempoSetting(ring.FamilyKeyPath, ring.FamilyKeyVersions!)),
        ];
}
