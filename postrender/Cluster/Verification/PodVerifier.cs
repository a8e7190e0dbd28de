using System.Net;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Pages;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Reads what a pod shows. Can be used for several pods at the same time.</summary>
/// <param name="api">The API server.</param>
/// <param name="debug">Lists listeners, or null if they are not listed.</param>
/// <param name="options">The options for the rules, with the family of the release.</param>
/// <param name="timeout">The time limit for one pod.</param>
/// <param name="views">The views of members so far.</param>
internal sealed class PodVerifier(KubernetesApi api, DebugSession? debug, RuleOptions options, TimeSpan timeout, MemberViews views)
{
    /// <summary>Reads one pod.</summary>
    /// <param name="subject">The pod.</param>
    /// <param name="cancellationToken">Ends the whole run.</param>
    /// <exception cref="ApiException">The user lacks a permission, which no other pod would change.</exception>
    public async Task<PodReport> VerifyAsync(ReleasePod subject, CancellationToken cancellationToken)
    {
        var report = new PodReport(subject) { JoinsMemberlist = subject.Template.JoinsMemberlist, Ports = subject.Template.Ports };
        if (subject.Pod.Obstacle(subject.Container) is { } obstacle)
        {
            return report with { Problems = [obstacle] };
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var visit = new Visit(api, debug, options, views, report);
        try
        {
            await visit.RunAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            visit.Add($"could not be checked within {timeout.TotalSeconds:0.#} seconds; the last step was {visit.Step}");
        }

        return visit.Report;
    }

    /// <summary>Reads one pod step by step. If one step fails, the others still run.</summary>
    private sealed class Visit(KubernetesApi api, DebugSession? debug, RuleOptions options, MemberViews views, PodReport report)
    {
        private const int LongestReason = 200;

        private string _prefix = "";
        private PodPort _port;

        public PodReport Report { get; private set; } = report;

        public string Step { get; private set; } = "starting";

        private ReleasePod Subject => Report.Subject;

        public void Add(string problem) => Report = Report with { Problems = [.. Report.Problems, problem] };

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            if (Subject.Template is { Tempo: { } tempo, Http: { } http })
            {
                await TryAsync(() => ReadPagesAsync(tempo, http, cancellationToken)).ConfigureAwait(false);
            }
            else
            {
                Report = Report with { IsReady = Subject.Pod.NotReady is null, NotReady = Subject.Pod.NotReady };
            }

            if (debug is not null)
            {
                Step = "listing its listeners with a debug container";
                await TryAsync(async () =>
                        Report = Report with
                        {
                            Listeners = await debug.ListAsync(Subject.Pod, Subject.Container, cancellationToken).ConfigureAwait(false),
                        }
                    )
                    .ConfigureAwait(false);
            }
        }

        private async Task TryAsync(Func<Task> step)
        {
            try
            {
                await step().ConfigureAwait(false);
            }
            catch (PodException exception)
            {
                Add(exception.Message);
            }
            catch (ClusterException exception) when (exception is not ApiException refused || !refused.IsMissingPermission)
            {
                Add($"could not be checked, {Step} failed: {exception.Message}");
            }
        }

        private async Task ReadPagesAsync(TempoContainer tempo, TempoHttp http, CancellationToken cancellationToken)
        {
            _port = new PodPort(http.Port, http.IsTls);
            await ReadReadyAsync(http.Prefixes, cancellationToken).ConfigureAwait(false);
            var effective = await ReadConfigAsync(tempo, cancellationToken).ConfigureAwait(false);
            if (Report.JoinsMemberlist && await GetAsync(MemberlistPage.Path, cancellationToken).ConfigureAwait(false) is { } memberlist)
            {
                Read(
                    MemberlistPage.Path,
                    () =>
                    {
                        Report = MemberlistPage.Parse(memberlist) is { } members
                            ? Report with
                            {
                                Gossip = views.Of(members),
                            }
                            // None of its rings is kept in memberlist, whatever its settings show.
                            : Report with
                            {
                                JoinsMemberlist = false,
                                Ports = [.. Report.Ports.Where(static port => port.Name != TempoPort.Memberlist.Name)],
                            };
                    }
                );
            }

            var rings = new Dictionary<string, MemberView>(StringComparer.Ordinal);
            foreach (var ring in Subject.Template.Rings.Where(ring => effective?.KeepsInMemory(ring) != true))
            {
                // Only some components serve the page of a ring; the others answer 404.
                if (await GetAsync(RingPage.PathOf(ring), cancellationToken, mayLack: true).ConfigureAwait(false) is { } page)
                {
                    Read(RingPage.PathOf(ring), () => rings[ring.Component] = views.Of(RingPage.Parse(page)));
                }
            }

            Report = Report with { Rings = rings };
        }

        private async Task ReadReadyAsync(IReadOnlyList<string> prefixes, CancellationToken cancellationToken)
        {
            Step = "reading /ready";
            PodResponse? answer = null;
            foreach (var prefix in prefixes)
            {
                _prefix = prefix;
                answer = await SendAsync("ready", cancellationToken).ConfigureAwait(false);
                if (answer.Status != HttpStatusCode.NotFound)
                {
                    break;
                }
            }

            Report = Report with { IsReady = answer!.IsSuccess, NotReady = answer.IsSuccess ? null : Shorten(answer.Body, answer.Status) };
        }

        private async Task<EffectiveConfig?> ReadConfigAsync(TempoContainer tempo, CancellationToken cancellationToken)
        {
            EffectiveConfig? effective = null;
            if (await GetAsync(EffectiveConfig.Path, cancellationToken).ConfigureAwait(false) is not { } page)
            {
                return null;
            }

            Read(
                EffectiveConfig.Path,
                () =>
                {
                    effective = EffectiveConfig.Read(tempo, page);
                    Report = Report with
                    {
                        HasConfig = true,
                        ConfigFindings = [.. effective.Judge(Subject.Pod, Subject.Template.FileFindings, options)],
                        JoinsMemberlist = effective.Container.JoinsMemberlist,
                        Ports = ExpectedPort.Of(effective.Container, effective.Config),
                        Dials =
                        [
                            .. Destination.Of(effective.Container, effective.Config),
                            .. Subject.Template.Cloud.Destinations(effective.Container, effective.Config),
                        ],
                        Receivers = effective.Container.Components.Contains("distributor") ? [.. OpenReceiver.Of(effective.Config)] : [],
                        IsMultitenant = effective.Config.IsTrue(TempoSettings.Multitenancy),
                    };
                }
            );
            return effective;
        }

        private void Read(string page, Action read)
        {
            try
            {
                read();
            }
            catch (Exception exception) when (exception is UnreadablePageException or UnreadableConfigException)
            {
                Add($"answers /{page} in an unknown format: {Printable.OneLine(exception.Message)}");
            }
        }

        private async Task<string?> GetAsync(string page, CancellationToken cancellationToken, bool mayLack = false)
        {
            Step = $"reading /{page}";
            var answer = await SendAsync(page, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccess && !(mayLack && answer.Status == HttpStatusCode.NotFound))
            {
                Add($"answers /{page} with {Shorten(answer.Body, answer.Status)}");
            }

            return answer.IsSuccess ? answer.Body : null;
        }

        private Task<PodResponse> SendAsync(string page, CancellationToken cancellationToken) =>
            api.GetFromPodAsync(Subject.Pod.Namespace, Subject.Pod.Name, _port, $"{_prefix}/{page}", cancellationToken);

        /// <summary>The status and the first line of an answer. The pages contain no Secrets, but can be long.</summary>
        private static string Shorten(string body, HttpStatusCode status)
        {
            var line = body.AsSpan().Trim();
            var end = line.IndexOfAny('\r', '\n');
            line = end < 0 ? line : line[..end];
            var reason = Printable.OneLine(line[..Math.Min(line.Length, LongestReason)].ToString());
            return reason.Length == 0 ? $"{(int)status}" : $"{(int)status} ({reason})";
        }
    }
}
