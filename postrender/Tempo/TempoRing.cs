using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>What must hold, beyond the component running, for a ring to be in use.</summary>
public enum RingCondition
{
    /// <summary>Nothing else.</summary>
    Always,

    /// <summary>Its <c>kvstore.store</c> is set.</summary>
    KeyValueStoreSet,

    /// <summary>A process is told to run the component by name; the single binary does not run it.</summary>
    TargetNamed,

    /// <summary>The ingestion rate strategy is <c>global</c>.</summary>
    GlobalRateStrategy,
}

/// <summary>A hash ring whose lifecycler picks the address that the other components dial.</summary>
/// <param name="Path">The mapping of the config that has <c>enable_inet6</c>.</param>
/// <param name="Component">The component that registers itself in it.</param>
/// <param name="Condition">When it is in use.</param>
/// <param name="AddressKey">The key that pins the address: <c>instance_addr</c>, or <c>address</c> for the 2.x ingester.</param>
/// <param name="Generations">The generations whose config has the ring.</param>
public sealed record TempoRing(
    NodePath Path, string Component, RingCondition Condition, string AddressKey, params IReadOnlyList<TempoGeneration> Generations)
{
    /// <summary>The key that lets a ring register an IPv6 address.</summary>
    public const string FamilyKey = "enable_inet6";

    /// <summary>
    /// The rings that have <see cref="FamilyKey"/>. Tempo parses its config strictly: the key anywhere else (in
    /// <c>live_store.partition_ring</c>, say) stops it (measured on 3.0.3). The metrics-generator's is inert in 3.0.3 and
    /// documented; later versions may read it.
    /// </summary>
    public static IReadOnlyList<TempoRing> Known { get; } =
    [
        new(NodePath.Of("live_store", "ring"), "live-store", RingCondition.Always, "instance_addr", TempoGeneration.Three),
        // 2.x grew a live-store that only runs when asked for; releases before do not know the section and refuse to start on it.
        new(NodePath.Of("live_store", "ring"), "live-store", RingCondition.TargetNamed, "instance_addr", TempoGeneration.Two),
        new(NodePath.Of("ingester", "lifecycler"), "ingester", RingCondition.Always, "address", TempoGeneration.Two),
        new(NodePath.Of("compactor", "ring"), "compactor", RingCondition.KeyValueStoreSet, "instance_addr", TempoGeneration.Two),
        new(NodePath.Of("metrics_generator", "ring"), "metrics-generator", RingCondition.Always, "instance_addr", TempoGeneration.Two, TempoGeneration.Three),
        new(NodePath.Of("backend_worker", "ring"), "backend-worker", RingCondition.KeyValueStoreSet, "instance_addr", TempoGeneration.Two, TempoGeneration.Three),
        new(NodePath.Of("distributor", "ring"), "distributor", RingCondition.GlobalRateStrategy, "instance_addr", TempoGeneration.Two, TempoGeneration.Three),
    ];
}
