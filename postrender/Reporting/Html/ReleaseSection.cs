using Tempo.PostRender.Reporting.Pictures;
using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Html.FindingParts;
using static Tempo.PostRender.Reporting.Html.HtmlParts;
using static Tempo.PostRender.Reporting.Html.Markup;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>What a page says of one release.</summary>
internal sealed class ReleaseSection
{
    private readonly Report _report;
    private readonly ReleaseGroups _groups;
    private readonly ReleasePicture _picture;
    private readonly IReadOnlyList<FileDiff> _diff;
    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal);

    public ReleaseSection(Report report, ReleaseGroups groups, IReadOnlyList<FileDiff> diff, string id)
    {
        (_report, _groups, _diff) = (report, groups, diff);
        _picture = ReleasePicture.Of(groups.Analysis, id);
        foreach (var node in _picture.Nodes)
        {
            foreach (var found in node.Node.Objects)
            {
                _sections.TryAdd(found.Reference, node.Id);
            }
        }

        foreach (var finding in _picture.Elsewhere)
        {
            _sections.TryAdd(finding.Place.Object, ObjectsSection.OtherId(_picture));
        }
    }

    /// <summary>The sections of the release.</summary>
    /// <param name="isNamed">Whether there are other releases on the page.</param>
    public Markup Write(bool isNamed)
    {
        var analysis = _groups.Analysis;
        return All([
            PictureSection.Of(_picture, isNamed ? Printable.OneLine(analysis.Release) : "The release", _report.FixWord),
            ProblemsSection("To decide", _groups.Decisions, ReportedLevel.Error),
            ProblemsSection("Warnings", _groups.Warnings, ReportedLevel.Warning),
            Changes(),
            ProblemsSection("Ignored", _groups.Ignored, ReportedLevel.Ignored),
            ConnectionsSection.Of(_picture),
            new ObjectsSection(_picture, analysis.Findings, _report.LevelOf, _diff).Write(),
            RulesSection(analysis.Findings.Select(static finding => finding.Rule).Distinct(), analysis.Satisfied.Value),
            All(analysis.Disabled.Select(static rule => Tag("p", "note", $"Disabled: {rule.Id} {rule.Name} was not checked."))),
        ]);
    }

    private Markup? ProblemsSection(string heading, IReadOnlyList<RuleGroup<ProblemGroup>> rules, ReportedLevel level) =>
        rules.Count == 0 ? null : Section($"{heading} ({rules.Sum(static rule => rule.Count)})", Problems(rules, level, LinkOf));

    private Markup? Changes()
    {
        if (_groups.Fixes.Count == 0)
        {
            return null;
        }

        var restarts = string.Join(", ", _groups.Restarts.Select(static name => Printable.OneLine(name)));
        return Section(
            $"{(_report.HasFixed ? "Fixed" : "The post-renderer fixes")} " + $"({_groups.Fixes.Sum(static rule => rule.Count)})",
            All(
                _groups.Fixes.Select(rule =>
                    Tag(
                        "div",
                        "card change",
                        Tag("p", "head", Rule(rule.Rule), Tag("span", "note", rule.Rule.Holds)),
                        Tag("ul", "findings", All(rule.Groups.Select(Change)))
                    )
                )
            ),
            restarts.Length > 0 ? Tag("p", "note", $"The pods of these workloads restart, because their config changes: {restarts}.") : null
        );
    }

    private Markup Change(ChangeGroup same) =>
        Tag(
            "li",
            null,
            All(
                same.Changes.Select(change =>
                    Tag(
                        "p",
                        "what",
                        Tag("code", null, change.Path),
                        $": {change.Old} → ",
                        Tag("b", null, change.New),
                        same.Objects.Count > 1 ? $" × {same.Objects.Count}" : ""
                    )
                )
            ),
            Tag("ul", "objects", All(same.Objects.Select(reference => Tag("li", null, Object(reference, LinkOf)))))
        );

    private string? LinkOf(string reference) => _sections.GetValueOrDefault(reference);
}
