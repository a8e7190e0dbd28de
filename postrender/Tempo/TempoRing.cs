using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>A hash ring of Tempo: the paths of its settings, and the components that use it.</summary>
public sealed record TempoRing
{
    /// <summary>The key with which a ring registers an IPv6 address.</summary>
    public const string FamilyKey = "enable_inet6";

    /// <summary>The value of <c>kvstore.store</c> for a ring that memberlist gossips.</summary>
    public const string Memberlist = "memberlist";

    private const string InMemory = "inmemory";
    private const string Multi = "multi";

    private static readonly NodePath IngestEnabled = NodePath.Of("ingest", "enabled");

    /// <summary>The mapping of the config that contains <see cref="FamilyKey"/> and <see cref="AddressKey"/>.</summary>
    public required NodePath Path { get; init; }

    /// <summary>The mapping with the ring's key-value store: <c>kvstore</c>.</summary>
    public required NodePath Store { get; init; }

    /// <summary>The default key-value store; empty if the component has no ring by default.</summary>
    public string DefaultStore { get; init; } = Memberlist;

    /// <summary>The versions that have the ring.</summary>
    public required VersionRange Versions { get; init; }

    /// <summary>
    /// The versions that have <see cref="FamilyKey"/> at <see cref="Path"/>. Null if no version has it; Tempo then does not start with it.
    /// </summary>
    public VersionRange? FamilyKeyVersions { get; init; }

    /// <summary>
    /// The key that sets the registered address: <c>instance_addr</c>, for the ingester <c>address</c>; null if there is none.
    /// </summary>
    public string? AddressKey { get; init; } = "instance_addr";

    /// <summary>The versions in which the single binary ignores the config, keeps the ring in memory and registers 127.0.0.1.</summary>
    public VersionRange? InMemoryInSingleBinary { get; init; }

    /// <summary>The components that use the ring.</summary>
    public required IReadOnlyList<RingUse> Uses { get; init; }

    /// <summary>
    /// The known rings. Source of the keys: the configuration reference of every version. Source of the uses:
    /// <c>cmd/tempo/app/modules.go</c>, <c>cmd/tempo/main.go</c> and the components' folders at the tags from 2.0.1 to 3.0.3; for 3.0.3
    /// also measured by the listener on port 7946.
    /// </summary>
    public static IReadOnlyList<TempoRing> Known { get; } =
    [
        new()
        {
            Path = NodePath.Of("live_store", "ring"),
            Store = NodePath.Of("live_store", "ring", "kvstore"),
            Versions = VersionRange.Since("2.9"),
            FamilyKeyVersions = VersionRange.Since("2.9"),
            InMemoryInSingleBinary = VersionRange.Since("2.10"),
            Uses =
            [
                RingUse.Registers("live-store", VersionRange.Since("2.9")),
                .. RingUse.Reads(VersionRange.Since("2.9"), "distributor", "querier", "block-builder", "metrics-generator", "ingester"),
            ],
        },
        new()
        {
            Path = NodePath.Of("live_store", "partition_ring"),
            Store = NodePath.Of("live_store", "partition_ring", "kvstore"),
            Versions = VersionRange.Since("2.9"),
            AddressKey = null,
            InMemoryInSingleBinary = VersionRange.Since("2.10"),
            Uses =
            [
                .. RingUse.Reads(VersionRange.Since("2.9"), "live-store"),
                .. RingUse.Reads(VersionRange.Since("3.0"), "distributor", "querier", "block-builder", "metrics-generator"),
            ],
        },
        new()
        {
            Path = NodePath.Of("ingester", "lifecycler"),
            Store = NodePath.Of("ingester", "lifecycler", "ring", "kvstore"),
            Versions = VersionRange.Until("2.10"),
            FamilyKeyVersions = VersionRange.Between("2.2", "2.10"),
            AddressKey = "address",
            InMemoryInSingleBinary = VersionRange.Until("2.10"),
            Uses =
            [
                RingUse.Registers("ingester", VersionRange.Until("2.10")),
                .. RingUse.Reads(VersionRange.Until("2.10"), "distributor", "querier"),
                .. RingUse.Reads(VersionRange.Between("2.8", "2.10"), "block-builder", "metrics-generator"),
                .. RingUse.Reads(VersionRange.Between("2.9", "2.10"), "live-store"),
            ],
        },
        new()
        {
            Path = NodePath.Of("ingester", "partition_ring"),
            Store = NodePath.Of("ingester", "partition_ring", "kvstore"),
            Versions = VersionRange.Between("2.8", "2.10"),
            AddressKey = null,
            Uses =
            [
                .. Array.ConvertAll(
                    RingUse.Reads(
                        VersionRange.Between("2.8", "2.10"),
                        "ingester",
                        "distributor",
                        "block-builder",
                        "metrics-generator",
                        "live-store"
                    ),
                    static use => use with { Condition = new RingCondition("true", IngestEnabled) }
                ),
            ],
        },
        new()
        {
            Path = NodePath.Of("compactor", "ring"),
            Store = NodePath.Of("compactor", "ring", "kvstore"),
            DefaultStore = "",
            Versions = VersionRange.Until("2.10"),
            FamilyKeyVersions = VersionRange.Between("2.2", "2.10"),
            Uses = [RingUse.Registers("compactor", VersionRange.Until("2.10"))],
        },
        new()
        {
            // 3.0 documents the key but registers no address in this ring; a later version may use it.
            Path = NodePath.Of("metrics_generator", "ring"),
            Store = NodePath.Of("metrics_generator", "ring", "kvstore"),
            Versions = VersionRange.All,
            FamilyKeyVersions = VersionRange.Since("2.2"),
            InMemoryInSingleBinary = VersionRange.All,
            Uses =
            [
                RingUse.Registers("metrics-generator", VersionRange.Until("2.10")),
                RingUse.Registers("metrics-generator", VersionRange.Since("3.0")) with
                {
                    OpensStore = false,
                },
                .. RingUse.Reads(VersionRange.Until("2.10"), "distributor"),
                .. RingUse.Reads(VersionRange.Between("2.2", "2.10"), "querier"),
                .. RingUse.Reads(VersionRange.Since("2.8"), "metrics-generator-no-local-blocks"),
                .. Array.ConvertAll(
                    RingUse.Reads(VersionRange.Since("3.0"), "metrics-generator"),
                    static use => use with { Condition = new RingCondition("generator", NodePath.Of("metrics_generator", "ring_mode")) }
                ),
            ],
        },
        new()
        {
            Path = NodePath.Of("backend_worker", "ring"),
            Store = NodePath.Of("backend_worker", "ring", "kvstore"),
            DefaultStore = "",
            Versions = VersionRange.Since("2.8"),
            FamilyKeyVersions = VersionRange.Since("2.8"),
            InMemoryInSingleBinary = VersionRange.Since("2.10"),
            Uses = [RingUse.Registers("backend-worker", VersionRange.Since("2.8"))],
        },
        new()
        {
            Path = NodePath.Of("distributor", "ring"),
            Store = NodePath.Of("distributor", "ring", "kvstore"),
            Versions = VersionRange.All,
            FamilyKeyVersions = VersionRange.Since("2.8"),
            Uses =
            [
                RingUse.Registers("distributor", VersionRange.All) with
                {
                    // The current form of the setting, and the flat form of older configs.
                    Condition = new RingCondition(
                        "global",
                        NodePath.Of("overrides", "defaults", "ingestion", "rate_strategy"),
                        NodePath.Of("overrides", "ingestion_rate_strategy")
                    ),
                },
            ],
        },
    ];

    /// <summary>The component that registers itself in the ring; if none does, the first that uses it.</summary>
    public string Component => Uses.FirstOrDefault(static use => use.IsMember)?.Component ?? Uses[0].Component;

    /// <summary>The path of the ring's <see cref="FamilyKey"/>.</summary>
    public NodePath FamilyKeyPath => Path.Key(FamilyKey);

    /// <summary>The key-value store of the ring: <c>memberlist</c>, <c>etcd</c>, … ; empty if the component has no ring.</summary>
    /// <param name="target">The target of the process.</param>
    /// <param name="text">Returns the config's value at a path, or null.</param>
    public string StoreOf(string target, TempoVersion version, Func<NodePath, string?> text)
    {
        if (TempoTarget.IsSingleBinary(target) && InMemoryInSingleBinary?.Contains(version) == true)
        {
            return InMemory;
        }

        var stated = text(Store.Key("store"));
        return stated is { Length: > 0 } ? stated
            // The scalable single binary (2.x) always shards its compactor.
            : target == TempoTarget.ScalableSingleBinary && Component == "compactor" ? Memberlist
            : stated ?? DefaultStore;
    }

    /// <summary>Whether a store uses memberlist, alone or as one of the two stores of <c>multi</c>.</summary>
    /// <param name="store">The store, as <see cref="StoreOf"/>.</param>
    /// <param name="text">Returns the config's value at a path, or null.</param>
    public bool IsGossiped(string store, Func<NodePath, string?> text) =>
        store == Memberlist
        || (store == Multi && (text(Store.Key("multi", "primary")) == Memberlist || text(Store.Key("multi", "secondary")) == Memberlist));

    /// <summary>Whether only the process itself uses the store, so that no other process dials the address it registers.</summary>
    /// <param name="store">The store, as <see cref="StoreOf"/>.</param>
    public static bool IsPrivate(string store) => store is "" or InMemory;
}
