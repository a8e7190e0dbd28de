namespace Tempo.PostRender.Tempo;

/// <summary>What Tempo does with the value of a flag.</summary>
public enum FlagUse
{
    /// <summary>A server listens on this address.</summary>
    Listen,

    /// <summary>memberlist binds to this address.</summary>
    Bind,

    /// <summary>A server listens on this network: <c>tcp</c>, <c>tcp4</c> or <c>tcp6</c>.</summary>
    Network,

    /// <summary>Tempo advertises this address to its peers, which dial it.</summary>
    Advertise,
}

/// <summary>
/// A flag of Tempo that sets a listen, bind or advertised address. It overrides the config; only <see cref="MemberlistBind"/> is added
/// to the value in the config.
/// </summary>
/// <param name="Name">The name without dashes.</param>
/// <param name="Use">What Tempo does with its value.</param>
/// <param name="Versions">The versions that have the flag's component.</param>
public sealed record TempoFlag(string Name, FlagUse Use, VersionRange Versions)
{
    /// <summary>The flag with which Tempo expands <c>${VAR}</c> in its config.</summary>
    public const string ExpandEnvironment = "config.expand-env";

    /// <summary>The flag that adds an address to which memberlist binds; it can be given several times.</summary>
    public const string MemberlistBind = "memberlist.bind-addr";

    /// <summary>Flags with which Tempo prints something and exits, without listening or joining memberlist (measured on 3.0.3).</summary>
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
