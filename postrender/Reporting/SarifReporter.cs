using System.Text.Json;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The report as SARIF 2.1.0, for code scanning.</summary>
public static class SarifReporter
{
    /// <summary>The name of standard input where SARIF needs a file.</summary>
    private const string StandardInput = "stdin";

    /// <summary>Writes reports as one run.</summary>
    /// <param name="reports">The reports, one for each input.</param>
    /// <param name="output">Receives the report.</param>
    public static void Write(IReadOnlyList<Report> reports, Stream output)
    {
        using var json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var report in reports)
        {
            foreach (var finding in report.Findings)
            {
                WriteResult(json, finding, report.LevelOf(finding));
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", TextReporter.Program);
        json.WriteString("version", ProgramVersion.Text);
        if (ProgramVersion.Repository is { } repository)
        {
            json.WriteString("informationUri", repository);
        }

        json.WriteStartArray("rules");
        foreach (var rule in RuleCatalog.Descriptions)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", rule.Name);
            WriteText(json, "shortDescription", rule.Name);
            WriteText(json, "fullDescription", rule.Requirement + ".");
            WriteText(json, "help", $"{rule.Why}. Fix: {rule.Fix}.");
            if (RuleLinks.Of(rule) is { } link)
            {
                json.WriteString("helpUri", link);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, ReportedLevel level)
    {
        var place = finding.Place;
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", RuleCatalog.Descriptions.TakeWhile(rule => rule != finding.Rule).Count());
        json.WriteString(
            "level",
            level switch
            {
                ReportedLevel.Error or ReportedLevel.Fixable => "error",
                ReportedLevel.Warning => "warning",
                _ => "note",
            }
        );
        WriteText(json, "message", $"{place.Object} {place.FullPath}: {finding.Found}; {finding.Why}. {finding.Remedy}.");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, place.File);
        json.WriteStartObject("region");
        json.WriteNumber("startLine", place.Location.Line);
        json.WriteNumber("startColumn", place.Location.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName", $"{place.Object}#{place.FullPath}");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        if (level == ReportedLevel.Ignored)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "inSource");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (level == ReportedLevel.Fixable)
        {
            WriteFix(json, finding);
        }

        json.WriteEndObject();
    }

    /// <summary>The fix, where the text that comes in is nothing secret.</summary>
    private static void WriteFix(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Place.IsSecret)
        {
            return;
        }

        var replacements = ManifestWriter.Replacements(finding.Edits);
        if (replacements.Count == 0 || replacements.Any(static part => HiddenLines.Of(part.Text.Split('\n')).Contains(true)))
        {
            return;
        }

        json.WriteStartArray("fixes");
        json.WriteStartObject();
        WriteText(json, "description", $"{finding.Remedy}.");
        json.WriteStartArray("artifactChanges");
        foreach (var file in replacements.GroupBy(static part => part.Document.File, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            WriteArtifact(json, file.Key);
            json.WriteStartArray("replacements");
            foreach (var part in file)
            {
                json.WriteStartObject();
                json.WriteStartObject("deletedRegion");
                json.WriteNumber("startLine", part.Start.Line);
                json.WriteNumber("startColumn", part.Start.Column);
                json.WriteNumber("endLine", part.End.Line);
                json.WriteNumber("endColumn", part.End.Column);
                json.WriteEndObject();
                WriteText(json, "insertedContent", part.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteArtifact(Utf8JsonWriter json, string? file)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString(
            "uri",
            file is null ? StandardInput : Uri.EscapeDataString(file.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal)
        );
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
