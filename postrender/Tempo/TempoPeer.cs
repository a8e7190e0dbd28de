namespace Tempo.PostRender.Tempo;

/// <summary>What Tempo dials at an address of its config.</summary>
public enum PeerKind
{
    /// <summary>The other members of memberlist.</summary>
    GossipRing,

    /// <summary>Another component of the same release, or itself in the single binary.</summary>
    Component,

    /// <summary>memcached or Redis.</summary>
    Cache,

    /// <summary>Anything else: Kafka, object storage, a key-value store.</summary>
    Outside,
}

/// <summary>One step of the path to a setting.</summary>
/// <param name="Key">A key, or <c>*</c> for every key of a mapping.</param>
/// <param name="IsList">Whether the step leads to every item of the list at this key, or to a single scalar instead of the list.</param>
public readonly record struct PeerStep(string Key, bool IsList);

/// <summary>A setting with one or more addresses that Tempo dials, separated by commas.</summary>
/// <param name="Pattern">Keys separated by dots; <c>[]</c> stands for every item of a list, <c>*</c> for every key of a mapping.</param>
/// <param name="Kind">What Tempo dials there.</param>
/// <param name="Versions">The versions that have the setting.</param>
public sealed record TempoPeer(string Pattern, PeerKind Kind, VersionRange Versions)
{
    /// <summary>The steps of <see cref="Pattern"/>.</summary>
    public IReadOnlyList<PeerStep> Steps { get; } =
        Array.ConvertAll(
            Pattern.Split('.'),
            static key =>
                key.EndsWith("[]", StringComparison.Ordinal) ? new PeerStep(key[..^2], IsList: true) : new PeerStep(key, IsList: false)
        );

    /// <summary>
    /// The known settings. Sources: the configuration reference of every version, and the Go types for sections that the reference does
    /// not describe (receivers, forwarders, remote write, caches). In all of them an IPv6 literal needs brackets (measured on 3.0.3 for
    /// frontend_address, backend_scheduler_addr, kafka.address and join_members).
    /// </summary>
    public static IReadOnlyList<TempoPeer> Known { get; } =
    [
        new("memberlist.join_members[]", PeerKind.GossipRing, VersionRange.All),
        new("memberlist.rejoin_seed_nodes[]", PeerKind.GossipRing, VersionRange.Since("2.10.8")),
        new("querier.frontend_worker.frontend_address", PeerKind.Component, VersionRange.All),
        new("backend_worker.backend_scheduler_addr", PeerKind.Component, VersionRange.Since("2.8")),
        new("cache.caches[].memcached.host", PeerKind.Cache, VersionRange.Since("2.4")),
        new("cache.caches[].memcached.addresses", PeerKind.Cache, VersionRange.Since("2.4")),
        new("cache.caches[].redis.endpoint", PeerKind.Cache, VersionRange.Since("2.4")),
        new("storage.trace.memcached.host", PeerKind.Cache, VersionRange.All),
        new("storage.trace.memcached.addresses", PeerKind.Cache, VersionRange.All),
        new("storage.trace.redis.endpoint", PeerKind.Cache, VersionRange.All),
        new("ingest.kafka.address", PeerKind.Outside, VersionRange.Since("2.8")),
        new("distributor.kafka_config.address", PeerKind.Outside, VersionRange.Since("2.8")),
        new("distributor.receivers.*.brokers[]", PeerKind.Outside, VersionRange.All),
        new("distributor.forwarders[].otlpgrpc.endpoints[]", PeerKind.Outside, VersionRange.All),
        new("storage.trace.s3.endpoint", PeerKind.Outside, VersionRange.All),
        new("storage.trace.gcs.endpoint", PeerKind.Outside, VersionRange.All),
        new("storage.trace.azure.endpoint_suffix", PeerKind.Outside, VersionRange.All),
        new("overrides.user_configurable_overrides.client.s3.endpoint", PeerKind.Outside, VersionRange.Since("2.3")),
        new("overrides.user_configurable_overrides.client.gcs.endpoint", PeerKind.Outside, VersionRange.Since("2.3")),
        new("overrides.user_configurable_overrides.client.azure.endpoint_suffix", PeerKind.Outside, VersionRange.Since("2.3")),
        new("querier.search.external_endpoints[]", PeerKind.Outside, VersionRange.Until("2.7")),
        new("querier.trace_by_id.external.endpoint", PeerKind.Outside, VersionRange.Since("2.10")),
        new("metrics_generator.storage.remote_write[].url", PeerKind.Outside, VersionRange.All),
        new("metrics_generator.storage.remote_write[].proxy_url", PeerKind.Outside, VersionRange.All),
        new("metrics_generator.storage.remote_write[].oauth2.token_url", PeerKind.Outside, VersionRange.All),
        new("metrics_generator.storage.remote_write[].oauth2.proxy_url", PeerKind.Outside, VersionRange.All),
        .. TempoRing.Known.SelectMany(static ring =>
            (IEnumerable<TempoPeer>)
                [
                    new($"{ring.Store}.consul.host", PeerKind.Outside, ring.Versions),
                    new($"{ring.Store}.etcd.endpoints[]", PeerKind.Outside, ring.Versions),
                ]
        ),
    ];
}
