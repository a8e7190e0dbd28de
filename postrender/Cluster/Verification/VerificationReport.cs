using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What a run of <c>verify</c> found.</summary>
/// <param name="Server">The API server.</param>
/// <param name="PodsRead">The number of pods that were read, whether they run Tempo or not.</param>
internal sealed record VerificationReport(string Server, string Namespace, int PodsRead, IReadOnlyList<VerifiedRelease> Releases)
{
    public IEnumerable<Finding> Findings => Releases.SelectMany(static release => release.Findings);

    /// <summary>How many findings are reported at a level.</summary>
    public int Count(ReportedLevel level) => Findings.Count(finding => LevelOf(finding) == level);

    /// <summary>How a finding is reported. verify fixes nothing.</summary>
    public static ReportedLevel LevelOf(Finding finding) =>
        finding.Level switch
        {
            FindingLevel.Warning => ReportedLevel.Warning,
            FindingLevel.Ignored => ReportedLevel.Ignored,
            _ => ReportedLevel.Error,
        };

    /// <summary>Whether the run fails. It also fails if no pod runs Tempo.</summary>
    public bool IsRefused(FailOn failOn) =>
        (Releases.Count == 0 && failOn != FailOn.Never) || Findings.Any(finding => failOn.Includes(LevelOf(finding)));
}

/// <summary>The verdict on a pod, the best first.</summary>
internal enum PodVerdict
{
    /// <summary>Nothing was found.</summary>
    Ok,

    /// <summary>There are warnings.</summary>
    Warning,

    /// <summary>There are errors.</summary>
    Error,

    /// <summary>The pod could not be checked, or only in part.</summary>
    NotChecked,
}

/// <summary>What was found of one release.</summary>
internal sealed record VerifiedRelease
{
    /// <summary>What the rules found in its live objects.</summary>
    public required ReleaseAnalysis Analysis { get; init; }

    /// <summary>What the names of its Services resolve to.</summary>
    public required IReadOnlyList<ServiceDns> Names { get; init; }

    /// <summary>What was read from its pods; empty if its family could not be decided.</summary>
    public IReadOnlyList<PodReport> Pods { get; init; } = [];

    /// <summary>What the live checks found.</summary>
    public IReadOnlyList<Finding> LiveFindings { get; init; } = [];

    /// <summary>Whether listeners were listed, or connected to.</summary>
    public bool HasListeners { get; init; }

    /// <summary>What its pods can connect to; null if that was not tested.</summary>
    public IReadOnlyList<ReachabilityReport>? Reached { get; init; }

    /// <summary>The results of its test spans; null if none were to be sent.</summary>
    public TraceReport? Trace { get; init; }

    /// <summary>The family of the release, or null if it could not be decided.</summary>
    public AddressFamily? Family => Analysis.Decision.Family;

    /// <summary>The release and its family, which must be decided: <c>should be</c> while an error contradicts it.</summary>
    public string FamilyText =>
        Wording.FamilyOf(Analysis, Findings.Any(static finding => VerificationReport.LevelOf(finding) == ReportedLevel.Error));

    /// <summary>All findings; the same finding at several pods is merged into one.</summary>
    public IReadOnlyList<Finding> Findings => field ??= [.. Analysis.Findings, .. Merge(LiveFindings)];

    /// <summary>The checks that found nothing.</summary>
    public IEnumerable<RuleDescription> Satisfied =>
        Family is null
            ? []
            : Analysis.Satisfied.Value.Concat(
                LiveChecks.All.Where(check =>
                    LiveFindings.All(finding => finding.Rule != check)
                    && (HasListeners || check != LiveChecks.PodListeners)
                    && (Reached is not null || check != LiveChecks.Reachability)
                    && (Trace is { Problem: null } || (check != LiveChecks.TraceReceived && check != LiveChecks.TraceRead))
                )
            );

    /// <summary>The verdict on a pod.</summary>
    public PodVerdict VerdictOf(PodReport pod) =>
        pod.Problems.Count > 0
            ? PodVerdict.NotChecked
            : FindingsAt(pod)
                .Select(static finding =>
                    VerificationReport.LevelOf(finding) == ReportedLevel.Error ? PodVerdict.Error : PodVerdict.Warning
                )
                .DefaultIfEmpty(PodVerdict.Ok)
                .Max();

    /// <summary>The errors and warnings at a pod.</summary>
    public IEnumerable<Finding> FindingsAt(PodReport pod) => ByObject[pod.Pod.Reference];

    private ILookup<string, Finding> ByObject =>
        field ??= LiveFindings
            .Where(static finding => VerificationReport.LevelOf(finding) is ReportedLevel.Error or ReportedLevel.Warning)
            .ToLookup(static finding => finding.Place.Object);

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
                        Found = $"{same.First.Found} (the same at {Wording.Names(same.Others)})",
                    }
            );
}
