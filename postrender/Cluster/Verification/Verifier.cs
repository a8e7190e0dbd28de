namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Checks the running releases of a namespace.</summary>
/// <param name="api">The API server.</param>
/// <param name="options">The user's options.</param>
internal sealed class Verifier(KubernetesApi api, VerifyOptions options)
{
    /// <summary>Runs all checks.</summary>
    /// <param name="mayAdd">Called before debug containers are added to these pods; throws if they must not be added.</param>
    /// <param name="watch">Receives the number of pods, and runs the work, which calls back after each pod.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="ClusterException">The cluster cannot be reached, or a permission is missing.</exception>
    public async Task<Verification> RunAsync(
        Action<IReadOnlyList<LivePod>> mayAdd,
        Func<int, Func<Action, Task>, Task> watch,
        CancellationToken cancellationToken
    )
    {
        var reader = new NamespaceReader(api, options.Namespace, options.ReadSecrets);
        var live = await reader.ReadAsync(options.Selector, options.Rules, cancellationToken).ConfigureAwait(false);
        var visited = live.Releases.Where(static release => release.Analysis.Decision.Family is not null).ToList();
        if (options.DebugImage is not null && Lacking(visited) is { Count: > 0 } lacking)
        {
            mayAdd(lacking);
        }

        var debug = options.DebugImage is null ? null : new DebugSession(api, options.DebugImage);

        var reports = new Dictionary<ReleasePod, PodReport>();
        if (visited.Sum(static release => release.Pods.Count) is > 0 and var total)
        {
            await watch(total, done => VisitAsync(visited, debug, reports, done, cancellationToken)).ConfigureAwait(false);
        }

        var networks = await ConnectAsync(visited, reports, cancellationToken).ConfigureAwait(false);
        return new Verification(
            api.Server,
            options.Namespace,
            live.Pods.Count,
            [.. live.Releases.Select(release => Conclude(release, live, reports, networks.GetValueOrDefault(release, NetworkReport.None)))]
        );
    }

    /// <summary>The pods that get a new debug container: those without one that lists their listeners, and all pods that connect.</summary>
    private List<LivePod> Lacking(List<LiveRelease> releases) =>
        [
            .. releases
                .SelectMany(static release => release.Pods)
                .Where(static subject =>
                    subject.Pod.Obstacle(subject.Container) is null && DebugContainer.Reusable(subject.Pod, subject.Container) is null
                )
                .Concat(options.Reachability ? releases.SelectMany(static release => ReachReport.Sources(release.Pods)) : [])
                .Concat(options.Trace ? releases.Select(static release => TraceRun.Source(release.Pods)).OfType<ReleasePod>() : [])
                .Select(static subject => subject.Pod)
                .Distinct(),
        ];

    /// <summary>Connects and sends, as far as asked for. What is found of a pod's ports goes into its report.</summary>
    private async Task<Dictionary<LiveRelease, NetworkReport>> ConnectAsync(
        List<LiveRelease> releases,
        Dictionary<ReleasePod, PodReport> reports,
        CancellationToken cancellationToken
    )
    {
        var vantages = new Vantages(api, options);
        var networks = new Dictionary<LiveRelease, NetworkReport>();
        foreach (var release in releases)
        {
            var family = release.Analysis.Decision.Family!.Value;
            if (vantages.AreProbePods)
            {
                foreach (var report in await PortRun.RunAsync(vantages, Reports(), family, cancellationToken).ConfigureAwait(false))
                {
                    reports[report.Subject] = report;
                }
            }

            networks[release] = new NetworkReport(
                options.Reachability
                    ? await new ReachRun(vantages, Reports(), family).RunAsync(cancellationToken).ConfigureAwait(false)
                    : null,
                options.Trace
                    ? await TraceRun
                        .RunAsync(vantages, release.Release, Reports(), family, options.Tenant, cancellationToken)
                        .ConfigureAwait(false)
                    : null
            );

            List<PodReport> Reports() => [.. release.Pods.Select(pod => reports[pod])];
        }

        return networks;
    }

    private async Task VisitAsync(
        List<LiveRelease> releases,
        DebugSession? debug,
        Dictionary<ReleasePod, PodReport> reports,
        Action done,
        CancellationToken cancellationToken
    )
    {
        var views = new MemberViews();
        var visits = releases.SelectMany(release =>
        {
            var verifier = new PodVerifier(
                api,
                debug,
                options.Rules with
                {
                    Family = release.Analysis.Decision.Family,
                },
                options.PodTimeout,
                views
            );
            return release.Pods.Select(pod => (Verifier: verifier, Pod: pod));
        });
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        await Parallel
            .ForEachAsync(
                visits,
                parallel,
                async (visit, token) =>
                {
                    var report = await visit.Verifier.VerifyAsync(visit.Pod, token).ConfigureAwait(false);
                    lock (reports)
                    {
                        reports.Add(visit.Pod, report);
                    }

                    done();
                }
            )
            .ConfigureAwait(false);
    }

    private VerifiedRelease Conclude(LiveRelease live, LiveNamespace all, Dictionary<ReleasePod, PodReport> reports, NetworkReport network)
    {
        List<DnsExpectation> names = [.. EndpointCheck.Names(live.Services, all.Slices, options.Namespace)];
        if (live.Analysis.Decision.Family is not { } family)
        {
            return new VerifiedRelease
            {
                Analysis = live.Analysis,
                Pods = [],
                Names = names,
                LiveFindings = [],
                HasListeners = false,
                Reached = null,
                Trace = null,
            };
        }

        var pods = live.Pods.Select(pod => reports[pod]).ToList();
        var membership = new MembershipCheck(pods, family, all.Pods);
        return new VerifiedRelease
        {
            Analysis = live.Analysis,
            Pods = pods,
            Names = names,
            LiveFindings =
            [
                .. pods.SelectMany(report => PodCheck.Check(report, family)),
                .. membership.CheckGossip(),
                .. membership.CheckRings(),
                .. EndpointCheck.Check(live.Services, pods, all.Slices, family),
                .. LoadBalancerCheck.Check(live.Services),
                .. IngressPointCheck.Check(all.IngressPoints, NamespaceReader.NamesOf([live]), family),
                .. (network.Reached ?? []).SelectMany(report => ReachCheck.Check(report, family)),
                .. network.Trace is { } trace ? TraceCheck.Check(trace, family, live.Analysis.Release) : [],
            ],
            HasListeners = options.DebugImage is not null || options.ProbeImage is not null,
            Reached = network.Reached,
            Trace = network.Trace,
        };
    }
}
