using Tempo.PostRender.Cluster.Traces;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What came of the connections and test spans of one release.</summary>
/// <param name="Reached">What its pods reach; null where that was not tried.</param>
/// <param name="Trace">What became of the test spans; null where none were to be sent.</param>
internal sealed record NetworkReport(IReadOnlyList<ReachReport>? Reached, TraceReport? Trace)
{
    /// <summary>Where nothing was tried.</summary>
    public static NetworkReport None { get; } = new(null, null);
}

/// <summary>What became of the test spans.</summary>
/// <param name="From">The pod that sent them, or the one whose probe pod did; null where none can.</param>
/// <param name="Routes">The ways.</param>
internal sealed record TraceReport(PodReport? From, TraceRoutes Routes)
{
    /// <summary>Why nothing was sent, with what to do; null where something was.</summary>
    public (string Problem, string Remedy)? Problem { get; init; }

    /// <summary>The spans that were sent, on which way, and what came of each.</summary>
    public IReadOnlyList<SentSpan> Spans { get; init; } = [];

    /// <summary>What came of reading a trace by the other ways, where one could be read at all.</summary>
    public IReadOnlyList<(ReadRoute Route, TraceAnswer Answer, bool IsFound)> OtherReads { get; init; } = [];

    /// <summary>Whether a probe pod sent them.</summary>
    public bool IsByProbePod { get; init; }
}

/// <summary>A span that was sent.</summary>
/// <param name="Route">The way.</param>
/// <param name="Answer">What the receiver answered.</param>
/// <param name="ReadAfter">After how many seconds it was read back, or null.</param>
/// <param name="LastRead">What the last try to read it came to, where it was not read back.</param>
internal sealed record SentSpan(TraceRoute Route, TraceAnswer Answer, int? ReadAfter, TraceAnswer? LastRead)
{
    /// <summary>Whether the receiver took it.</summary>
    public bool IsTaken => Answer is { ExitCode: 0, Status: >= 200 and < 300 } && (!Route.Format.IsGrpc() || Answer.GrpcStatus == 0);
}
