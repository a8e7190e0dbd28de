namespace Tempo.PostRender.Tempo;

/// <summary>A flag by which a program that stands beside Tempo is told where to listen.</summary>
/// <param name="Name">The name without dashes.</param>
/// <param name="Image">A part of the image's name that the flag belongs to, or null for any image.</param>
public sealed record SidecarFlag(string Name, string? Image)
{
    /// <summary>memcached listens on both families unless told otherwise; exporters of Prometheus share their flag's name.</summary>
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
