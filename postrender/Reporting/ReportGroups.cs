using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The result of a run in one word.</summary>
public enum Verdict
{
    /// <summary>Nothing in the input belongs to Tempo.</summary>
    NothingToDo,

    /// <summary>Nothing has to be changed.</summary>
    Consistent,

    /// <summary>Everything that contradicted the family was fixed.</summary>
    Fixed,

    /// <summary>The post-renderer can fix everything that contradicts the family.</summary>
    Fixable,

    /// <summary>The user has to decide something.</summary>
    NeedsDecision,

    /// <summary>Only warnings make the run fail, because the user asked for that.</summary>
    WarningsRefused,
}

/// <summary>Findings of a rule that differ in their place only; reports show them as one.</summary>
public sealed record ProblemGroup
{
    /// <summary>Why it matters.</summary>
    public required string Why { get; init; }

    /// <summary>What to do.</summary>
    public required string Remedy { get; init; }

    /// <summary>The findings, in the order of the report.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>Objects in which a rule changes the same values; reports show them as one.</summary>
public sealed record ChangeGroup
{
    /// <summary>The changes of each of the objects.</summary>
    public required IReadOnlyList<ValueChange> Changes { get; init; }

    /// <summary>The objects: <c>Service/tempo/tempo-querier</c>.</summary>
    public required IReadOnlyList<string> Objects { get; init; }

    /// <summary>The findings that the changes fix, in the order of the report.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Why the old values matter; every reason once.</summary>
    public IReadOnlyList<string> Reasons => [.. Findings.Select(static finding => finding.Why).Distinct(StringComparer.Ordinal)];
}

/// <summary>What a rule found in a release, at one level.</summary>
/// <typeparam name="T">How the findings are grouped.</typeparam>
public sealed record RuleGroup<T>
{
    /// <summary>The rule.</summary>
    public required RuleDescription Rule { get; init; }

    /// <summary>How many findings there are.</summary>
    public required int Count { get; init; }

    /// <summary>The findings, equal ones together.</summary>
    public required IReadOnlyList<T> Groups { get; init; }
}

/// <summary>What was found in a release, in the order in which a reader needs it.</summary>
public sealed record ReleaseGroups
{
    /// <summary>The release, its family, and what decided it.</summary>
    public required ReleaseAnalysis Analysis { get; init; }

    /// <summary>What the user has to decide.</summary>
    public required IReadOnlyList<RuleGroup<ProblemGroup>> Decisions { get; init; }

    /// <summary>What was fixed, or can be.</summary>
    public required IReadOnlyList<RuleGroup<ChangeGroup>> Fixes { get; init; }

    /// <summary>The workloads that restart because a fix changes their config.</summary>
    public required IReadOnlyList<string> Restarts { get; init; }

    /// <summary>What the user should know.</summary>
    public required IReadOnlyList<RuleGroup<ProblemGroup>> Warnings { get; init; }

    /// <summary>What the user disabled for an object.</summary>
    public required IReadOnlyList<RuleGroup<ProblemGroup>> Ignored { get; init; }
}

/// <summary>A report with its findings grouped for reading; the reports for people are made from it.</summary>
public sealed record ReportGroups
{
    private ReportGroups() { }

    /// <summary>The report.</summary>
    public required Report Report { get; init; }

    /// <summary>The result in one word.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The releases, in the order of the report.</summary>
    public required IReadOnlyList<ReleaseGroups> Releases { get; init; }

    /// <summary>What the reader can do next, in this order.</summary>
    public required IReadOnlyList<NextStep> NextSteps { get; init; }

    /// <summary>Groups a report.</summary>
    public static ReportGroups Of(Report report)
    {
        var verdict = VerdictOn(report);
        return new()
        {
            Report = report,
            Verdict = verdict,
            Releases = [.. report.Analyses.Select((analysis, index) => Group(report, analysis, index))],
            NextSteps = [.. Reporting.NextSteps.After(report, verdict)],
        };
    }

    private static Verdict VerdictOn(Report report) =>
        report.Analyses.Count == 0 ? Verdict.NothingToDo
        : report.Count(ReportedLevel.Error) > 0 ? Verdict.NeedsDecision
        : report.HasFixed ? Verdict.Fixed
        : report is { IsRefused: true, FailOn: FailOn.Warning } && report.Count(ReportedLevel.Warning) > 0 ? Verdict.WarningsRefused
        : report.Count(ReportedLevel.Fixable) > 0 ? Verdict.Fixable
        : Verdict.Consistent;

    private static ReleaseGroups Group(Report report, ReleaseAnalysis analysis, int index)
    {
        var levels = analysis.Findings.ToLookup(report.LevelOf);
        var fixes = levels[ReportedLevel.Fixed].Concat(levels[ReportedLevel.Fixable]).ToList();
        return new ReleaseGroups
        {
            Analysis = analysis,
            Decisions = ByRule(levels[ReportedLevel.Error], Problems),
            Fixes = ByRule(fixes.Where(static finding => !finding.IsRestart), Changes),
            Restarts = report.RestartsOf(index),
            Warnings = ByRule(levels[ReportedLevel.Warning], Problems),
            Ignored = ByRule(levels[ReportedLevel.Ignored], Problems),
        };
    }

    private static List<RuleGroup<T>> ByRule<T>(IEnumerable<Finding> findings, Func<IEnumerable<Finding>, IEnumerable<T>> group) =>
        [
            .. findings
                .GroupBy(static finding => finding.Rule)
                .Select(rule => new RuleGroup<T>
                {
                    Rule = rule.Key,
                    Count = rule.Count(),
                    Groups = [.. group(rule)],
                }),
        ];

    private static IEnumerable<ProblemGroup> Problems(IEnumerable<Finding> findings) =>
        findings
            .GroupBy(static finding => (finding.Why, finding.Remedy))
            .Select(static same => new ProblemGroup
            {
                Why = same.Key.Why,
                Remedy = same.Key.Remedy,
                Findings = [.. same],
            });

    /// <summary>Equal changes together; then changes of the same objects together.</summary>
    private static IEnumerable<ChangeGroup> Changes(IEnumerable<Finding> findings) =>
        findings
            .SelectMany(ValueChange.Of, static (finding, change) => (finding, change))
            .GroupBy(static one => one.change, static one => one.finding)
            .Select(static same => (Change: same.Key, Findings: same.ToList(), Objects: ObjectsOf(same)))
            // No name of an object contains a line break.
            .GroupBy(static same => string.Join('\n', same.Objects), StringComparer.Ordinal)
            .Select(static same => new ChangeGroup
            {
                Changes = [.. same.Select(static one => one.Change)],
                Objects = same.First().Objects,
                Findings = [.. same.SelectMany(static one => one.Findings).Distinct()],
            });

    private static List<string> ObjectsOf(IEnumerable<Finding> findings) =>
        [.. findings.Select(static finding => finding.Place.Object).Distinct(StringComparer.Ordinal)];
}
