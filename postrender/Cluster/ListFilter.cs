namespace Tempo.PostRender.Cluster;

/// <summary>Selects objects of a collection; the API server applies it.</summary>
/// <param name="Labels">A label selector, as <c>kubectl -l</c> takes it, or null.</param>
/// <param name="First">The highest number of objects, or null for all.</param>
public sealed record ListFilter(string? Labels = null, int? First = null)
{
    /// <summary>Every object.</summary>
    public static ListFilter All { get; } = new();
}
