using System.Text.Json;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The report as JSON; its schema is docs/report.schema.json. Fields may be added, but never changed or removed.</summary>
public static class JsonReporter
{
    /// <summary>The version of the schema.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes reports.</summary>
    /// <param name="reports">The reports, one for each input.</param>
    /// <param name="output">Receives the report.</param>
    public static void Write(IReadOnlyList<Report> reports, Stream output)
    {
        using var json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteString("tool", TextReporter.Program);
        json.WriteString("version", ProgramVersion.Text);
        json.WriteStartObject("summary");
        json.WriteNumber("documents", reports.Sum(static report => report.Documents));
        json.WriteNumber("errors", reports.Sum(static report => report.Count(ReportedLevel.Error)));
        json.WriteNumber("fixed", reports.Sum(static report => report.Count(ReportedLevel.Fixed)));
        json.WriteNumber("fixable", reports.Sum(static report => report.Count(ReportedLevel.Fixable)));
        json.WriteNumber("warnings", reports.Sum(static report => report.Count(ReportedLevel.Warning)));
        json.WriteNumber("ignored", reports.Sum(static report => report.Count(ReportedLevel.Ignored)));
        json.WriteEndObject();
        json.WriteStartArray("inputs");
        foreach (var report in reports)
        {
            WriteInput(json, report);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    internal static void WriteInput(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        json.WriteString("file", report.Input);
        json.WriteNumber("documents", report.Documents);
        WriteStrings(json, "truncated", report.Graph.Truncated.Select(static found => found.Source ?? ""));
        json.WriteStartArray("releases");
        foreach (var analysis in report.Analyses)
        {
            json.WriteStartObject();
            json.WriteString("name", analysis.Release);
            json.WriteString("family", analysis.Decision.Family?.ToString());
            json.WriteString("decidedBy", analysis.Decision.Basis);
            WriteStrings(json, "holds", analysis.Satisfied.Select(static rule => rule.Id));
            WriteStrings(json, "disabled", analysis.Disabled.Select(static rule => rule.Id));
            json.WriteStartArray("findings");
            foreach (var finding in analysis.Findings)
            {
                WriteFinding(json, finding, report.LevelOf(finding));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteFinding(Utf8JsonWriter json, Finding finding, ReportedLevel level)
    {
        var place = finding.Place;
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("name", finding.Rule.Name);
        json.WriteString("link", RuleLinks.Of(finding.Rule));
        json.WriteString("level", level.Word());
        json.WriteBoolean("fixable", finding.Edits.Count > 0);
        json.WriteString("object", place.Object);
        json.WriteString("path", place.Path);
        json.WriteString("configPath", place.ConfigPath);
        json.WriteString("source", place.Source);
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Location.Line);
        json.WriteNumber("column", place.Location.Column);
        json.WriteString("found", finding.Found);
        json.WriteString("why", finding.Why);
        json.WriteString("remedy", finding.Remedy);
        json.WriteEndObject();
    }

    internal static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
