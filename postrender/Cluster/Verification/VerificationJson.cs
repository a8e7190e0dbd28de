using System.Text.Json.Nodes;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// The report of <c>verify</c> as JSON, in the form of docs/verify.schema.json: fields may be added, never changed or removed.
/// </summary>
internal static class VerificationJson
{
    /// <summary>Writes the report.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="output">Where to.</param>
    public static void Write(Verification found, Stream output)
    {
        var document = ReportJson.Document();
        document["server"] = found.Server;
        document["namespace"] = found.Namespace;
        document["summary"] = new JsonObject
        {
            ["pods"] = found.Releases.Sum(static release => release.Pods.Count),
            ["notJudged"] = found.Releases.Sum(static release => release.Pods.Count(static pod => pod.Problems.Count > 0)),
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
            ["family"] = release.Analysis.Decision.Family?.ToString(),
            ["decidedBy"] = release.Analysis.Decision.Basis,
            ["holds"] = JsonReporter.Ids(release.Satisfied),
            ["disabled"] = JsonReporter.Ids(release.Analysis.Disabled),
            ["pods"] = ReportJson.Array(release.Pods.Select(pod => Pod(release, pod))),
            ["names"] = ReportJson.Array(
                release.Names.Select(static name => new JsonObject
                {
                    ["name"] = name.Name,
                    ["service"] = name.Service.Service.Object.Reference,
                    ["ipFamilies"] = ReportJson.Texts(name.Service.Service.StatedFamilies),
                    ["a"] = ReportJson.Texts(name.A),
                    ["aaaa"] = ReportJson.Texts(name.Aaaa),
                })
            ),
            ["reachability"] = NetworkJson.Reached(release.Reached),
            ["trace"] = NetworkJson.Trace(release.Trace),
            ["findings"] = JsonReporter.Findings(release.Findings, Verification.LevelOf),
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
                _ => "not judged",
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
            ["overIPv4"] = reach.OverIPv4,
            ["overIPv6"] = reach.OverIPv6,
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
}
