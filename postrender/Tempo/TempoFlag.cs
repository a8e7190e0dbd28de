namespace Tempo.PostRender.Tempo;

/// <summary>What an address given by a flag is used for.</summary>
public enum FlagUse
{
    /// <summary>A server listens on it.</summary>
    Listen,

    /// <summary>memberlist binds to it.</summary>
    Bind,

    /// <summary>Not an address, but the network of a server: <c>tcp</c>, <c>tcp4</c> or <c>tcp6</c>.</summary>
    Network,

    /// <summary>It is advertised to the peers, which dial it.</summary>
    Advertise,
}

/// <summary>A flag of Tempo that sets a listen or advertised address. It overrides the config, or is added to it.</summary>
/// <param name="Name">The name without dashes.</param>
/// <param name="Use">What the address is used for.</param>
/// <param name="Versions">The versions that have the component it belongs to.</param>
public sealed record TempoFlag(string Name, FlagUse Use, VersionRange Versions)
{
    /// <summary>Whether a container expands <c>${VAR}</c> in its config.</summary>
    public const string ExpandEnvironment = "config.expand-env";

    /// <summary>The addresses that memberlist binds to, one each time the flag is given.</summary>
    public const string MemberlistBind = "memberlist.bind-addr";

    /// <summary>Flags with which Tempo prints something and exits, without listening or joining memberlist (3.0.3).</summary>
    public static IReadOnlyList<string> OneShot { get; } = ["config.verify", "version", "help"];

    /// <summary>The known flags.</summary>
    public static IReadOnlyList<TempoFlag> Known { get; } =
    [
        new("server.http-listen-address", FlagUse.Listen, VersionRange.All),
        new("server.grpc-listen-address", FlagUse.Listen, VersionRange.All),
        new("server.http-listen-network", FlagUse.Network, VersionRange.All),
        new("server.grpc-listen-network", FlagUse.Network, VersionRange.All),
        new("internal-server.http-listen-address", FlagUse.Listen, VersionRange.Since("2.1")),
        new("internal-server.grpc-listen-address", FlagUse.Listen, VersionRange.Since("2.1")),
        new(MemberlistBind, FlagUse.Bind, VersionRange.All),
        new("memberlist.advertise-addr", FlagUse.Advertise, VersionRange.All),
        new("distributor.ring.instance-addr", FlagUse.Advertise, VersionRange.All),
        new("live-store.ring.instance-addr", FlagUse.Advertise, VersionRange.Since("2.9")),
        new("metrics-generator.ring.instance-addr", FlagUse.Advertise, VersionRange.All),
        new("backend-worker.ring.instance-addr", FlagUse.Advertise, VersionRange.Since("2.8")),
        new("compactor.ring.instance-addr", FlagUse.Advertise, VersionRange.Until("2.10")),
        new("ingester.lifecycler.addr", FlagUse.Advertise, VersionRange.Until("2.10")),
    ];
}
