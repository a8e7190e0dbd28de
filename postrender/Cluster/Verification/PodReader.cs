using System.Net;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Pages;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Reads what one pod shows, step by step. If one step fails, the others still run.</summary>
/// <param name="debug">Lists listeners, or null if they are not listed.</param>
internal sealed class PodReader(KubernetesApi api, DebugContainers? debug, RuleOptions options, MemberViews views, ReleasePod pod)
{
    private const int LongestReason = 200;
    private PodReport _report = new(pod) { JoinsMemberlist = pod.Template.JoinsMemberlist, Ports = pod.Template.Ports };
    private string _step = "starting";
    private string _prefix = "";

    /// <summary>Reads the pod.</summary>
    /// <param name="timeout">The time limit.</param>
    /// <exception cref="ApiException">The user lacks a permission, so that reading every other pod would fail too.</exception>
    public async Task<PodReport> ReadAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (pod.Pod.Obstacle(pod.Container) is { } obstacle)
        {
            AddProblem(obstacle);
            return _report;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            AddProblem($"could not be checked within {timeout.TotalSeconds:0.#} seconds; the last step was {_step}");
        }

        return _report;
    }

    private async Task ReadAsync(CancellationToken limit)
    {
        if (pod.Template.Tempo is { } tempo)
        {
            await TryAsync(() => ReadPagesAsync(tempo, limit));
        }
        else
        {
            _report = _report with { IsReady = pod.Pod.NotReady is null, NotReady = pod.Pod.NotReady };
        }

        if (debug is not null)
        {
            _step = "listing its listeners with a debug container";
            await TryAsync(async () =>
            {
                var listeners = await debug.ListListenersAsync(pod.Pod, pod.Container, limit);
                _report = _report with { Listeners = listeners };
            });
        }
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (PodException exception)
        {
            AddProblem(exception.Message);
        }
        catch (ClusterException exception) when (exception is not ApiException { IsMissingPermission: true })
        {
            AddProblem($"could not be checked, {_step} failed: {exception.Message}");
        }
    }

    private async Task ReadPagesAsync(TempoContainer tempo, CancellationToken limit)
    {
        await ReadReadyAsync(limit);
        var effective = await ReadPageAsync(EffectiveConfig.Path, page => EffectiveConfig.Read(tempo, page), limit);
        if (effective is not null)
        {
            AddSettings(effective);
        }

        if (_report.JoinsMemberlist)
        {
            await ReadMemberlistAsync(limit);
        }

        var rings = new Dictionary<string, MemberView>();
        foreach (var ring in pod.Template.Rings.Where(ring => effective?.KeepsInMemory(ring) != true))
        {
            // Only some components serve the page of a ring; the others answer 404.
            var instances = await ReadPageAsync(MemberPage.PathOf(ring), MemberPage.ReadRing, limit, mayLack: true);
            if (instances is not null)
            {
                rings[ring.Component] = views.Of(instances);
            }
        }

        _report = _report with { Rings = rings };
    }

    private async Task ReadReadyAsync(CancellationToken limit)
    {
        _step = "reading /ready";
        PodResponse? answer = null;
        foreach (var prefix in pod.Template.Http!.Prefixes)
        {
            _prefix = prefix;
            answer = await SendAsync("ready", limit);
            if (answer.Status != HttpStatusCode.NotFound)
            {
                break;
            }
        }

        _report = _report with { IsReady = answer!.IsSuccess, NotReady = answer.IsSuccess ? null : Shorten(answer) };
    }

    private void AddSettings(EffectiveConfig effective) =>
        _report = _report with
        {
            HasConfig = true,
            ConfigFindings = [.. effective.Check(pod.Pod, pod.Template.FileFindings, options)],
            JoinsMemberlist = effective.Container.JoinsMemberlist,
            Ports = ExpectedPort.Of(effective.Container, effective.Config),
            Dials =
            [
                .. Destination.Of(effective.Container, effective.Config),
                .. pod.Template.Cloud.Destinations(effective.Container, effective.Config),
            ],
            Receivers = [.. OpenReceiver.Of(effective.Container, effective.Config)],
            IsMultitenant = effective.Config.IsTrue(TempoSettings.Multitenancy),
        };

    private async Task ReadMemberlistAsync(CancellationToken limit)
    {
        if (await GetAsync(MemberPage.MemberlistPath, limit) is not { } page)
        {
            return;
        }

        if (MemberPage.SaysNoMemberlist(page))
        {
            // None of its rings is kept in memberlist, whatever its settings show.
            _report = _report with
            {
                JoinsMemberlist = false,
                Ports = [.. _report.Ports.Where(static port => port.Name != TempoPort.Memberlist.Name)],
            };
        }
        else if (Parse(MemberPage.MemberlistPath, page, MemberPage.ReadMemberlist) is { } members)
        {
            _report = _report with { Gossip = views.Of(members) };
        }
    }

    private async Task<T?> ReadPageAsync<T>(string page, Func<string, T> parse, CancellationToken limit, bool mayLack = false)
        where T : class => await GetAsync(page, limit, mayLack) is { } body ? Parse(page, body, parse) : null;

    private T? Parse<T>(string page, string body, Func<string, T> parse)
        where T : class
    {
        try
        {
            return parse(body);
        }
        catch (UnreadableException exception)
        {
            AddProblem($"answers /{page} in an unknown format: {Printable.OneLine(exception.Message)}");
            return null;
        }
    }

    private async Task<string?> GetAsync(string page, CancellationToken limit, bool mayLack = false)
    {
        _step = $"reading /{page}";
        var answer = await SendAsync(page, limit);
        if (!answer.IsSuccess && !(mayLack && answer.Status == HttpStatusCode.NotFound))
        {
            AddProblem($"answers /{page} with {Shorten(answer)}");
        }

        return answer.IsSuccess ? answer.Body : null;
    }

    private Task<PodResponse> SendAsync(string page, CancellationToken limit) =>
        api.GetFromPodAsync(pod.Pod.Namespace, pod.Pod.Name, pod.Template.Http!.Port, $"{_prefix}/{page}", limit);

    private void AddProblem(string problem) => _report = _report with { Problems = [.. _report.Problems, problem] };

    /// <summary>The status and the first line of an answer. The pages contain no Secrets, but can be long.</summary>
    private static string Shorten(PodResponse answer)
    {
        var line = answer.Body.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        var reason = Printable.OneLine(line[..Math.Min(line.Length, LongestReason)].ToString());
        return reason.Length == 0 ? $"{(int)answer.Status}" : $"{(int)answer.Status} ({reason})";
    }
}
