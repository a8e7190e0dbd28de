using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Sends a test span to every receiver on every way, and reads them back.</summary>
internal static class TraceRun
{
    /// <summary>
    /// The pod to send from: one that neither takes spans nor answers queries, so that no connection goes to itself; where there is
    /// none, any pod of Tempo.
    /// </summary>
    /// <param name="pods">The pods of a release.</param>
    public static ReleasePod? Source(IEnumerable<ReleasePod> pods) =>
        ReachReport
            .Sources(pods)
            .OrderBy(static pod => pod.Template.Tempo!.Components.Any(static own => own is "distributor" or "query-frontend") ? 1 : 0)
            .FirstOrDefault();

    /// <summary>Runs.</summary>
    /// <param name="vantages">Where commands are run.</param>
    /// <param name="release">The release.</param>
    /// <param name="reports">What was seen of its pods.</param>
    /// <param name="family">Its family.</param>
    /// <param name="tenant">The tenant, or null.</param>
    /// <param name="cancellationToken">Ends the whole run.</param>
    public static async Task<TraceReport> RunAsync(
        Vantages vantages,
        Release release,
        IReadOnlyList<PodReport> reports,
        AddressFamily family,
        string? tenant,
        CancellationToken cancellationToken
    )
    {
        var routes = TraceRoutes.Of(release, reports, family);
        var source = Source(reports.Select(static report => report.Subject));
        var report = new TraceReport(reports.FirstOrDefault(pod => pod.Subject == source), routes) { IsByProbePod = vantages.AreProbePods };
        if (source is null || (vantages.AreProbePods && source.Pod.Node is null))
        {
            return report with { Problem = ("no pod of Tempo runs that could send a span", "Look at the pods first") };
        }

        if (routes.Sends.Count == 0)
        {
            return report with
            {
                Problem = (
                    "no receiver takes a span of verify",
                    "Switch a receiver on in distributor.receivers, without client certificates"
                ),
            };
        }

        if (tenant is null && reports.Any(static pod => pod.IsMultitenant))
        {
            return report with
            {
                Problem = (
                    "no span was sent: multitenancy_enabled is true, and no tenant is given",
                    "Pass --tenant with a tenant that may hold the test spans"
                ),
            };
        }

        List<(TestSpan Span, TraceRoute Route)> sends =
        [
            .. routes.Sends.Select(static route => (TestSpan.Create(TimeProvider.System), route)),
        ];
        (TraceOutput? Output, string? Problem) result = default;
        await vantages
            .ForEachAsync(
                [vantages.AreProbePods ? vantages.On(source.Pod.Node!) : vantages.In(source)],
                async (from, limit) =>
                    result = await Vantages
                        .AttemptAsync(
                            from,
                            TraceScript.Command(family, tenant, routes.Reads, sends),
                            static output => TraceScript.Parse(output) ?? throw new PodException("the debug image has no curl"),
                            limit,
                            cancellationToken
                        )
                        .ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);
        return result.Output is { } output
            ? report with
            {
                Spans = [.. sends.Where(send => output.Sent.ContainsKey(send.Span.Id)).Select(send => Sent(send.Span, send.Route, output))],
                OtherReads =
                [
                    .. output
                        .OtherReads.Where(read => read.Key < routes.Reads.Count)
                        .OrderBy(static read => read.Key)
                        .Select(read => (routes.Reads[read.Key], read.Value.Answer, read.Value.IsFound)),
                ],
            }
            : report with
            {
                Problem = ($"could not send a span: {result.Problem}", Vantages.OtherImage),
            };
    }

    private static SentSpan Sent(TestSpan span, TraceRoute route, TraceOutput output) =>
        new(
            route,
            output.Sent[span.Id],
            output.ReadAfter.TryGetValue(span.Id, out var seconds) ? seconds : null,
            output.LastRead.GetValueOrDefault(span.Id)
        );
}
