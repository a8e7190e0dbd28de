namespace Tempo.PostRender.Tempo;

/// <summary>A path of Tempo's data flow.</summary>
public enum TempoLane
{
    /// <summary>Traces from the senders to the storage.</summary>
    Write,

    /// <summary>Queries from clients to the traces.</summary>
    Read,

    /// <summary>Jobs that compact the storage and delete old blocks.</summary>
    Maintenance,
}

/// <summary>The place of a component in Tempo's data flow.</summary>
/// <param name="Order">Its position in the lane: 1 receives from clients, 2 passes on, 3 stores or reads the traces.</param>
public sealed record TempoStage(string Component, TempoLane Lane, int Order)
{
    /// <summary>The order of Kafka, between the distributor and the components that read from Kafka.</summary>
    public const int Queue = 2;

    /// <summary>The components, in the order in which a diagram shows them.</summary>
    public static IReadOnlyList<TempoStage> Known { get; } =
    [
        new("distributor", TempoLane.Write, 1),
        new("ingester", TempoLane.Write, 3),
        new("live-store", TempoLane.Write, 3),
        new("block-builder", TempoLane.Write, 3),
        new("metrics-generator", TempoLane.Write, 3),
        new("metrics-generator-no-local-blocks", TempoLane.Write, 3),
        new("query-frontend", TempoLane.Read, 1),
        new("querier", TempoLane.Read, 2),
        new("backend-scheduler", TempoLane.Maintenance, 1),
        new("backend-worker", TempoLane.Maintenance, 2),
        new("compactor", TempoLane.Maintenance, 2),
    ];

    /// <summary>
    /// The stage of a process: the first stage of its components. An unknown component is treated as one that stores traces.
    /// </summary>
    /// <param name="components">The components it runs.</param>
    public static TempoStage Of(IReadOnlyCollection<string> components) =>
        Known.FirstOrDefault(stage => components.Contains(stage.Component))
        ?? new TempoStage(components.FirstOrDefault() ?? "", TempoLane.Write, 3);
}
