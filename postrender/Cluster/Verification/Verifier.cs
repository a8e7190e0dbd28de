namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Looks at the running releases of a namespace.</summary>
/// <param name="api">The API server.</param>
/// <param name="options">What the user asks.</param>
internal sealed class Verifier(IKubernetesApi api, VerifyOptions options)
{
    /// <summary>Runs.</summary>
    /// <param name="mayAdd">Asked before debug containers are added to these pods; throws where they must not be.</param>
    /// <param name="watch">Told how many pods there are, and then of each that is done: runs the given work.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ClusterException">The cluster cannot be asked, or does not permit it.</exception>
    public async Task<Verification> RunAsync(Action<IReadOnlyList<LivePod>> mayAdd, Func<int, Func<Action, Task>, Task> watch, CancellationToken cancellationToken)
    {
        var reader = new NamespaceReader(api, options.Namespace, options.ReadSecrets);
        var live = await reader.ReadAsync(options.Selector, options.Rules, cancellationToken).ConfigureAwait(false);
        var visited = live.Releases.Where(static release => release.ReleaseAnalysis.Decision.Family is not null).ToList();
        if (options.DebugImage is not null && Lacking(visited) is { Count: > 0 } lacking)
        {
            mayAdd(lacking);
        }

        var reports = new Dictionary<ReleasePod, PodReport>();
        if (visited.Sum(static release => release.Pods.Count) is > 0 and var total)
        {
            await watch(total, done => VisitAsync(visited, reports, done, cancellationToken)).ConfigureAwait(false);
        }

        return new Verification(api.Server, options.Namespace, live.Pods.Count, [.. live.Releases.Select(release => Conclude(release, live, reports))]);
    }

    private static List<LivePod> Lacking(List<LiveRelease> releases) => [.. releases.SelectMany(static release => release.Pods)
        .Where(static tempo => tempo.Pod.Obstacle(tempo.Container) is null && DebugContainer.Reusable(tempo.Pod, tempo.Container) is null)
        .Select(static tempo => tempo.Pod)];

    private async Task VisitAsync(List<LiveRelease> releases, Dictionary<ReleasePod, PodReport> reports, Action done, CancellationToken cancellationToken)
    {
        var debug = options.DebugImage is null ? null : new DebugSession(api, options.DebugImage);
        var views = new MemberViews();
        var visits = releases.SelectMany(release =>
        {
            var verifier = new PodVerifier(api, debug, options.Rules with { Family = release.ReleaseAnalysis.Decision.Family }, options.PodTimeout, views);
            return release.Pods.Select(pod => (Verifier: verifier, Pod: pod));
        });
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(visits, parallel, async (visit, token) =>
        {
            var report = await visit.Verifier.VerifyAsync(visit.Pod, token).ConfigureAwait(false);
            lock (reports)
            {
                reports.Add(visit.Pod, report);
            }

            done();
        }).ConfigureAwait(false);
    }

    private VerifiedRelease Conclude(LiveRelease live, LiveNamespace all, Dictionary<ReleasePod, PodReport> reports)
    {
        List<DnsExpectation> names = [.. EndpointCheck.Names(live.Release, all.Slices, options.Namespace)];
        if (live.ReleaseAnalysis.Decision.Family is not { } family)
        {
            return new VerifiedRelease(live.ReleaseAnalysis, [], names, [], HasListeners: false);
        }

        var pods = live.Pods.Select(pod => reports[pod]).ToList();
        var membership = new MembershipCheck(pods, family, all.Pods);
        return new VerifiedRelease(
            live.ReleaseAnalysis,
            pods,
            names,
            [
                .. pods.SelectMany(report => PodCheck.Check(report, family)),
                .. membership.CheckGossip(),
                .. membership.CheckRings(),
                .. EndpointCheck.Check(live.Release, pods, all.Slices, family),
            ],
            options.DebugImage is not null);
    }
}
