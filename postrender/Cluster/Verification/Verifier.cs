using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Checks the running releases of a namespace.</summary>
internal sealed class Verifier(KubernetesApi api, VerifyOptions options)
{
    private readonly CommandRunners _runners = new(api, options);

    /// <summary>Runs all checks.</summary>
    /// <param name="mayAdd">Called before debug containers are added to these pods; throws if they must not be added.</param>
    /// <param name="watch">Receives the number of pods, and runs the work, which calls back after each pod.</param>
    /// <exception cref="ClusterException">The cluster cannot be reached, or a permission is missing.</exception>
    public async Task<VerificationReport> RunAsync(
        Action<IReadOnlyList<LivePod>> mayAdd,
        Func<int, Func<Action, Task>, Task> watch,
        CancellationToken cancellationToken
    )
    {
        var reader = new NamespaceReader(api, options.Namespace, options.ReadSecrets);
        var live = await reader.ReadAsync(options.Selector, options.Rules, cancellationToken);
        var decided = live.Releases.Where(static release => release.Family is not null).ToList();
        if (options.DebugImage is not null && PodsToExtend(decided) is { Count: > 0 } pods)
        {
            mayAdd(pods);
        }

        var reports = new Dictionary<ReleasePod, PodReport>();
        if (decided.Sum(static release => release.Pods.Count) is > 0 and var total)
        {
            await watch(total, async done => reports = await ReadPodsAsync(decided, done, cancellationToken));
        }

        var releases = new List<VerifiedRelease>();
        foreach (var release in live.Releases)
        {
            releases.Add(await VerifyAsync(release, live, reports, cancellationToken));
        }

        return new VerificationReport(api.Server, options.Namespace, live.Pods.Count, releases);
    }

    /// <summary>The pods that get a new debug container: those without one that lists their listeners, and all pods that connect.</summary>
    private List<LivePod> PodsToExtend(List<LiveRelease> releases) =>
        [
            .. releases
                .SelectMany(static release => release.Pods)
                .Where(static pod => pod.Pod.Obstacle(pod.Container) is null && DebugContainer.Reusable(pod.Pod, pod.Container) is null)
                .Concat(options.Reachability ? releases.SelectMany(static release => ReachabilityProbe.Sources(release.Pods)) : [])
                .Concat(options.Trace ? releases.Select(static release => TestSpanSender.Source(release.Pods)).OfType<ReleasePod>() : [])
                .Select(static pod => pod.Pod)
                .Distinct(),
        ];

    private async Task<Dictionary<ReleasePod, PodReport>> ReadPodsAsync(
        List<LiveRelease> releases,
        Action done,
        CancellationToken cancellationToken
    )
    {
        var debug = options.DebugImage is null ? null : new DebugContainers(api, options.DebugImage);
        var views = new MemberViews();
        var readers =
            from release in releases
            let rules = options.Rules with
            {
                Family = release.Family,
            }
            from pod in release.Pods
            select new PodReader(api, debug, rules, views, pod);
        var reports = await _runners.ForEachAsync(
            readers,
            async (reader, token) =>
            {
                var report = await reader.ReadAsync(options.PodTimeout, token);
                done();
                return report;
            },
            cancellationToken
        );
        return reports.ToDictionary(static report => report.Subject);
    }

    private async Task<VerifiedRelease> VerifyAsync(
        LiveRelease release,
        LiveNamespace live,
        Dictionary<ReleasePod, PodReport> reports,
        CancellationToken cancellationToken
    )
    {
        var verified = new VerifiedRelease
        {
            Analysis = release.Analysis,
            Names = [.. ServiceDns.Of(release.Services.Select(static member => member.Service), live.Slices, options.Namespace)],
        };
        if (release.Family is not { } family)
        {
            return verified;
        }

        IReadOnlyList<PodReport> pods = [.. release.Pods.Select(pod => reports[pod])];
        if (_runners.AreProbePods)
        {
            pods = await new PortConnector(_runners, family).RunAsync(pods, cancellationToken);
        }

        var reached = options.Reachability ? await new ReachabilityProbe(_runners, pods, family).RunAsync(cancellationToken) : null;
        var trace = options.Trace
            ? await new TestSpanSender(_runners, family, options.Tenant).RunAsync(release.Release, pods, cancellationToken)
            : null;
        var membership = new MembershipCheck(pods, family, live.Pods);
        IEnumerable<Finding> findings =
        [
            .. pods.SelectMany(report => PodCheck.Check(report, family)),
            .. membership.CheckGossip(),
            .. membership.CheckRings(),
            .. EndpointCheck.Check(release.Services, pods, live.Slices, family),
            .. LoadBalancerCheck.Check(release.Services),
            .. IngressPointCheck.Check(live.IngressPoints, release.ServiceNames, family),
            .. (reached ?? []).SelectMany(report => ReachabilityCheck.Check(report, family)),
            .. trace is null ? [] : new TraceCheck(trace, family, release.Analysis.Release).Check(),
        ];
        return verified with
        {
            Pods = pods,
            LiveFindings = [.. findings.Select(FindingCollector.MarkedIfIgnored)],
            HasListeners = options.DebugImage is not null || _runners.AreProbePods,
            Reached = reached,
            Trace = trace,
        };
    }
}
