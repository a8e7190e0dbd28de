using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>Whether findings are fixed.</summary>
public enum RunMode
{
    /// <summary>Findings with edits are fixed; any other error refuses the release.</summary>
    Enforce,

    /// <summary>Nothing is changed; findings that would be fixed are errors.</summary>
    Check,
}

/// <summary>What makes a run fail with exit code 2.</summary>
public enum FailOn
{
    /// <summary>Errors.</summary>
    Error,

    /// <summary>Errors and warnings.</summary>
    Warning,

    /// <summary>Nothing.</summary>
    Never,
}

/// <summary>How a finding is reported.</summary>
public enum ReportedLevel
{
    /// <summary>It was fixed.</summary>
    Fixed,

    /// <summary>The user has to act.</summary>
    Error,

    /// <summary>The user should know.</summary>
    Warning,

    /// <summary>The user disabled the rule for the object.</summary>
    Ignored,
}

/// <summary>What a run found.</summary>
public sealed record Report
{
    /// <summary>The file or folder that was read, or null for standard input.</summary>
    public required string? Input { get; init; }

    /// <summary>Whether findings are fixed.</summary>
    public required RunMode Mode { get; init; }

    /// <summary>How many documents were read.</summary>
    public required int Documents { get; init; }

    /// <summary>What was found, release by release.</summary>
    public required IReadOnlyList<ReleaseAnalysis> Analyses { get; init; }

    /// <summary>The graph that was checked.</summary>
    public required ManifestGraph Graph { get; init; }

    /// <summary>All findings.</summary>
    public IEnumerable<Finding> Findings => Analyses.SelectMany(static analysis => analysis.Findings);

    /// <summary>How many documents are changed by fixes.</summary>
    public int Changed =>
        Findings
            .SelectMany(static finding => finding.Edits)
            .Select(static edit => edit.Document is Manifests.EmbeddedDocument embedded ? embedded.Container : edit.Document)
            .Distinct()
            .Count();

    /// <summary>How many findings are reported at a level.</summary>
    /// <param name="level">The level.</param>
    public int Count(ReportedLevel level) =>
        Findings.Count(finding => LevelOf(finding) == level) + (level == ReportedLevel.Warning ? Graph.Truncated.Count : 0);

    /// <summary>How a finding is reported.</summary>
    /// <param name="finding">The finding.</param>
    public ReportedLevel LevelOf(Finding finding) =>
        finding.Level switch
        {
            FindingLevel.Fixable => Mode == RunMode.Enforce ? ReportedLevel.Fixed : ReportedLevel.Error,
            FindingLevel.Error => ReportedLevel.Error,
            FindingLevel.Ignored => ReportedLevel.Ignored,
            _ => ReportedLevel.Warning,
        };

    /// <summary>Whether the run fails.</summary>
    /// <param name="failOn">What makes it fail.</param>
    public bool IsRefused(FailOn failOn) =>
        failOn switch
        {
            FailOn.Never => false,
            FailOn.Warning => Count(ReportedLevel.Error) + Count(ReportedLevel.Warning) > 0,
            _ => Count(ReportedLevel.Error) > 0,
        };
}
