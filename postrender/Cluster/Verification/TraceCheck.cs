using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Test spans that were not taken, or could not be read back.</summary>
internal static class TraceCheck
{
    private const int Unauthenticated = 16;
    private const int PermissionDenied = 7;

    /// <summary>The findings.</summary>
    /// <param name="trace">What became of the spans.</param>
    /// <param name="family">The family of the release.</param>
    /// <param name="release">The release, for what concerns no object of it.</param>
    public static IEnumerable<Finding> Check(TraceReport trace, AddressFamily family, string release)
    {
        if (trace.Problem is { } problem)
        {
            yield return trace.From is { } from
                ? LiveFinding.At(from.Pod, LiveChecks.TraceReceived, FindingLevel.Warning, "", problem.Problem, Untested, problem.Remedy)
                : LiveFinding.At(
                    release,
                    [],
                    LiveChecks.TraceReceived,
                    FindingLevel.Warning,
                    "",
                    problem.Problem,
                    Untested,
                    problem.Remedy
                );
            yield break;
        }

        foreach (var (receiver, pod, reason) in trace.Routes.Closed)
        {
            yield return LiveFinding.At(
                pod.Pod,
                LiveChecks.TraceReceived,
                FindingLevel.Warning,
                PathOf(receiver.Port, receiver.Name),
                $"no span was sent to this receiver: {reason}",
                Untested,
                "Send a span with your own client"
            );
        }

        foreach (var span in trace.Spans.Where(static span => !span.IsTaken))
        {
            yield return At(
                span.Route.Target,
                LiveChecks.TraceReceived,
                IsDoubtful(trace, span) ? FindingLevel.Warning : FindingLevel.Error,
                PathOf(span.Route.Port, span.Route.Receiver.Name),
                $"does not accept a span over {family} from {Sender(trace)}: {Reason(span.Answer, span.Route.Format, family)}",
                trace.IsByProbePod && span.Answer is { ExitCode: 28, IsConnected: false }
                    ? "clients with the same NetworkPolicies as the probe pod fail, too"
                    : $"clients that send to {Printable.OneLine(span.Route.Address)} over {family} fail, too",
                Remedy(span, family)
            );
        }

        foreach (var finding in CheckReads(trace, family, release))
        {
            yield return finding;
        }
    }

    private const string Untested = "it is unknown whether traces arrive";

    private static IEnumerable<Finding> CheckReads(TraceReport trace, AddressFamily family, string release)
    {
        var taken = trace.Spans.Where(static span => span.IsTaken).ToList();
        var lost = taken.Where(static span => span.ReadAfter is null).ToList();
        if (taken.Count > 0 && trace.Routes.Reads.Count == 0)
        {
            yield return LiveFinding.At(
                release,
                [],
                LiveChecks.TraceRead,
                FindingLevel.Warning,
                "",
                "no query-frontend runs in this namespace",
                "it is unknown whether the spans can be read",
                "Query them where the query-frontend runs"
            );
        }
        else if (lost.Count > 0)
        {
            var read = trace.Routes.Reads[0];
            var answer = lost.Select(static span => span.LastRead).FirstOrDefault(static last => last is not null);
            var isReached = answer is null or { ExitCode: 0 };
            yield return At(
                read.Target,
                LiveChecks.TraceRead,
                trace.IsByProbePod && answer is { ExitCode: 28, IsConnected: false } ? FindingLevel.Warning : FindingLevel.Error,
                PathOf(read.Port, "query-frontend"),
                $"does not return {(lost.Count == taken.Count ? "any" : $"{lost.Count} of {taken.Count}")} of the spans "
                    + $"within {TraceScript.ReadSeconds} seconds to {Sender(trace)} over {family}: "
                    + $"{(answer is null ? "it was not found" : Reason(answer, SpanFormat.OtlpHttp, family))} (sent to "
                    + $"{LiveFinding.Some([.. lost.Select(static span => span.Route.Receiver.Name).Distinct()])})",
                isReached ? "traces are accepted, but queries do not find them" : "queries fail, too",
                isReached
                    ? "Check the logs of the live-stores (2.x: ingesters) and queriers, Kafka, and the rings that verify shows"
                    : RemedyOfConnection(answer!, read.Address, family)
            );
        }

        foreach (var (route, answer, _) in trace.OtherReads.Where(static read => !read.IsFound))
        {
            yield return At(
                route.Target,
                LiveChecks.TraceRead,
                answer.Status is 401 or 403 ? FindingLevel.Warning : FindingLevel.Error,
                PathOf(route.Port, "gateway"),
                $"does not return a span over {family} that the query-frontend returns: {Reason(answer, SpanFormat.OtlpHttp, family)}",
                answer.Status is 401 or 403 ? "it requires credentials, and verify sends none" : "clients that query through it fail, too",
                answer.ExitCode == 0
                    ? "Check the gateway's log, and the address to which it passes queries"
                    : RemedyOfConnection(answer, route.Address, family)
            );
        }
    }

    private static bool IsDoubtful(TraceReport trace, SentSpan span) =>
        span.Answer.Status is 401 or 403
        || span.Answer.GrpcStatus is Unauthenticated or PermissionDenied
        || LacksHttp2(span.Answer)
        || (trace.IsByProbePod && span.Answer is { ExitCode: 28, IsConnected: false });

    /// <summary>curl(1): 1 and 4 say that it was built without what was asked for, 2 that it does not know the option.</summary>
    private static bool LacksHttp2(TraceAnswer answer) => answer.ExitCode is 1 or 2 or 4;

    private static string Sender(TraceReport trace) =>
        trace.IsByProbePod ? $"a probe pod on {Printable.OneLine(trace.From!.Pod.Node ?? "its node")}" : trace.From!.Pod.Name;

    private static string Reason(TraceAnswer answer, SpanFormat format, AddressFamily family) =>
        answer switch
        {
            { ExitCode: 0 } when format.IsGrpc() && answer.GrpcStatus is { } status =>
                $"it answers with the gRPC status {status.ToString(CultureInfo.InvariantCulture)}"
                    + (answer.GrpcMessage is { Length: > 0 } message ? $" ({Printable.OneLine(message)})" : ""),
            { ExitCode: 0, Status: 200 } => "it answers with the HTTP status 200, but not with the span",
            { ExitCode: 0, Status: { } status } => $"it answers with the HTTP status {status.ToString(CultureInfo.InvariantCulture)}",
            { ExitCode: 6 } => $"the name has no {(family == AddressFamily.IPv6 ? "AAAA" : "A")} record",
            { ExitCode: 7 } => "the connection is refused, or there is no route",
            { ExitCode: 28, IsConnected: false } => $"there is no answer within {TraceScript.ConnectSeconds} seconds",
            { ExitCode: 28 } => $"it accepts the connection, but does not answer within {TraceScript.RequestSeconds} seconds",
            { ExitCode: 35 or 58 or 59 or 60 } => "the TLS handshake fails",
            _ when LacksHttp2(answer) => "curl of the debug image cannot send it, probably for lack of HTTP/2",
            { IsConnected: true } => "it closes the connection without an answer",
            _ => $"curl ends with exit code {answer.ExitCode.ToString(CultureInfo.InvariantCulture)}",
        };

    private static string Remedy(SentSpan span, AddressFamily family) =>
        span.Answer switch
        {
            var answer when LacksHttp2(answer) => "Pass a --debug-image whose curl has HTTP/2",
            { Status: 401 or 403 } or { GrpcStatus: Unauthenticated or PermissionDenied } =>
                "Nothing, if it requires credentials, because verify sends none",
            { ExitCode: 0 } => "Check the distributor's log: it refuses spans that it cannot pass on to Kafka or to its ring",
            var answer => RemedyOfConnection(answer, span.Route.Address, family),
        };

    private static string RemedyOfConnection(TraceAnswer answer, string address, AddressFamily family) =>
        answer switch
        {
            { ExitCode: 6 } => $"Add {family} to the families of the Service",
            { ExitCode: 7 } =>
                $"Let the server behind {Printable.OneLine(address)} listen on {family.WildcardHost()}, and check its endpoints",
            { ExitCode: 28, IsConnected: false } => $"Look for a NetworkPolicy or a firewall without a rule for {family}",
            _ => $"Check the logs of the pods behind {Printable.OneLine(address)}, and the TLS settings",
        };

    private static string PathOf(int port, string name) =>
        $"port {port.ToString(CultureInfo.InvariantCulture)} ({Printable.OneLine(name)})";

    private static Finding At(
        RouteTarget target,
        RuleDescription check,
        FindingLevel level,
        string path,
        string found,
        string why,
        string remedy
    ) => LiveFinding.At(target.Reference, target.IgnoredRules, check, level, path, found, why, remedy);
}
