using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>One line of the watched state: a pod, a workload or another object, and its state.</summary>
/// <param name="Name">The object.</param>
/// <param name="State">Its state: <c>ok</c>, or what is wrong.</param>
internal sealed record WatchLine(string Name, string State);

/// <summary>
/// Checks repeatedly until all workloads are rolled out and nothing is found. It adds no debug containers, because some of the pods
/// are about to be replaced.
/// </summary>
internal sealed class Watch(KubernetesApi api, VerifyOptions options, FailOn failOn)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Checks until nothing is found, or until the time limit.</summary>
    /// <param name="show">Receives the state after each check.</param>
    /// <returns>Whether nothing is found, and the last result.</returns>
    public async Task<(bool IsWell, VerificationReport Last)> RunAsync(
        TimeSpan limit,
        Action<IReadOnlyList<WatchLine>> show,
        CancellationToken cancellationToken
    )
    {
        var start = TimeProvider.System.GetTimestamp();
        var reader = new NamespaceReader(api, options.Namespace, options.ReadSecrets);
        var verifier = new Verifier(api, options with { DebugImage = null, ProbeImage = null, Reachability = false, Trace = false });
        while (true)
        {
            var rollouts = await reader.ReadRolloutsAsync(cancellationToken);
            var found = await verifier.RunAsync(static _ => { }, static (_, work) => work(static () => { }), cancellationToken);
            show([.. Lines(found, rollouts)]);
            var isWell = !found.IsRefused(failOn) && rollouts.All(static rollout => rollout.Lacks is null);
            if (isWell || TimeProvider.System.GetElapsedTime(start) + Interval > limit)
            {
                return (isWell, found);
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    private static IEnumerable<WatchLine> Lines(VerificationReport found, IReadOnlyList<Rollout> rollouts)
    {
        foreach (var rollout in rollouts)
        {
            yield return new WatchLine(rollout.Reference, rollout.Lacks ?? "ok");
        }

        if (found.Releases.Count == 0)
        {
            yield return new WatchLine($"Namespace/{found.Namespace}", "no pod runs Tempo yet");
        }

        var pods = found.Releases.SelectMany(static release => release.Pods).Select(static pod => pod.Pod.Reference).ToList();
        var wrong = found
            .Releases.SelectMany(static release => release.Analysis.Findings.Concat(release.LiveFindings))
            .Where(static finding => VerificationReport.LevelOf(finding) is ReportedLevel.Error or ReportedLevel.Warning)
            .ToLookup(static finding => finding.Place.Object);
        foreach (var name in pods.Concat(wrong.Select(static findings => findings.Key)).Distinct())
        {
            var worst = wrong[name]
                .OrderBy(static finding => VerificationReport.LevelOf(finding) == ReportedLevel.Error ? 0 : 1)
                .FirstOrDefault();
            yield return new WatchLine(name, worst is null ? "ok" : State(worst, wrong[name].Count()));
        }
    }

    private static string State(Finding finding, int count)
    {
        var more = count > 1 ? $", and {count - 1} more" : "";
        var place = finding.Place.FullPath is { Length: > 0 } path ? $"{Printable.OneLine(path)} " : "";
        var level = VerificationReport.LevelOf(finding) == ReportedLevel.Error ? "error" : "warning";
        return $"{level} {finding.Rule.Id} {place}{finding.Found}{more}";
    }
}
