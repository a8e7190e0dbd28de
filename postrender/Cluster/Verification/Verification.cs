using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What a run of <c>verify</c> found.</summary>
/// <param name="Server">The API server.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="PodsLookedAt">How many pods there were to find Tempo's among.</param>
/// <param name="Releases">The releases.</param>
internal sealed record Verification(string Server, string Namespace, int PodsLookedAt, IReadOnlyList<VerifiedRelease> Releases)
{
    /// <summary>All findings.</summary>
    public IEnumerable<Finding> Findings => Releases.SelectMany(static release => release.Findings);

    /// <summary>How many findings are reported at a level.</summary>
    public int Count(ReportedLevel level) => Findings.Count(finding => LevelOf(finding) == level);

    /// <summary>How a finding is reported. Nothing is repaired here.</summary>
    public static ReportedLevel LevelOf(Finding finding) =>
        finding.Level switch
        {
            FindingLevel.Warning => ReportedLevel.Warning,
            FindingLevel.Ignored => ReportedLevel.Ignored,
            _ => ReportedLevel.Error,
        };

    /// <summary>Whether the run fails. A namespace without Tempo holds nothing of what was asked.</summary>
    /// <param name="failOn">What makes it fail.</param>
    public bool IsRefused(FailOn failOn) =>
        failOn switch
        {
            FailOn.Never => false,
            FailOn.Warning => Releases.Count == 0 || Count(ReportedLevel.Error) + Count(ReportedLevel.Warning) > 0,
            _ => Releases.Count == 0 || Count(ReportedLevel.Error) > 0,
        };
}

/// <summary>What was found of one release.</summary>
internal sealed record VerifiedRelease
{
    /// <summary>What the rules say of its live objects.</summary>
    public required ReleaseAnalysis Analysis { get; init; }

    /// <summary>What was seen of its pods; empty where its family could not be decided.</summary>
    public required IReadOnlyList<PodReport> Pods { get; init; }

    /// <summary>What the names of its Services must resolve to.</summary>
    public required IReadOnlyList<DnsExpectation> Names { get; init; }

    /// <summary>What only a running release shows.</summary>
    public required IReadOnlyList<Finding> LiveFindings { get; init; }

    /// <summary>Whether listeners were to be listed, or to be connected to.</summary>
    public required bool HasListeners { get; init; }

    /// <summary>What its pods reach; null where that was not tried.</summary>
    public required IReadOnlyList<ReachReport>? Reached { get; init; }

    /// <summary>What became of its test spans; null where none were to be sent.</summary>
    public required TraceReport? Trace { get; init; }

    /// <summary>All findings; what many pods have in common is one.</summary>
    public IReadOnlyList<Finding> Findings => field ??= [.. Analysis.Findings, .. Merge(LiveFindings)];

    /// <summary>The checks that found nothing.</summary>
    public IEnumerable<RuleDescription> Satisfied =>
        Analysis.Decision.Family is null
            ? []
            : Analysis.Satisfied.Concat(
                LiveChecks.All.Where(check =>
                    LiveFindings.All(finding => finding.Rule != check)
                    && (HasListeners || check != LiveChecks.PodListeners)
                    && (Reached is not null || check != LiveChecks.Reachability)
                    && (Trace is { Problem: null } || (check != LiveChecks.TraceReceived && check != LiveChecks.TraceRead))
                )
            );

    /// <summary>The worst that is said of a pod, or null where nothing is.</summary>
    public ReportedLevel? WorstOf(LivePod pod)
    {
        var levels = LiveFindings.Where(finding => finding.Place.Object == pod.Reference).Select(Verification.LevelOf).ToHashSet();
        return levels.Contains(ReportedLevel.Error) ? ReportedLevel.Error
            : levels.Contains(ReportedLevel.Warning) ? ReportedLevel.Warning
            : null;
    }

    private static IEnumerable<Finding> Merge(IEnumerable<Finding> findings) =>
        findings
            .GroupBy(static finding =>
                (
                    finding.Rule,
                    finding.Level,
                    finding.Place.FullPath,
                    finding.Found,
                    finding.Why,
                    finding.Remedy,
                    Kind: finding.Place.Object.Split('/')[0]
                )
            )
            .Select(static same =>
                (First: same.First(), Others: same.Skip(1).Select(static finding => finding.Place.Object.Split('/')[^1]).ToList())
            )
            .Select(static same =>
                same.Others.Count == 0
                    ? same.First
                    : same.First with
                    {
                        Found = $"{same.First.Found}, as {(same.Others.Count == 1 ? "does" : "do")} {LiveFinding.Some(same.Others)}",
                    }
            );
}
