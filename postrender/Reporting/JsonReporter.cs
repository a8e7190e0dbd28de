using System.Text.Json.Nodes;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The report as JSON; its schema is docs/report.schema.json.</summary>
public static class JsonReporter
{
    /// <summary>Writes reports.</summary>
    public static void Write(IReadOnlyList<Report> reports, Stream output)
    {
        var document = ReportJson.Document();
        document["summary"] = new JsonObject
        {
            ["documents"] = reports.Sum(static report => report.Documents),
            ["errors"] = Count(ReportedLevel.Error),
            ["fixed"] = Count(ReportedLevel.Fixed),
            ["fixable"] = Count(ReportedLevel.Fixable),
            ["warnings"] = Count(ReportedLevel.Warning),
            ["ignored"] = Count(ReportedLevel.Ignored),
        };
        document["inputs"] = ReportJson.Array(reports.Select(Input));
        ReportJson.Write(document, output);

        int Count(ReportedLevel level) => reports.Sum(report => report.Count(level));
    }

    /// <summary>What was found in one input.</summary>
    internal static JsonObject Input(Report report) =>
        new()
        {
            ["file"] = report.Input,
            ["documents"] = report.Documents,
            ["truncated"] = ReportJson.Texts(report.Graph.Truncated.Select(static found => found.Source ?? "")),
            ["releases"] = ReportJson.Array(
                report.Analyses.Select(analysis => new JsonObject
                {
                    ["name"] = analysis.Release,
                    ["family"] = analysis.Decision.Family?.ToString(),
                    ["decidedBy"] = analysis.Decision.Basis,
                    ["holds"] = Ids(analysis.Satisfied.Value),
                    ["disabled"] = Ids(analysis.Disabled),
                    ["findings"] = Findings(analysis.Findings, report.LevelOf),
                })
            ),
        };

    internal static JsonArray Ids(IEnumerable<RuleDescription> rules) => ReportJson.Texts(rules.Select(static rule => rule.Id));

    internal static JsonArray Findings(IEnumerable<Finding> findings, Func<Finding, ReportedLevel> levelOf) =>
        ReportJson.Array(
            findings.Select(finding => new JsonObject
            {
                ["rule"] = finding.Rule.Id,
                ["name"] = finding.Rule.Name,
                ["link"] = RuleLinks.Of(finding.Rule),
                ["level"] = levelOf(finding).Word(),
                ["fixable"] = finding.Edits.Count > 0,
                ["object"] = finding.Place.Object,
                ["path"] = finding.Place.Path,
                ["configPath"] = finding.Place.ConfigPath,
                ["source"] = finding.Place.Source,
                ["file"] = finding.Place.File,
                ["line"] = finding.Place.Location.Line,
                ["column"] = finding.Place.Location.Column,
                ["found"] = finding.Found,
                ["why"] = finding.Why,
                ["remedy"] = finding.RemedyAt(levelOf(finding)),
            })
        );
}
