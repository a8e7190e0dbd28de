using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>A key-value store that a component opens, because it registers itself in the ring kept there or reads it.</summary>
/// <param name="Component">The component.</param>
/// <param name="Generation">The generation whose component does.</param>
/// <param name="Path">The store's mapping.</param>
/// <param name="OnlyWithGlobalRate">Whether it does so only where the ingestion rate strategy is <c>global</c>.</param>
public sealed record TempoStore(string Component, TempoGeneration Generation, NodePath Path, bool OnlyWithGlobalRate = false)
{
    /// <summary>The kind of store that gossips: the default of every store below (3.0.3).</summary>
    public const string Memberlist = "memberlist";

    /// <summary>The kind that nobody else sees. The single binary sets every ring to it by itself.</summary>
    public const string InMemory = "inmemory";

    /// <summary>The known stores (3.x: read in its modules, and measured on 3.0.3 by the listener on port 7946; 2.x: read in those of 2.10.8).</summary>
    public static IReadOnlyList<TempoStore> Known { get; } =
    [
        .. Opened(TempoGeneration.Three, NodePath.Of("live_store", "ring"), "distributor", "live-store", "querier", "block-builder", "metrics-generator"),
        .. Opened(TempoGeneration.Three, NodePath.Of("live_store", "partition_ring"), "distributor", "live-store", "querier", "block-builder", "metrics-generator"),
        .. Opened(TempoGeneration.Two, NodePath.Of("ingester", "lifecycler", "ring"), "distributor", "ingester", "querier", "scalable-single-binary"),
        .. Opened(TempoGeneration.Two, NodePath.Of("metrics_generator", "ring"), "distributor", "querier", "metrics-generator", "scalable-single-binary"),
        .. Opened(TempoGeneration.Two, NodePath.Of("compactor", "ring"), "compactor"),
        new("distributor", TempoGeneration.Two, NodePath.Of("distributor", "ring", "kvstore"), OnlyWithGlobalRate: true),
        new("distributor", TempoGeneration.Three, NodePath.Of("distributor", "ring", "kvstore"), OnlyWithGlobalRate: true),
    ];

    private static IEnumerable<TempoStore> Opened(TempoGeneration generation, NodePath ring, params IEnumerable<string> components) =>
        components.Select(component => new TempoStore(component, generation, ring.Key("kvstore")));
}
