using System.Text.Json.Nodes;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>
/// The report of <c>preflight</c> as JSON, in the form of docs/preflight.schema.json: fields may be added, never changed or removed.
/// </summary>
internal static class PreflightJson
{
    public static void Write(PreflightReport report, bool refused, Stream output)
    {
        var document = ReportJson.Document();
        document["go"] = !refused;
        document["server"] = report.Server;
        document["namespace"] = report.Namespace;
        document["cluster"] = ClusterOf(report);
        document["holds"] = JsonReporter.Ids(report.Satisfied);
        document["findings"] = JsonReporter.Findings(report.Findings, report.Stream.LevelOf);
        document["services"] = ReportJson.Array(report.Services.Select(Change));
        document["deletions"] = ReportJson.Array(
            report.Deletions.Select(static deletion => new JsonObject
            {
                ["object"] = deletion.Reference,
                ["command"] = deletion.Command,
                ["meanwhile"] = deletion.Outage,
            })
        );
        document["stream"] = JsonReporter.Input(report.Stream);
        ReportJson.Write(document, output);
    }

    private static JsonObject ClusterOf(PreflightReport report) =>
        new()
        {
            ["primaryFamily"] = report.Families.Primary.ToString(),
            ["serviceFamilies"] = Families(report.Families.Services),
            ["serviceFamiliesComplete"] = report.Families.IsComplete,
            ["podFamilies"] = Families(report.Families.Pods),
            ["podCidrFamilies"] = Families(report.Families.NodePods),
            ["nodeFamilies"] = Families(report.Families.Nodes),
            ["podSecurityLevel"] = report.PodSecurityLevel,
            ["namespaceExists"] = !report.IsNamespaceNew,
        };

    private static JsonArray Families(IEnumerable<AddressFamily> families) =>
        ReportJson.Texts(families.Select(static family => family.ToString()));

    private static JsonObject Change(ServiceChange change) =>
        new()
        {
            ["object"] = change.Service.Object.Reference,
            ["change"] = change.Kind switch
            {
                ServiceChangeKind.Created => "created",
                ServiceChangeKind.InPlace => "inPlace",
                ServiceChangeKind.Replaced => "replaced",
                _ => "unchanged",
            },
            ["field"] = change.Path,
            ["live"] = change.Kind == ServiceChangeKind.Created ? null : change.Live,
            ["wanted"] = change.Wanted,
        };
}
