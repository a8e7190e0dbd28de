using System.Text.Json;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>The report of <c>preflight</c>, for people and as JSON.</summary>
internal static class PreflightReporter
{
    /// <summary>Writes the report for people: what the cluster has, the findings, what to run first, the verdict.</summary>
    public static void WriteText(PreflightReport report, bool refused, bool verbose, TextWriter output)
    {
        var families = report.Families;
        output.WriteLine(
            $"{TextReporter.Program}: {report.Server}, namespace {Printable.OneLine(report.Namespace)}{(report.IsNamespaceNew ? " (to be made)" : "")}: "
                + $"Services {string.Join(" and ", families.Services.Select(family => family == families.Primary ? $"{family} (primary)" : family.ToString()))}{(families.IsComplete ? "" : ", perhaps more")}; "
                + $"pods {Names(families.Pods.Count > 0 ? families.Pods : families.NodePods)}; nodes {Names(families.Nodes)}; Pod Security {Printable.OneLine(report.PodSecurityLevel ?? "not set")}"
        );
        TextReporter.Write(report.Stream, verbose, output);
        foreach (var finding in report.Findings)
        {
            output.WriteLine(TextReporter.Line(finding, report.Stream.LevelOf(finding)));
        }

        foreach (var change in report.Services.Where(static change => change.Kind == ServiceChangeKind.InPlace))
        {
            output.WriteLine(
                $"in place {Printable.OneLine(change.Service.Object.Reference)} spec.{change.Path}: {Printable.OneLine(change.Live)} becomes {Printable.OneLine(change.Wanted)}{(change.Service.IsHeadless ? "; its name leads to the same pods by other addresses" : "")}."
            );
        }

        if (verbose)
        {
            foreach (var check in Satisfied(report))
            {
                output.WriteLine($"holds {check.Id}: {check.Holds}.");
            }
        }

        if (report.Deletions.Count > 0)
        {
            output.WriteLine(
                "Before the upgrade, in this order, and the upgrade right after; pods keep running, and what is not named here "
                    + "stays as reachable as it is:"
            );
            foreach (var deletion in report.Deletions)
            {
                output.WriteLine($"  {deletion.Command}");
                output.WriteLine($"    until it is made again, {deletion.Outage}");
            }
        }

        var (errors, fixable) = (report.Count(ReportedLevel.Error), report.Count(ReportedLevel.Fixable));
        output.WriteLine(
            $"{TextReporter.Program}: {(refused ? "do not go" : "go")}; {(fixable > 0 ? $"{fixable} fixable, " : "")}{Count(errors, "error")}, {Count(report.Count(ReportedLevel.Warning), "warning")}"
        );
    }

    /// <summary>Writes the report as JSON.</summary>
    public static void WriteJson(PreflightReport report, bool refused, Stream output)
    {
        using var json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", JsonReporter.SchemaVersion);
        json.WriteString("tool", TextReporter.Program);
        json.WriteString("version", ProgramVersion.Text);
        json.WriteBoolean("go", !refused);
        json.WriteString("server", report.Server);
        json.WriteString("namespace", report.Namespace);
        json.WriteStartObject("cluster");
        json.WriteString("primaryFamily", report.Families.Primary.ToString());
        JsonReporter.WriteStrings(json, "serviceFamilies", report.Families.Services.Select(static family => family.ToString()));
        json.WriteBoolean("serviceFamiliesComplete", report.Families.IsComplete);
        JsonReporter.WriteStrings(json, "podFamilies", report.Families.Pods.Select(static family => family.ToString()));
        JsonReporter.WriteStrings(json, "podCidrFamilies", report.Families.NodePods.Select(static family => family.ToString()));
        JsonReporter.WriteStrings(json, "nodeFamilies", report.Families.Nodes.Select(static family => family.ToString()));
        json.WriteString("podSecurityLevel", report.PodSecurityLevel);
        json.WriteBoolean("namespaceExists", !report.IsNamespaceNew);
        json.WriteEndObject();
        JsonReporter.WriteStrings(json, "holds", Satisfied(report).Select(static check => check.Id));
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            JsonReporter.WriteFinding(json, finding, report.Stream.LevelOf(finding));
        }

        json.WriteEndArray();
        json.WriteStartArray("services");
        foreach (var change in report.Services)
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

    private static IEnumerable<RuleDescription> Satisfied(PreflightReport report) =>
        PreflightChecks.All.Where(check => report.Findings.All(finding => finding.Rule != check));

    private static string Names(IReadOnlyList<AddressFamily> families) =>
        families.Count == 0 ? "not known" : string.Join(" and ", families);

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
