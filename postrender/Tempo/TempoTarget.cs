namespace Tempo.PostRender.Tempo;

/// <summary>When a target opens the gossip port and joins memberlist.</summary>
public enum GossipMembership
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>Always.</summary>
    Always,

    /// <summary>When <c>backend_worker.ring.kvstore.store</c> is <c>memberlist</c>.</summary>
    WithBackendWorkerRing,
}

/// <summary>A value of <c>-target</c>.</summary>
/// <param name="Name">The value.</param>
/// <param name="InTwo">Its membership in Tempo 2.x, or null where that has no such target.</param>
/// <param name="InThree">Its membership in Tempo 3.x, or null where that has no such target.</param>
/// <param name="OnlyTempo">Whether no other program of its kind (Loki, Mimir) has a target of this name.</param>
public sealed record TempoTarget(string Name, GossipMembership? InTwo, GossipMembership? InThree, bool OnlyTempo = false)
{
    /// <summary>The target that runs every component in one process; also what runs without <c>-target</c>.</summary>
    public const string All = "all";

    /// <summary>
    /// The known targets. 3.x: measured on 3.0.3 by the listener on port 7946, one target at a time; 2.x: read from the
    /// sources of 2.10, which has the targets of 3.x too. The single binary keeps its rings in memory.
    /// </summary>
    public static IReadOnlyList<TempoTarget> Known { get; } =
    [
        new(All, GossipMembership.Never, GossipMembership.Never),
        new("scalable-single-binary", GossipMembership.Always, null, OnlyTempo: true),
        new("distributor", GossipMembership.Always, GossipMembership.Always),
        new("ingester", GossipMembership.Always, null),
        new("compactor", GossipMembership.Always, null),
        new("live-store", GossipMembership.Always, GossipMembership.Always, OnlyTempo: true),
        new("block-builder", GossipMembership.Always, GossipMembership.Always),
        new("backend-scheduler", GossipMembership.Never, GossipMembership.Never, OnlyTempo: true),
        new("backend-worker", GossipMembership.WithBackendWorkerRing, GossipMembership.WithBackendWorkerRing, OnlyTempo: true),
        new("querier", GossipMembership.Always, GossipMembership.Always),
        new("query-frontend", GossipMembership.Never, GossipMembership.Never),
        new("metrics-generator", GossipMembership.Always, GossipMembership.Always, OnlyTempo: true),
    ];

    /// <summary>The target of that name, or null.</summary>
    /// <param name="name">The name.</param>
    public static TempoTarget? Find(string name) => Known.FirstOrDefault(target => target.Name == name);

    /// <summary>Its membership in a generation; a target the generation does not have joins nothing.</summary>
    /// <param name="generation">The generation.</param>
    public GossipMembership Membership(TempoGeneration generation) =>
        (generation == TempoGeneration.Two ? InTwo : InThree) ?? GossipMembership.Never;

    /// <summary>Whether a process with these targets runs a component: by its name, or as part of a single binary.</summary>
    /// <param name="targets">The targets of a process.</param>
    /// <param name="component">The component.</param>
    public static bool Runs(IEnumerable<string> targets, string component) =>
        targets.Any(target => target == component || target is All or "scalable-single-binary");
}
