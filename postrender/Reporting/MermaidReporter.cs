using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The releases as a Mermaid flowchart: Services, workloads and the gossip ring, with the rules that they break.</summary>
public static class MermaidReporter
{
    private const string Styles = """
          classDef tempo fill:#eef6ff,stroke:#3b82c4,color:#111
          classDef service fill:#f6f6f6,stroke:#777,color:#111
          classDef other fill:#fff,stroke:#999,color:#111,stroke-dasharray:4
          classDef contradiction fill:#fde2e1,stroke:#c62828,color:#111,stroke-width:2px
          classDef warning fill:#fff4d6,stroke:#c98a00,color:#111
        """;

    /// <summary>Writes one flowchart with a box for every release.</summary>
    /// <param name="reports">The reports.</param>
    /// <param name="output">Receives the report.</param>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        output.WriteLine("flowchart LR");
        var number = 0;
        foreach (var report in reports)
        {
            foreach (var analysis in report.Analyses)
            {
                WriteRelease(report, analysis, $"r{number++}", output);
            }
        }

        output.WriteLine(Styles.ReplaceLineEndings("\n"));
    }

    private static void WriteRelease(Report report, ReleaseAnalysis analysis, string prefix, TextWriter output)
    {
        var map = analysis.Diagram.Value;
        var ids = map
            .Nodes.Select(static (node, index) => (node.Reference, index))
            .ToDictionary(static node => node.Reference, node => $"{prefix}n{node.index}", StringComparer.Ordinal);
        output.WriteLine(
            $"  subgraph {prefix}[\"{Text(analysis.Release)} · {analysis.Decision.Family?.ToString() ?? "family undecided"}\"]"
        );
        foreach (var node in map.Nodes)
        {
            // A required restart of pods is a consequence, not a contradiction.
            var findings = analysis.Findings.Where(finding => finding.Place.Object == node.Reference && !finding.IsRestart).ToList();
            var rules = string.Join(' ', findings.Select(static finding => finding.Rule.Id).Distinct(StringComparer.Ordinal));
            var lines = node.Lines.Append(rules).Where(static line => line.Length > 0).Select(Text);
            var (open, close) = node.Kind switch
            {
                DiagramNodeKind.Tempo => ("[\"", "\"]"),
                DiagramNodeKind.GossipRing => ("((\"", "\"))"),
                DiagramNodeKind.Service => ("([\"", "\"])"),
                _ => ("[/\"", "\"/]"),
            };
            output.WriteLine($"    {ids[node.Reference]}{open}{string.Join("<br/>", lines)}{close}:::{ClassOf(node, findings, report)}");
        }

        output.WriteLine("  end");
        foreach (var edge in map.Edges)
        {
            var arrow = edge.IsLookup ? "-.->" : "-->";
            output.WriteLine($"  {ids[edge.From]} {arrow}{(edge.Label.Length == 0 ? "" : $"|{edge.Label}|")} {ids[edge.To]}");
        }

        // Findings in a config belong to no node; they are listed below the diagram.
        foreach (var finding in analysis.Findings.Where(finding => !ids.ContainsKey(finding.Place.Object)))
        {
            output.WriteLine($"  %% {TextReporter.Line(finding, report.LevelOf(finding))}");
        }

        var configs = analysis
            .Findings.Where(finding => finding.Place.ConfigPath is not null)
            .Select(static finding => $"{finding.Rule.Id} {finding.Place.ConfigPath}")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (configs.Count > 0)
        {
            output.WriteLine($"  {prefix}config[\"config<br/>{string.Join("<br/>", configs.Select(Text))}\"]:::contradiction");
        }
    }

    private static string ClassOf(DiagramNode node, List<Finding> findings, Report report) =>
        findings.Exists(finding => report.LevelOf(finding) is ReportedLevel.Error or ReportedLevel.Fixable or ReportedLevel.Fixed)
            ? "contradiction"
        : findings.Exists(finding => report.LevelOf(finding) == ReportedLevel.Warning) ? "warning"
        : node.Kind switch
        {
            DiagramNodeKind.Tempo => "tempo",
            DiagramNodeKind.Other => "other",
            _ => "service",
        };

    /// <summary>Quoted text in Mermaid may contain anything but quotes; they are replaced by entities.</summary>
    private static string Text(string text) =>
        Printable
            .OneLine(text)
            .Replace("\"", "#quot;", StringComparison.Ordinal)
            .Replace("<", "#lt;", StringComparison.Ordinal)
            .Replace(">", "#gt;", StringComparison.Ordinal);
}
