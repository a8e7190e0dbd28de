using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about test spans that were not accepted, or could not be read back.</summary>
internal sealed class TraceCheck(TraceReport trace, AddressFamily family, string release)
{
    private const int Unauthenticated = 16;
    private const int PermissionDenied = 7;
    private const string Untested = "it is unknown whether traces arrive";

    public IEnumerable<Finding> Check()
    {
        if (trace.Problem is { } problem)
        {
            var place = trace.From?.Pod.At("") ?? AtRelease;
            return [LiveChecks.TraceReceived.Warning(place, problem.Problem, Untested, problem.Remedy)];
        }

        return
        [
            .. trace.Routes.Closed.Select(static closed =>
                LiveChecks.TraceReceived.Warning(
                    closed.Pod.Pod.At(PathOf(closed.Receiver.Port, closed.Receiver.Name)),
                    $"no span was sent to this receiver: {closed.Reason}",
                    Untested,
                    "Send a span with your own client"
                )
            ),
            .. trace.Spans.Where(static span => !span.IsTaken).Select(CheckSent),
            .. CheckRead(),
            .. trace.OtherReads.Where(static read => !read.IsFound).Select(read => CheckOtherRead(read.Route, read.Answer)),
        ];
    }

    private Place AtRelease => new() { Object = release, Path = "" };

    private Finding CheckSent(SentSpan span)
    {
        var (answer, to) = (span.Answer, span.Route.To);
        return LiveChecks.TraceReceived.At(
            RequiresCredentials(answer) || LacksHttp2(answer) || IsBlockedProbe(answer) ? FindingLevel.Warning : FindingLevel.Error,
            to.Through with
            {
                Path = PathOf(to.Port, span.Route.Receiver.Name),
            },
            $"does not accept a span over {family} from {Sender}: {Reason(answer, span.Route.Format)}",
            IsBlockedProbe(answer)
                ? "clients with the same NetworkPolicies as the probe pod fail, too"
                : $"clients that send to {Printable.OneLine(to.Address)} over {family} fail, too",
            LacksHttp2(answer) ? "Pass a --debug-image whose curl has HTTP/2"
                : RequiresCredentials(answer) ? "Nothing, if it requires credentials, because verify sends none"
                : answer.ExitCode == 0 ? "Check the distributor's log: it refuses spans that it cannot pass on to Kafka or to its ring"
                : RemedyOfConnection(answer, to)
        );
    }

    private IEnumerable<Finding> CheckRead()
    {
        var taken = trace.Spans.Where(static span => span.IsTaken).ToList();
        var lost = taken.Where(static span => span.ReadAfter is null).ToList();
        if (lost.Count == 0)
        {
            yield break;
        }

        if (trace.Routes.Reads.Count == 0)
        {
            yield return LiveChecks.TraceRead.Warning(
                AtRelease,
                "no query-frontend runs in this namespace",
                "it is unknown whether the spans can be read",
                "Query them where the query-frontend runs"
            );
            yield break;
        }

        var read = trace.Routes.Reads[0];
        var answer = lost.Select(static span => span.LastRead).FirstOrDefault(static last => last is not null);
        var isReached = answer is null or { ExitCode: 0 };
        yield return LiveChecks.TraceRead.At(
            answer is not null && IsBlockedProbe(answer) ? FindingLevel.Warning : FindingLevel.Error,
            read.Through with
            {
                Path = PathOf(read.Port, "query-frontend"),
            },
            $"does not return {(lost.Count == taken.Count ? "any" : $"{lost.Count} of {taken.Count}")} of the spans "
                + $"within {TraceScript.ReadSeconds} seconds to {Sender} over {family}: "
                + $"{(answer is null ? "it was not found" : Reason(answer, SpanFormat.OtlpHttp))} (sent to "
                + $"{Wording.Names([.. lost.Select(static span => span.Route.Receiver.Name).Distinct()])})",
            isReached ? "traces are accepted, but queries do not find them" : "queries fail, too",
            isReached
                ? "Check the logs of the live-stores (2.x: ingesters) and queriers, Kafka, and the rings that verify shows"
                : RemedyOfConnection(answer!, read)
        );
    }

    private Finding CheckOtherRead(Route route, TraceAnswer answer) =>
        LiveChecks.TraceRead.At(
            answer.Status is 401 or 403 ? FindingLevel.Warning : FindingLevel.Error,
            route.Through with
            {
                Path = PathOf(route.Port, "gateway"),
            },
            $"does not return a span over {family} that the query-frontend returns: {Reason(answer, SpanFormat.OtlpHttp)}",
            answer.Status is 401 or 403 ? "it requires credentials, and verify sends none" : "clients that query through it fail, too",
            answer.ExitCode == 0 ? "Check the gateway's log, and the address to which it passes queries" : RemedyOfConnection(answer, route)
        );

    private static bool RequiresCredentials(TraceAnswer answer) =>
        answer is { Status: 401 or 403 } or { GrpcStatus: Unauthenticated or PermissionDenied };

    /// <summary>curl(1): 1 and 4 say that it was built without what was asked for, 2 that it does not know the option.</summary>
    private static bool LacksHttp2(TraceAnswer answer) => answer.ExitCode is 1 or 2 or 4;

    /// <summary>Whether a NetworkPolicy that admits only the release's pods may be the reason.</summary>
    private bool IsBlockedProbe(TraceAnswer answer) => trace.IsByProbePod && answer.Connection == ConnectionResult.TimedOut;

    private string Sender =>
        trace.IsByProbePod ? $"a probe pod on {Printable.OneLine(trace.From!.Pod.Node ?? "its node")}" : trace.From!.Pod.Name;

    private string Reason(TraceAnswer answer, SpanFormat format) =>
        answer switch
        {
            { ExitCode: 0 } when format.IsGrpc && answer.GrpcStatus is { } status =>
                $"it answers with the gRPC status {status.ToString(CultureInfo.InvariantCulture)}"
                    + (answer.GrpcMessage is { Length: > 0 } message ? $" ({Printable.OneLine(message)})" : ""),
            { ExitCode: 0, Status: 200 } => "it answers with the HTTP status 200, but not with the span",
            { ExitCode: 0, Status: { } status } => $"it answers with the HTTP status {status.ToString(CultureInfo.InvariantCulture)}",
            { Connection: ConnectionResult.NoRecord or ConnectionResult.Refused or ConnectionResult.TimedOut } => answer.Connection.Reason(
                family
            ),
            { ExitCode: 28 } => $"it accepts the connection, but does not answer within {TraceScript.RequestSeconds} seconds",
            { ExitCode: 35 or 58 or 59 or 60 } => "the TLS handshake fails",
            _ when LacksHttp2(answer) => "curl of the debug image cannot send it, probably for lack of HTTP/2",
            { IsConnected: true } => "it closes the connection without an answer",
            _ => $"curl ends with exit code {answer.ExitCode.ToString(CultureInfo.InvariantCulture)}",
        };

    private string RemedyOfConnection(TraceAnswer answer, Route route) =>
        answer.Connection switch
        {
            ConnectionResult.NoRecord => $"Add {family} to the families of the Service",
            ConnectionResult.Refused =>
                $"Set the listen address of the server that {Printable.OneLine(route.Address)} leads to: {family.WildcardHost()}. "
                    + "Check its endpoints",
            ConnectionResult.TimedOut => ConnectionResults.RemedyOfTimeout(family),
            _ => $"Check the logs of the pods behind {Printable.OneLine(route.Address)}, and the TLS settings",
        };

    private static string PathOf(int port, string name) =>
        $"port {port.ToString(CultureInfo.InvariantCulture)} ({Printable.OneLine(name)})";
}
