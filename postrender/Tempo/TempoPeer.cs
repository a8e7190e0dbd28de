namespace Tempo.PostRender.Tempo;

/// <summary>Whom Tempo dials at an address of its config.</summary>
public enum PeerKind
{
    /// <summary>The other members of memberlist.</summary>
    GossipRing,

    /// <summary>Another component of the same release, or itself in the single binary.</summary>
    Component,

    /// <summary>A cache.</summary>
    Cache,

    /// <summary>Anything else: Kafka, object storage, a key-value store.</summary>
    Outside,
}

/// <summary>A setting that holds one or more addresses to dial, separated by commas.</summary>
/// <param name="Pattern">Keys separated by dots; <c>[]</c> stands for every item of a list.</param>
/// <param name="Kind">Whom Tempo dials there.</param>
public sealed record TempoPeer(string Pattern, PeerKind Kind)
{
    /// <summary>The known settings (keys of 3.0.3 and 2.10). Addresses with literals need brackets in every one of them (measured on 3.0.3).</summary>
    public static IReadOnlyList<TempoPeer> Known { get; } =
    [
        new("memberlist.join_members[]", PeerKind.GossipRing),
        new("querier.frontend_worker.frontend_address", PeerKind.Component),
        new("backend_worker.backend_scheduler_addr", PeerKind.Component),
        new("cache.caches[].memcached.host", PeerKind.Cache),
        new("cache.caches[].memcached.addresses", PeerKind.Cache),
        new("cache.caches[].redis.endpoint", PeerKind.Cache),
        new("storage.trace.memcached.host", PeerKind.Cache),
        new("storage.trace.memcached.addresses", PeerKind.Cache),
        new("storage.trace.redis.endpoint", PeerKind.Cache),
        new("ingest.kafka.address", PeerKind.Outside),
        new("distributor.kafka_config.address", PeerKind.Outside),
        new("storage.trace.s3.endpoint", PeerKind.Outside),
        new("storage.trace.gcs.endpoint", PeerKind.Outside),
        new("storage.trace.azure.endpoint_suffix", PeerKind.Outside),
        new("overrides.user_configurable_overrides.client.s3.endpoint", PeerKind.Outside),
        new("overrides.user_configurable_overrides.client.gcs.endpoint", PeerKind.Outside),
        new("overrides.user_configurable_overrides.client.azure.endpoint_suffix", PeerKind.Outside),
        new("querier.trace_by_id.external.endpoint", PeerKind.Outside),
        new("metrics_generator.storage.remote_write[].url", PeerKind.Outside),
        .. KeyValueStores("distributor.ring"),
        .. KeyValueStores("live_store.ring"),
        .. KeyValueStores("live_store.partition_ring"),
        .. KeyValueStores("metrics_generator.ring"),
        .. KeyValueStores("backend_worker.ring"),
        .. KeyValueStores("compactor.ring"),
        .. KeyValueStores("ingester.lifecycler.ring"),
        .. KeyValueStores("ingester.partition_ring"),
    ];

    private static IEnumerable<TempoPeer> KeyValueStores(string ring) =>
    [
        new($"{ring}.kvstore.consul.host", PeerKind.Outside),
        new($"{ring}.kvstore.etcd.endpoints[]", PeerKind.Outside),
    ];
}
