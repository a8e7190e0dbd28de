using System.Text.Json;
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
        json.WriteStartArray("rules");
        foreach (var rule in RuleCatalog.Descriptions)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", rule.Name);
            WriteText(json, "shortDescription", rule.Name);
            WriteText(json, "fullDescription", rule.Requirement + ".");
            WriteText(json, "help", $"{rule.Why}. Fix: {rule.Fix}.");
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
        json.WriteStartObject("artifactLocation");
        json.WriteString(
            "uri",
            place.File is null
                ? StandardInput
                : Uri.EscapeDataString(place.File.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal)
        );
        json.WriteEndObject();
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

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
