using System.Text;
using System.Text.Json;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>Findings as the <c>results</c> of a KRM function: for each, what, how bad, and in which object, field and file.</summary>
internal static class FunctionResults
{
    /// <summary>Annotations in which Kustomize and kpt say where an item comes from, the newer name first.</summary>
    private static readonly string[] Prefixes = ["internal.config.kubernetes.io/", "config.kubernetes.io/"];

    /// <summary>The results as JSON, which is YAML too, in one line.</summary>
    /// <param name="report">The findings.</param>
    /// <param name="list">The list that was checked.</param>
    public static string Write(Report report, ManifestDocument list)
    {
        var items = ObjectReader
            .Read(list)
            .GroupBy(static item => item.Reference, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, ReportJson.Options with { Indented = false }))
        {
            json.WriteStartArray();
            foreach (var finding in report.Findings)
            {
                Write(finding, report, items.GetValueOrDefault(finding.Place.Object), json);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Finding finding, Report report, KubernetesObject? item, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("message", $"{finding.Rule.Id} {finding.Place.FullPath}: {finding.Found}; {finding.Why}. {finding.Remedy}.");
        json.WriteString(
            "severity",
            report.Fails(finding) ? "error"
                : finding.Level == FindingLevel.Warning ? "warning"
                : "info"
        );
        if (item is not null)
        {
            WriteItem(item, json);
        }

        json.WriteStartObject("field");
        json.WriteString("path", finding.Place.FullPath);
        json.WriteEndObject();
        json.WriteStartObject("tags");
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("level", report.LevelOf(finding).Word());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteItem(KubernetesObject item, Utf8JsonWriter json)
    {
        json.WriteStartObject("resourceRef");
        json.WriteString("apiVersion", item.Text("apiVersion") ?? "");
        json.WriteString("kind", item.Kind);
        json.WriteString("name", item.Name);
        if (item.Namespace is { } name)
        {
            json.WriteString("namespace", name);
        }

        json.WriteEndObject();
        if (Annotation(item, "path") is { } path)
        {
            json.WriteStartObject("file");
            json.WriteString("path", path);
            if (int.TryParse(Annotation(item, "index"), out var index))
            {
                json.WriteNumber("index", index);
            }

            json.WriteEndObject();
        }
    }

    private static string? Annotation(KubernetesObject item, string name) =>
        Prefixes.Select(prefix => item.Annotation(prefix + name)).FirstOrDefault(static value => value is not null);
}
