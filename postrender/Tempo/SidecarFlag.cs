namespace Tempo.PostRender.Tempo;

/// <summary>A flag that sets the listen address of a cache or an exporter.</summary>
/// <param name="Name">The name without dashes.</param>
/// <param name="Image">A part of the name of the images that have the flag, or null for any image.</param>
public sealed record SidecarFlag(string Name, string? Image)
{
    /// <summary>The known flags. memcached listens on both families by default; Prometheus exporters share one flag name.</summary>
    public static IReadOnlyList<SidecarFlag> Known { get; } =
    [
        new("l", "memcached"),
        new("listen", "memcached"),
        new("web.listen-address", null),
        new("web.telemetry-address", null),
        new("http.listen-address", null),
        new("listen-address", null),
    ];
}
