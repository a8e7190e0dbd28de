using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting.Pictures;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>What a page says of one release.</summary>
internal sealed class ReleaseSection
{
    private readonly HtmlWriter _html;
    private readonly Report _report;
    private readonly ReleaseGroups _groups;
    private readonly ReleasePicture _picture;
    private readonly IReadOnlyList<FileDiff> _diff;
    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal);

    public ReleaseSection(HtmlWriter html, Report report, ReleaseGroups groups, IReadOnlyList<FileDiff> diff, string id)
    {
        (_html, _report, _groups) = (html, report, groups);
        _diff = diff;
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

    /// <summary>Writes the sections.</summary>
    /// <param name="isNamed">Whether there are other releases on the page.</param>
    public void Write(bool isNamed)
    {
        PictureSection.Write(
            _html,
            _picture,
            isNamed ? Printable.OneLine(_groups.Analysis.Release) : "The release",
            _report.Count(ReportedLevel.Fixed) > 0 ? "fixed" : "fixable"
        );
        WriteProblems("To decide", _groups.Decisions, ReportedLevel.Error);
        WriteProblems("Warnings", _groups.Warnings, ReportedLevel.Warning);
        WriteChanges();
        WriteProblems("Ignored", _groups.Ignored, ReportedLevel.Ignored);
        ConnectionsSection.Write(_html, _picture);
        new ObjectsSection(_html, _picture, _groups.Analysis.Findings, _report.LevelOf, _diff).Write();
        HtmlParts.WriteRules(
            _html,
            _groups.Analysis.Findings.Select(static finding => finding.Rule).Distinct(),
            _groups.Analysis.Satisfied
        );
        foreach (var rule in _groups.Analysis.Disabled)
        {
            _html.Element("p", $"Disabled: {rule.Id} {rule.Name} was not checked.", ("class", "note"));
        }
    }

    private void WriteProblems(string heading, IReadOnlyList<RuleGroup<ProblemGroup>> rules, ReportedLevel level)
    {
        if (rules.Count == 0)
        {
            return;
        }

        _html.Start("section");
        _html.Element("h2", $"{heading} ({rules.Sum(static rule => rule.Count)})");
        HtmlParts.WriteProblems(_html, rules, level, LinkOf);
        _html.End("section");
    }

    private void WriteChanges()
    {
        if (_groups.Fixes.Count == 0)
        {
            return;
        }

        _html.Start("section");
        _html.Element(
            "h2",
            $"{(_report.Count(ReportedLevel.Fixed) > 0 ? "Fixed" : "The post-renderer fixes")} "
                + $"({_groups.Fixes.Sum(static rule => rule.Count)})"
        );
        foreach (var rule in _groups.Fixes)
        {
            _html.Start("div", ("class", "card change"));
            _html.Start("p", ("class", "head"));
            HtmlParts.WriteRule(_html, rule.Rule);
            _html.Element("span", rule.Rule.Holds, ("class", "note"));
            _html.End("p");
            _html.Start("ul", ("class", "findings"));
            foreach (var same in rule.Groups)
            {
                _html.Start("li");
                foreach (var change in same.Changes)
                {
                    _html.Start("p", ("class", "what"));
                    _html.Element("code", change.Path);
                    _html.Text($": {change.Before ?? "not set"} → ");
                    _html.Element("b", change.After ?? "removed");
                    _html.Text(same.Objects.Count > 1 ? $" × {same.Objects.Count}" : "");
                    _html.End("p");
                }

                _html.Start("ul", ("class", "objects"));
                foreach (var reference in same.Objects)
                {
                    _html.Start("li");
                    HtmlParts.WriteObject(_html, reference, LinkOf);
                    _html.End("li");
                }

                _html.End("ul", "li");
            }

            _html.End("ul", "div");
        }

        if (_groups.Restarts.Count > 0)
        {
            _html.Element(
                "p",
                "The pods of these workloads restart, because their config changes: "
                    + $"{string.Join(", ", _groups.Restarts.Select(static name => Printable.OneLine(name)))}.",
                ("class", "note")
            );
        }

        _html.End("section");
    }

    private string? LinkOf(string reference) => _sections.GetValueOrDefault(reference);
}
