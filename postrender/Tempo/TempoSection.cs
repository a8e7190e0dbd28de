namespace Tempo.PostRender.Tempo;

/// <summary>A top-level key of a Tempo config. Tempo does not start with a key that its version does not have.</summary>
/// <param name="Name">The key.</param>
/// <param name="Versions">The versions that have it.</param>
public sealed record TempoSection(string Name, VersionRange Versions)
{
    /// <summary>
    /// The top-level keys of every version: those of the configuration reference, and a few that the reference leaves out. Source:
    /// <c>cmd/tempo/app/config.go</c> at the tags of the versions.
    /// </summary>
    public static IReadOnlyList<TempoSection> Known { get; } =
    [
        new("auth_enabled", VersionRange.All),
        new("autocomplete_filtering_enabled", VersionRange.Between("2.2", "2.5")),
        new("backend_scheduler", VersionRange.Since("2.8")),
        new("backend_scheduler_client", VersionRange.Since("2.8")),
        new("backend_worker", VersionRange.Since("2.8")),
        new("block_builder", VersionRange.Since("2.8")),
        new("cache", VersionRange.Since("2.4")),
        new("compactor", VersionRange.Until("2.10")),
        new("distributor", VersionRange.All),
        new("enable_go_runtime_metrics", VersionRange.Since("2.1")),
        new("http_api_prefix", VersionRange.All),
        new("ingest", VersionRange.Since("2.8")),
        new("ingester", VersionRange.Until("2.10")),
        new("ingester_client", VersionRange.Until("2.10")),
        new("internal_server", VersionRange.Since("2.1")),
        new("live_store", VersionRange.Since("2.9")),
        new("live_store_client", VersionRange.Since("2.9")),
        new("memberlist", VersionRange.All),
        new("memory", VersionRange.Since("3.0")),
        new("metrics_generator", VersionRange.All),
        new("metrics_generator_client", VersionRange.All),
        new("multitenancy_enabled", VersionRange.All),
        new("overrides", VersionRange.All),
        new("partition_ring_live_store", VersionRange.Between("2.9", "2.10")),
        new("querier", VersionRange.All),
        new("query_frontend", VersionRange.All),
        new("server", VersionRange.All),
        new("shutdown_delay", VersionRange.Since("2.4")),
        new("span_profiling", VersionRange.Since("3.0")),
        new("storage", VersionRange.All),
        new("stream_over_http_enabled", VersionRange.Since("2.3")),
        new("target", VersionRange.All),
        new("usage_report", VersionRange.All),
        new("use_otel_tracer", VersionRange.Until("2.6")),
    ];

    /// <summary>The section of that name, or null.</summary>
    public static TempoSection? Find(string name) => Known.FirstOrDefault(section => section.Name == name);
}
