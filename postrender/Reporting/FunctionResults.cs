using System.Text.Json.Nodes;
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
    /// <param name="list">The list that was checked.</param>
    public static string Write(Report report, ManifestDocument list)
    {
        var items = ObjectReader
            .Read(list)
            .GroupBy(static item => item.Reference, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);
        return ReportJson.OneLine(
            ReportJson.Array(report.Findings.Select(finding => Result(finding, report, items.GetValueOrDefault(finding.Place.Object))))
        );
    }

    private static JsonObject Result(Finding finding, Report report, KubernetesObject? item)
    {
        var result = new JsonObject
        {
            ["message"] = $"{finding.Rule.Id} {finding.Place.FullPath}: {finding.Sentence(report.LevelOf(finding))}",
            ["severity"] =
                finding.Level == FindingLevel.Error || (finding.Level == FindingLevel.Fixable && report.Mode == RunMode.Check) ? "error"
                : finding.Level == FindingLevel.Warning ? "warning"
                : "info",
        };
        if (item is not null)
        {
            result["resourceRef"] = Reference(item);
            if (Annotation(item, "path") is { } path)
            {
                result["file"] = int.TryParse(Annotation(item, "index"), out var index)
                    ? new JsonObject { ["path"] = path, ["index"] = index }
                    : new JsonObject { ["path"] = path };
            }
        }

        result["field"] = new JsonObject { ["path"] = finding.Place.FullPath };
        result["tags"] = new JsonObject { ["rule"] = finding.Rule.Id, ["level"] = report.LevelOf(finding).Word() };
        return result;
    }

    private static JsonObject Reference(KubernetesObject item)
    {
        var reference = new JsonObject
        {
            ["apiVersion"] = item.Text("apiVersion") ?? "",
            ["kind"] = item.Kind,
            ["name"] = item.Name,
        };
        if (item.Namespace is { } name)
        {
            reference["namespace"] = name;
        }

        return reference;
    }

    private static string? Annotation(KubernetesObject item, string name) =>
        Prefixes.Select(prefix => item.Annotation(prefix + name)).FirstOrDefault(static value => value is not null);
}
