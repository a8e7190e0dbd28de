namespace Tempo.PostRender.Graph;

/// <summary>
/// The Tempo workloads that a selector matches. Services with equal selectors share one instance: in a stream of thousands of releases,
/// the gossip-ring Service of each may select the pods of all.
/// </summary>
/// <param name="workloads">The workloads, in the order of the stream.</param>
public sealed class SelectedWorkloads(IReadOnlyCollection<TempoWorkload> workloads)
{
    private readonly HashSet<TempoWorkload> _set = [.. workloads];
    private List<TempoWorkload>? _byReference;

    /// <summary>No workloads.</summary>
    public static SelectedWorkloads None { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => _set.Count;

    /// <summary>The workloads, ordered by the references of their objects.</summary>
    public IReadOnlyList<TempoWorkload> ByReference =>
        _byReference ??= [.. workloads.OrderBy(static workload => workload.Workload.Object.Reference, StringComparer.Ordinal)];

    /// <summary>The workloads, in the order of the stream.</summary>
    public IReadOnlyCollection<TempoWorkload> InOrder => workloads;

    /// <summary>Whether a workload is one of them.</summary>
    public bool Contains(TempoWorkload workload) => _set.Contains(workload);
}
