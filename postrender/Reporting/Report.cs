using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>Whether findings are fixed.</summary>
public enum RunMode
{
    /// <summary>Findings with edits are fixed; any other error refuses the release.</summary>
    Enforce,

    /// <summary>Nothing is changed; findings that could be fixed make the run fail, as errors do.</summary>
    Check,
}

/// <summary>What makes a run fail with exit code 2.</summary>
public enum FailOn
{
    /// <summary>The run fails on errors.</summary>
    Error,

    /// <summary>The run fails on errors and warnings.</summary>
    Warning,

    /// <summary>No finding makes the run fail.</summary>
    Never,
}

/// <summary>How a finding is reported.</summary>
public enum ReportedLevel
{
    /// <summary>It was fixed.</summary>
    Fixed,

    /// <summary>The post-renderer can fix it, and has not.</summary>
    Fixable,

    /// <summary>The user has to act.</summary>
    Error,

    /// <summary>The user should know.</summary>
    Warning,

    /// <summary>The user disabled the rule for the object.</summary>
    Ignored,
}

/// <summary>Which reported levels make a run fail that fixes nothing.</summary>
internal static class FailOnLevels
{
    /// <summary>Whether a finding at a level makes the run fail.</summary>
    /// <param name="failOn">What makes the run fail.</param>
    public static bool Includes(this FailOn failOn, ReportedLevel level) =>
        level switch
        {
            ReportedLevel.Error or ReportedLevel.Fixable => failOn != FailOn.Never,
            ReportedLevel.Warning => failOn == FailOn.Warning,
            _ => false,
        };
}

/// <summary>What a run found.</summary>
public sealed record Report
{
    private bool? _isRefused;
    private IReadOnlyList<ReleaseAnalysis>? _planned;
    private IReadOnlyList<Edit>? _repairs;
    private IReadOnlyList<Finding>? _findings;

    /// <summary>The file or folder that was read, or null for standard input.</summary>
    public required string? Input { get; init; }

    /// <summary>Whether nobody can look at the input, because it went from Helm to this program: its lines have no use then.</summary>
    public bool IsInputHidden { get; init; }

    /// <summary>Whether a refused input is returned unchanged, as a KRM function must do; otherwise nothing is written.</summary>
    public bool IsReturned { get; init; }

    /// <summary>Whether findings are fixed.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>What makes the run fail.</summary>
    public required FailOn FailOn { get; init; }

    /// <summary>The namespace that the user named on the command line, or null.</summary>
    public string? StatedNamespace { get; init; }

    /// <summary>The label of the pods that join memberlist.</summary>
    public string GossipLabel { get; init; } = RuleOptions.DefaultGossipLabel;

    /// <summary>How many documents were read.</summary>
    public required int Documents { get; init; }

    /// <summary>What was found, release by release.</summary>
    public required IReadOnlyList<ReleaseAnalysis> Analyses { get; init; }

    /// <summary>The graph that was checked.</summary>
    public required ManifestGraph Graph { get; init; }

    /// <summary>The findings of all releases.</summary>
    public IReadOnlyList<Finding> Findings => _findings ??= [.. Analyses.SelectMany(static analysis => analysis.Findings)];

    /// <summary>The edits that the post-renderer makes, in the order of the findings; check mode works them out when asked.</summary>
    public IReadOnlyList<Edit> Repairs =>
        _repairs ??= [.. Planned.SelectMany(static analysis => analysis.Findings).SelectMany(static finding => finding.Edits)];

    /// <summary>The analyses with the restarts that the fixes cause; null if <see cref="Analyses"/> has them.</summary>
    internal Func<IReadOnlyList<ReleaseAnalysis>>? Plan { get; init; }

    /// <summary>How many documents are changed by fixes.</summary>
    public int Changed => Repairs.Select(static edit => edit.Outermost).Distinct().Count();

    /// <summary>The workloads of a release that restart, because a fix changes their config.</summary>
    /// <param name="release">The index of the release in <see cref="Analyses"/>.</param>
    public IReadOnlyList<string> RestartsOf(int release) =>
        Analyses[release].Findings.All(static finding => finding.Edits.Count == 0)
            ? []
            : [.. Planned[release].Findings.Where(static finding => finding.IsRestart).Select(static finding => finding.Place.Object)];

    /// <summary>Whether the run fails; in enforce mode nothing is written then.</summary>
    public bool IsRefused =>
        _isRefused ??=
            Findings.Any(finding => FailOn.Includes(LevelIfWritten(finding)))
            || (Graph.Truncated.Count > 0 && FailOn.Includes(ReportedLevel.Warning));

    /// <summary>How many findings are reported at a level. A restart of pods is no finding of its own.</summary>
    public int Count(ReportedLevel level) =>
        Findings.Count(finding => LevelOf(finding) == level && !finding.IsRestart)
        + (level == ReportedLevel.Warning ? Graph.Truncated.Count : 0);

    /// <summary>Whether a finding was fixed.</summary>
    public bool HasFixed => Count(ReportedLevel.Fixed) > 0;

    /// <summary>What the fixes are: <c>fixed</c>, or <c>fixable</c> where none was made.</summary>
    internal string FixWord => (HasFixed ? ReportedLevel.Fixed : ReportedLevel.Fixable).Word();

    /// <summary>How a finding is reported.</summary>
    public ReportedLevel LevelOf(Finding finding)
    {
        var level = LevelIfWritten(finding);
        return level == ReportedLevel.Fixed && IsRefused ? ReportedLevel.Fixable : level;
    }

    /// <summary>A release and its family: <c>tempo/tempo is IPv6</c>, or <c>should be IPv6</c> while a setting contradicts it.</summary>
    /// <param name="release">The release, whose family is decided.</param>
    internal string FamilyOf(ReleaseAnalysis release)
    {
        var isOpen = release.Findings.Any(finding => LevelOf(finding) is ReportedLevel.Error or ReportedLevel.Fixable);
        return Wording.FamilyOf(release, isOpen);
    }

    private IReadOnlyList<ReleaseAnalysis> Planned => _planned ??= Plan?.Invoke() ?? Analyses;

    /// <summary>How a finding is reported if the run succeeds: only then are the fixes made.</summary>
    private ReportedLevel LevelIfWritten(Finding finding) =>
        finding.Level switch
        {
            FindingLevel.Fixable => Mode == RunMode.Enforce ? ReportedLevel.Fixed : ReportedLevel.Fixable,
            FindingLevel.Error => ReportedLevel.Error,
            FindingLevel.Ignored => ReportedLevel.Ignored,
            _ => ReportedLevel.Warning,
        };
}
