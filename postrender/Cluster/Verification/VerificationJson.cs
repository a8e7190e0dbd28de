using System.Text.Json.Nodes;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// The report of <c>verify</c> as JSON, in the form of docs/verify.schema.json: fields may be added, never changed or removed.
/// </summary>
internal static class VerificationJson
{
    public static void Write(VerificationReport found, Stream output)
    {
        var document = ReportJson.Document();
        document["server"] = found.Server;
        document["namespace"] = found.Namespace;
        document["summary"] = new JsonObject
        {
            ["pods"] = found.Releases.Sum(static release => release.Pods.Count),
            ["notChecked"] = found.Releases.Sum(static release => release.Pods.Count(static pod => pod.Problems.Count > 0)),
            ["errors"] = found.Count(ReportedLevel.Error),
            ["warnings"] = found.Count(ReportedLevel.Warning),
            ["ignored"] = found.Count(ReportedLevel.Ignored),
        };
        document["releases"] = ReportJson.Array(found.Releases.Select(Release));
        ReportJson.Write(document, output);
    }

    private static JsonObject Release(VerifiedRelease release) =>
        new()
        {
            ["name"] = release.Analysis.Release,
            ["family"] = release.Family?.ToString(),
            ["decidedBy"] = release.Analysis.Decision.Basis,
            ["holds"] = JsonReporter.Ids(release.Satisfied),
            ["disabled"] = JsonReporter.Ids(release.Analysis.Disabled),
            ["pods"] = ReportJson.Array(release.Pods.Select(pod => Pod(release, pod))),
            ["names"] = ReportJson.Array(release.Names.Select(Name)),
            ["reachability"] = release.Reached is { } reached ? ReportJson.Array(reached.SelectMany(Connections)) : null,
            ["trace"] = release.Trace is { } trace ? Trace(trace) : null,
            ["findings"] = JsonReporter.Findings(release.Findings, VerificationReport.LevelOf),
        };

    private static JsonObject Pod(VerifiedRelease release, PodReport pod) =>
        new()
        {
            ["name"] = pod.Pod.Name,
            ["targets"] = ReportJson.Texts(pod.Runs),
            ["verdict"] = release.VerdictOf(pod) switch
            {
                PodVerdict.Ok => "ok",
                PodVerdict.Warning => "warning",
                PodVerdict.Error => "error",
                _ => "not checked",
            },
            ["problems"] = ReportJson.Texts(pod.Problems),
            ["addresses"] = ReportJson.Texts(pod.Pod.Addresses),
            ["ready"] = pod.IsReady,
            ["configRead"] = pod.HasConfig,
            ["joinsMemberlist"] = pod.JoinsMemberlist,
            ["ports"] = ReportJson.Array(pod.Ports.Select(port => Port(port, pod))),
            ["listeners"] = pod.Listeners is null ? null : ReportJson.Array(pod.Listeners.Select(Listener)),
            ["members"] = Members(pod.Gossip),
            ["rings"] = new JsonObject(
                pod.Rings.OrderBy(static ring => ring.Key, StringComparer.Ordinal)
                    .Select(static ring => KeyValuePair.Create(ring.Key, (JsonNode?)Members(ring.Value)))
            ),
        };

    private static JsonObject Port(ExpectedPort port, PodReport pod)
    {
        var reach = PodCheck.Reach(port, pod);
        return new JsonObject
        {
            ["name"] = port.Name,
            ["port"] = port.Port,
            ["overIPv4"] = reach.IPv4,
            ["overIPv6"] = reach.IPv6,
        };
    }

    private static JsonObject Listener(Listener listener) =>
        new()
        {
            ["address"] = listener.Address.ToString(),
            ["port"] = listener.Port,
            ["overIPv4"] = listener.Reaches(AddressFamily.IPv4),
            ["overIPv6"] = listener.Reaches(AddressFamily.IPv6),
        };

    /// <summary>The numbers by family; a list of all members for each pod would grow with the square of the pods.</summary>
    private static JsonObject? Members(MemberView? view) =>
        view is null
            ? null
            : new JsonObject
            {
                ["count"] = view.Members.Count,
                ["ipv4"] = view.Members.Count(static member => member.Family == AddressFamily.IPv4),
                ["ipv6"] = view.Members.Count(static member => member.Family == AddressFamily.IPv6),
            };

    private static JsonObject Name(ServiceDns name) =>
        new()
        {
            ["name"] = name.Name,
            ["service"] = name.Service.Object.Reference,
            ["ipFamilies"] = ReportJson.Texts(name.Service.StatedFamilies),
            ["a"] = ReportJson.Texts(name.Addresses.IPv4),
            ["aaaa"] = ReportJson.Texts(name.Addresses.IPv6),
        };

    private static IEnumerable<JsonObject> Connections(ReachabilityReport report) =>
        from connection in report.Connections
        select new JsonObject
        {
            ["from"] = report.From.Pod.Name,
            ["probeNode"] = report.IsByProbePod ? report.From.Pod.Node : null,
            ["to"] = connection.To.ToString(),
            ["statedBy"] = connection.To.StatedBy,
            ["overIPv4"] = Word(connection.Results.IPv4),
            ["overIPv6"] = Word(connection.Results.IPv6),
        };

    private static string Word(ConnectionResult result) =>
        result switch
        {
            ConnectionResult.Reached => "reached",
            ConnectionResult.NoRecord => "noRecord",
            ConnectionResult.Refused => "refused",
            ConnectionResult.TimedOut => "timedOut",
            _ => "unknown",
        };

    private static JsonObject Trace(TraceReport trace) =>
        new()
        {
            ["from"] = trace.From?.Pod.Name,
            ["probeNode"] = trace.IsByProbePod ? trace.From?.Pod.Node : null,
            ["problem"] = trace.Problem?.Problem,
            ["spans"] = ReportJson.Array(trace.Spans.Select(Span)),
        };

    private static JsonObject Span(SentSpan span) =>
        new()
        {
            ["receiver"] = span.Route.Receiver.Name,
            ["through"] = span.Route.To.Through.Object,
            ["to"] = span.Route.To.Address,
            ["taken"] = span.IsTaken,
            ["httpStatus"] = span.Answer.Status,
            ["grpcStatus"] = span.Route.Format.IsGrpc ? span.Answer.GrpcStatus : null,
            ["readAfterSeconds"] = span.ReadAfter,
        };
}
