using System.Text.Json.Nodes;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The report as SARIF 2.1.0, for code scanning.</summary>
/// <remarks>
/// Written by hand, because the format's library for .NET (https://github.com/microsoft/sarif-sdk) serializes by reflection
/// (Newtonsoft.Json), which a native program cannot do.
/// </remarks>
public static class SarifReporter
{
    /// <summary>The name of standard input where SARIF needs a file.</summary>
    private const string StandardInput = "stdin";

    /// <summary>The number of each rule in the list of rules.</summary>
    private static readonly Dictionary<RuleDescription, int> Numbers = RuleCatalog
        .Descriptions.Index()
        .ToDictionary(static rule => rule.Item, static rule => rule.Index);

    /// <summary>Writes reports as one run.</summary>
    public static void Write(IReadOnlyList<Report> reports, Stream output) =>
        ReportJson.Write(
            new JsonObject
            {
                ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
                ["version"] = "2.1.0",
                ["runs"] = new JsonArray(
                    new JsonObject
                    {
                        ["tool"] = new JsonObject { ["driver"] = Driver() },
                        ["columnKind"] = "utf16CodeUnits",
                        ["results"] = ReportJson.Array(
                            reports.SelectMany(static report => report.Findings.Select(finding => Result(finding, report.LevelOf(finding))))
                        ),
                    }
                ),
            },
            output
        );

    private static JsonObject Driver()
    {
        var driver = new JsonObject { ["name"] = ProgramInfo.Name, ["version"] = ProgramInfo.Version };
        if (ProgramInfo.Repository is { } repository)
        {
            driver["informationUri"] = repository;
        }

        driver["rules"] = ReportJson.Array(RuleCatalog.Descriptions.Select(Rule));
        return driver;
    }

    private static JsonObject Rule(RuleDescription rule)
    {
        var described = new JsonObject
        {
            ["id"] = rule.Id,
            ["name"] = rule.Name,
            ["shortDescription"] = Text(rule.Name),
            ["fullDescription"] = Text($"{rule.Requirement}."),
            ["help"] = Text($"{rule.Why}. Fix: {rule.Fix}."),
        };
        if (RuleLinks.Of(rule) is { } link)
        {
            described["helpUri"] = link;
        }

        return described;
    }

    private static JsonObject Result(Finding finding, ReportedLevel level)
    {
        var place = finding.Place;
        var result = new JsonObject
        {
            ["ruleId"] = finding.Rule.Id,
            ["ruleIndex"] = Numbers[finding.Rule],
            ["level"] = level switch
            {
                ReportedLevel.Error or ReportedLevel.Fixable => "error",
                ReportedLevel.Warning => "warning",
                _ => "note",
            },
            ["message"] = Text($"{place.Object} {place.FullPath}: {finding.Sentence(level)}"),
            ["locations"] = new JsonArray(
                new JsonObject
                {
                    ["physicalLocation"] = new JsonObject
                    {
                        ["artifactLocation"] = Artifact(place.File),
                        ["region"] = new JsonObject { ["startLine"] = place.Location.Line, ["startColumn"] = place.Location.Column },
                    },
                    ["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = $"{place.Object}#{place.FullPath}" }),
                }
            ),
        };
        if (level == ReportedLevel.Ignored)
        {
            result["suppressions"] = new JsonArray(new JsonObject { ["kind"] = "inSource" });
        }

        if (level == ReportedLevel.Fixable && Fix(finding) is { } fix)
        {
            result["fixes"] = new JsonArray(fix);
        }

        return result;
    }

    /// <summary>The fix, where the text that comes in is nothing secret.</summary>
    private static JsonObject? Fix(Finding finding)
    {
        var replacements = finding.Place.IsSecret ? [] : ManifestWriter.Replacements(finding.Edits);
        return replacements.Count == 0 || replacements.Any(static part => HiddenLines.Of(part.Text.Split('\n')).Contains(true))
            ? null
            : new JsonObject
            {
                ["description"] = Text($"{finding.Remedy}."),
                ["artifactChanges"] = ReportJson.Array(
                    replacements
                        .GroupBy(static part => part.Document.File, StringComparer.Ordinal)
                        .Select(static file => new JsonObject
                        {
                            ["artifactLocation"] = Artifact(file.Key),
                            ["replacements"] = ReportJson.Array(file.Select(Replacement)),
                        })
                ),
            };
    }

    private static JsonObject Replacement(TextReplacement part) =>
        new()
        {
            ["deletedRegion"] = new JsonObject
            {
                ["startLine"] = part.Start.Line,
                ["startColumn"] = part.Start.Column,
                ["endLine"] = part.End.Line,
                ["endColumn"] = part.End.Column,
            },
            ["insertedContent"] = Text(part.Text),
        };

    private static JsonObject Artifact(string? file) =>
        new()
        {
            ["uri"] = file is null
                ? StandardInput
                : Uri.EscapeDataString(file.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal),
        };

    private static JsonObject Text(string text) => new() { ["text"] = text };
}
