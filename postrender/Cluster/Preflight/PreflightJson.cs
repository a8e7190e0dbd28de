using System.Text.Json;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>
/// The report of <c>preflight</c> as JSON, in the form of docs/preflight.schema.json: fields may be added, never changed or removed.
/// </summary>
internal static class PreflightJson
{
    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="refused">Whether the upgrade should not be made.</param>
    /// <param name="output">The output.</param>
    public static void Write(PreflightReport report, bool refused, Stream output)
    {
        using var json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", JsonReporter.SchemaVersion);
        json.WriteString("tool", TextReporter.Program);
        json.WriteString("version", ProgramVersion.Text);
        json.WriteBoolean("go", !refused);
        json.WriteString("server", report.Server);
        json.WriteString("namespace", report.Namespace);
        WriteCluster(json, report);
        JsonReporter.WriteStrings(json, "holds", report.Satisfied.Select(static check => check.Id));
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            JsonReporter.WriteFinding(json, finding, report.Stream.LevelOf(finding));
        }

        json.WriteEndArray();
        json.WriteStartArray("services");
        foreach (var change in report.Services)
        {
            WriteChange(json, change);
        }

        json.WriteEndArray();
        json.WriteStartArray("deletions");
        foreach (var deletion in report.Deletions)
        {
            json.WriteStartObject();
            json.WriteString("object", deletion.Reference);
            json.WriteString("command", deletion.Command);
            json.WriteString("meanwhile", deletion.Outage);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("stream");
        JsonReporter.WriteInput(json, report.Stream);
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WriteCluster(Utf8JsonWriter json, PreflightReport report)
    {
        var families = report.Families;
        json.WriteStartObject("cluster");
        json.WriteString("primaryFamily", families.Primary.ToString());
        WriteFamilies(json, "serviceFamilies", families.Services);
        json.WriteBoolean("serviceFamiliesComplete", families.IsComplete);
        WriteFamilies(json, "podFamilies", families.Pods);
        WriteFamilies(json, "podCidrFamilies", families.NodePods);
        WriteFamilies(json, "nodeFamilies", families.Nodes);
        json.WriteString("podSecurityLevel", report.PodSecurityLevel);
        json.WriteBoolean("namespaceExists", !report.IsNamespaceNew);
        json.WriteEndObject();
    }

    private static void WriteFamilies(Utf8JsonWriter json, string name, IEnumerable<AddressFamily> families) =>
        JsonReporter.WriteStrings(json, name, families.Select(static family => family.ToString()));

    private static void WriteChange(Utf8JsonWriter json, ServiceChange change)
    {
        json.WriteStartObject();
        json.WriteString("object", change.Service.Object.Reference);
        json.WriteString(
            "change",
            change.Kind switch
            {
                ServiceChangeKind.Created => "created",
                ServiceChangeKind.InPlace => "inPlace",
                ServiceChangeKind.Replaced => "replaced",
                _ => "unchanged",
            }
        );
        json.WriteString("field", change.Path);
        json.WriteString("live", change.Kind == ServiceChangeKind.Created ? null : change.Live);
        json.WriteString("wanted", change.Wanted);
        json.WriteEndObject();
    }
}
