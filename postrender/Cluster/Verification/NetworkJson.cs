using System.Text.Json;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Cluster.Traces;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What came of connections and test spans, as a part of the JSON report.</summary>
internal static class NetworkJson
{
    /// <summary>Writes what pods reach; null where nothing was tried.</summary>
    public static void WriteReached(Utf8JsonWriter json, IReadOnlyList<ReachReport>? reached)
    {
        json.WritePropertyName("reachability");
        if (reached is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (
            var (report, to, attempts) in reached.SelectMany(static report =>
                report.Results.Select(result => (report, result.To, result.Attempts))
            )
        )
        {
            json.WriteStartObject();
            json.WriteString("from", report.From.Pod.Name);
            json.WriteString("probeNode", report.IsByProbePod ? report.From.Pod.Node : null);
            json.WriteString("to", to.ToString());
            json.WriteString("statedBy", to.StatedBy);
            json.WriteString("overIPv4", Word(attempts.IPv4));
            json.WriteString("overIPv6", Word(attempts.IPv6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes what became of test spans; null where none were to be sent.</summary>
    public static void WriteTrace(Utf8JsonWriter json, TraceReport? trace)
    {
        json.WritePropertyName("trace");
        if (trace is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("from", trace.From?.Pod.Name);
        json.WriteString("probeNode", trace.IsByProbePod ? trace.From?.Pod.Node : null);
        json.WriteString("problem", trace.Problem?.Problem);
        json.WriteStartArray("spans");
        foreach (var span in trace.Spans)
        {
            json.WriteStartObject();
            json.WriteString("receiver", span.Route.Receiver.Name);
            json.WriteString("through", span.Route.Target.Reference);
            json.WriteString("to", span.Route.Address);
            json.WriteBoolean("taken", span.IsTaken);
            WriteNumber(json, "httpStatus", span.Answer.Status);
            WriteNumber(json, "grpcStatus", span.Route.Format.IsGrpc() ? span.Answer.GrpcStatus : null);
            WriteNumber(json, "readAfterSeconds", span.ReadAfter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

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
