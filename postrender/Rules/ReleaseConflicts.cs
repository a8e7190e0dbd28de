namespace Tempo.PostRender.Rules;

/// <summary>Finds objects in which two releases need different values: no value is right for both.</summary>
internal static class ReleaseConflicts
{
    /// <summary>The analyses; findings whose edits contradict those of another release become errors.</summary>
    public static IReadOnlyList<ReleaseAnalysis> Resolve(IReadOnlyList<ReleaseAnalysis> analyses)
    {
        if (analyses.Count < 2)
        {
            return analyses;
        }

        var disputed = analyses
            .SelectMany(
                static (analysis, release) =>
                    analysis.Findings.SelectMany(static finding => finding.Edits).Select(edit => (Edit: edit, Release: release))
            )
            .GroupBy(static found => (found.Edit.Document, found.Edit.Path))
            .Where(static found =>
                found.Select(static one => one.Release).Distinct().Count() > 1
                && found.Select(static one => one.Edit).Distinct().Count() > 1
            )
            .Select(static found => found.Key)
            .ToHashSet();
        return disputed.Count == 0
            ? analyses
            :
            [
                .. analyses.Select(analysis =>
                    analysis with
                    {
                        Findings =
                        [
                            .. analysis.Findings.Select(finding =>
                                finding.Edits.Any(edit => disputed.Contains((edit.Document, edit.Path))) ? AsConflict(finding) : finding
                            ),
                        ],
                    }
                ),
            ];
    }

    private static Finding AsConflict(Finding finding) =>
        finding with
        {
            Level = FindingLevel.Error,
            Edits = [],
            Remedy = "Give each release its own object: another release in these manifests needs a different value here",
        };
}
