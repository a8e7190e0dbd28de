using Tempo.PostRender.Cluster.Traces;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The results of the test spans of one release.</summary>
/// <param name="From">The pod that sent them, or the pod in whose place a probe pod did; null if no pod can.</param>
internal sealed record TraceReport(PodReport? From, TraceRoutes Routes)
{
    /// <summary>Why nothing was sent, with what to do; null if something was.</summary>
    public (string Problem, string Remedy)? Problem { get; init; }

    /// <summary>The spans that were sent.</summary>
    public IReadOnlyList<SentSpan> Spans { get; init; } = [];

    /// <summary>The results of reading a trace by the further routes, if one could be read at all.</summary>
    public IReadOnlyList<(Route Route, TraceAnswer Answer, bool IsFound)> OtherReads { get; init; } = [];

    /// <summary>Whether a probe pod sent them.</summary>
    public bool IsByProbePod { get; init; }
}

/// <summary>A span that was sent.</summary>
/// <param name="Answer">The receiver's answer.</param>
/// <param name="ReadAfter">The seconds after which it was read back, or null.</param>
/// <param name="LastRead">The last answer to reading it, if it was not read back.</param>
internal sealed record SentSpan(TraceRoute Route, TraceAnswer Answer, int? ReadAfter, TraceAnswer? LastRead)
{
    /// <summary>Whether the receiver accepted it.</summary>
    public bool IsTaken => Answer is { ExitCode: 0, Status: >= 200 and < 300 } && (!Route.Format.IsGrpc || Answer.GrpcStatus == 0);
}
