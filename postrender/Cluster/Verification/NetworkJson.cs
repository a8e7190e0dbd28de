using System.Text.Json.Nodes;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What came of connections and test spans, as a part of the JSON report.</summary>
internal static class NetworkJson
{
    /// <summary>What pods reach; null where nothing was tried.</summary>
    public static JsonArray? Reached(IReadOnlyList<ReachReport>? reached) =>
        reached is null
            ? null
            : ReportJson.Array(
                reached.SelectMany(
                    static report => report.Results,
                    static (report, result) =>
                        new JsonObject
                        {
                            ["from"] = report.From.Pod.Name,
                            ["probeNode"] = report.IsByProbePod ? report.From.Pod.Node : null,
                            ["to"] = result.To.ToString(),
                            ["statedBy"] = result.To.StatedBy,
                            ["overIPv4"] = Word(result.Attempts.IPv4),
                            ["overIPv6"] = Word(result.Attempts.IPv6),
                        }
                )
            );

    /// <summary>What became of test spans; null where none were to be sent.</summary>
    public static JsonObject? Trace(TraceReport? trace) =>
        trace is null
            ? null
            : new JsonObject
            {
                ["from"] = trace.From?.Pod.Name,
                ["probeNode"] = trace.IsByProbePod ? trace.From?.Pod.Node : null,
                ["problem"] = trace.Problem?.Problem,
                ["spans"] = ReportJson.Array(
                    trace.Spans.Select(static span => new JsonObject
                    {
                        ["receiver"] = span.Route.Receiver.Name,
                        ["through"] = span.Route.Target.Reference,
                        ["to"] = span.Route.Address,
                        ["taken"] = span.IsTaken,
                        ["httpStatus"] = span.Answer.Status,
                        ["grpcStatus"] = span.Route.Format.IsGrpc() ? span.Answer.GrpcStatus : null,
                        ["readAfterSeconds"] = span.ReadAfter,
                    })
                ),
            };

    private static string Word(Attempt attempt) =>
        attempt switch
        {
            Attempt.Reached => "reached",
            Attempt.NoRecord => "noRecord",
            Attempt.Refused => "refused",
            Attempt.TimedOut => "timedOut",
            _ => "unknown",
        };
}
