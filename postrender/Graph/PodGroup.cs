namespace Tempo.PostRender.Graph;

/// <summary>Pods of one namespace with the same labels, which no selector can tell apart.</summary>
internal sealed class PodGroup(IReadOnlyDictionary<string, string> labels)
{
    /// <summary>The workloads of the pods.</summary>
    public List<Workload> Workloads { get; } = new(1);

    /// <summary>The labels of the pods.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; } = labels;

    /// <summary>Whether the pods have all these labels.</summary>
    public bool Has(IReadOnlyDictionary<string, string> labels) => LabelSet.IsIn(labels, Labels);
}
