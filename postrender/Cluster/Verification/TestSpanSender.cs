using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Sends a test span to every receiver by every route, and reads them back.</summary>
/// <param name="tenant">The tenant, or null.</param>
internal sealed class TestSpanSender(CommandRunners runners, AddressFamily family, string? tenant)
{
    /// <summary>
    /// The pod that sends: one without a distributor and a query-frontend, so that no connection goes to the pod itself; any pod of Tempo
    /// if there is none.
    /// </summary>
    public static ReleasePod? Source(IEnumerable<ReleasePod> pods) =>
        ReachabilityProbe
            .Sources(pods)
            .OrderBy(static pod => pod.Template.Tempo!.Components.Any(static own => own is "distributor" or "query-frontend"))
            .FirstOrDefault();

    /// <summary>Sends the spans, waits, and reads them back.</summary>
    public async Task<TraceReport> RunAsync(Release release, IReadOnlyList<PodReport> reports, CancellationToken cancellationToken)
    {
        var routes = TraceRoutes.Of(release, reports, family);
        var source = Source(reports.Select(static report => report.Subject));
        var report = new TraceReport(reports.FirstOrDefault(pod => pod.Subject == source), routes) { IsByProbePod = runners.AreProbePods };
        if (source is null || (runners.AreProbePods && source.Pod.Node is null))
        {
            return report with { Problem = ("no pod of Tempo runs that could send a span", "Look at the pods first") };
        }

        if (routes.Sends.Count == 0)
        {
            const string Remedy = "Switch a receiver on in distributor.receivers, without client certificates";
            return report with { Problem = ("no receiver takes a span of verify", Remedy) };
        }

        if (tenant is null && reports.Any(static pod => pod.IsMultitenant))
        {
            const string Remedy = "Pass --tenant with a tenant that may hold the test spans";
            return report with { Problem = ("no span was sent: multitenancy_enabled is true, and no tenant is given", Remedy) };
        }

        var sends = routes.Sends.Select(static route => (Span: TestSpan.Create(), Route: route)).ToList();
        var command = TraceScript.Command(family, tenant, routes.Reads, sends);
        var (output, problem) = await runners.TryRunAsync(runners.For(source), command, TraceScript.Parse, cancellationToken);
        if (output is null)
        {
            return report with { Problem = ($"could not send a span: {problem}", CommandRunners.OtherImage) };
        }

        return report with
        {
            Spans =
            [
                .. from send in sends
                let id = send.Span.Id
                where output.Sent.ContainsKey(id)
                select new SentSpan(
                    send.Route,
                    output.Sent[id],
                    output.ReadAfter.TryGetValue(id, out var seconds) ? seconds : null,
                    output.LastRead.GetValueOrDefault(id)
                ),
            ],
            OtherReads =
            [
                .. from read in output.OtherReads
                where read.Key < routes.Reads.Count
                orderby read.Key
                select (routes.Reads[read.Key], read.Value.Answer, read.Value.IsFound),
            ],
        };
    }
}
