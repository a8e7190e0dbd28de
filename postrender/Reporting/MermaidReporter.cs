using Tempo.PostRender.Graph;
using Tempo.PostRender.Reporting.Pictures;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting;

/// <summary>The releases as a Mermaid flowchart: a box for a workload and its Services, and a line for each that dials another.</summary>
public static class MermaidReporter
{
    /// <summary>Colour is only for what differs. The colours are readable on light and on dark pages.</summary>
    private const string Styles = """
          classDef plain fill:transparent,stroke:#8a8f98
          classDef quiet fill:transparent,stroke:#8a8f98,stroke-dasharray:4
          classDef changed fill:#dbeafe,stroke:#2563eb,color:#0b1f4b
          classDef warning fill:#fef3c7,stroke:#b45309,color:#3f1d04
          classDef error fill:#fee2e2,stroke:#b91c1c,color:#450a0a,stroke-width:2px
        """;

    /// <summary>Writes one flowchart with a frame for every release.</summary>
    public static void Write(IReadOnlyList<Report> reports, TextWriter output)
    {
        output.WriteLine("flowchart TB");
        foreach (var (report, analysis, picture) in ReleasePicture.OfAll(reports))
        {
            WriteRelease(analysis, picture, output);
            foreach (var finding in picture.Elsewhere)
            {
                output.WriteLine($"  %% {TextReporter.Line(finding, report.LevelOf(finding))}");
            }
        }

        output.WriteLine(Styles.ReplaceLineEndings("\n"));
    }

    private static void WriteRelease(ReleaseAnalysis analysis, ReleasePicture picture, TextWriter output)
    {
        output.WriteLine(
            $"  subgraph {picture.Id}[\"{Text(analysis.Release)} · {analysis.Decision.Family?.ToString() ?? "family undecided"}\"]"
        );
        if (picture.IsTooLarge)
        {
            output.WriteLine($"    {picture.Id}omitted[\"The release is too large for a diagram\"]:::plain");
        }

        // What several components share is tied to their frame as a whole, with one line.
        output.WriteLine($"    subgraph {picture.Id}flow[\" \"]");
        output.WriteLine("      direction LR");
        foreach (var node in picture.Flow)
        {
            output.WriteLine($"      {Node(node, picture)}");
        }

        foreach (var link in picture.Links.GroupBy(static link => (link.From, link.To)))
        {
            var label = string.Join("<br/>", link.Select(Label).Where(static label => label.Length > 0).Distinct(StringComparer.Ordinal));
            output.WriteLine($"      {link.Key.From.Id} -->{(label.Length == 0 ? "" : $"|\"{label}\"|")} {link.Key.To.Id}");
        }

        output.WriteLine("    end");
        foreach (var node in picture.Shared)
        {
            output.WriteLine($"    {Node(node, picture)}");
            output.WriteLine($"    {picture.Id}flow -.- {node.Id}");
        }

        output.WriteLine("  end");
        output.WriteLine($"  style {picture.Id} fill:transparent,stroke:#8a8f98");
        output.WriteLine($"  style {picture.Id}flow fill:transparent,stroke:#8a8f98,stroke-dasharray:2 6");
    }

    /// <summary>The node that is dialled shows the families.</summary>
    private static string Label(PictureLink link) => link.Port is { } port ? $":{Text(port)}" : "";

    private static string Node(PictureNode node, ReleasePicture picture)
    {
        var lines = new List<string> { $"<b>{Text(node.Node.Title)}</b>" };
        if (picture.NameOf(node) is { Length: > 0 } name)
        {
            lines.Add(Text(name));
        }

        lines.AddRange(node.Endpoints.Select(endpoint => Label(endpoint, picture)));
        lines.AddRange(
            node.Findings.Where(finding => IsListed(finding, node))
                .Select(static finding => Text(Label(finding)))
                .Distinct(StringComparer.Ordinal)
        );
        if (node.Node.Users.Count > 0)
        {
            lines.Add($"<i>{string.Join(", ", node.Node.Users.Select(static user => Text(user.Title)))}</i>");
        }

        var (open, close) = node.Node.Kind switch
        {
            DiagramNodeKind.Client => ("([\"", "\"])"),
            DiagramNodeKind.Queue or DiagramNodeKind.Outside => ("[(\"", "\")]"),
            _ => ("[\"", "\"]"),
        };
        return $"{node.Id}{open}{string.Join("<br/>", lines)}{close}:::{ClassOf(node)}";
    }

    /// <summary>The lines of the endpoints show changed families already; a required restart of pods is a consequence.</summary>
    private static bool IsListed(Finding finding, PictureNode node) =>
        finding.Level != FindingLevel.Ignored
        && !finding.IsRestart
        && !(
            (finding.Rule.Id == RuleIds.ServiceFamily || finding.Rule.Id == RuleIds.RingFamily)
            && node.Endpoints.Any(static endpoint => endpoint.After is not null)
        );

    /// <summary>Families are kept in one line.</summary>
    private static string Label(PictureEndpoint endpoint, ReleasePicture picture) =>
        endpoint.IsKnown ? $"{Text(picture.Short(endpoint.Name))}: {Text(endpoint.Families).Replace(' ', '\u00A0')}" : Text(endpoint.Name);

    private static string Label(Finding finding) => $"{finding.Rule.Id} {finding.Place.ConfigPath ?? finding.Place.Path}";

    private static string ClassOf(PictureNode node) =>
        node.State switch
        {
            PictureState.Error => "error",
            PictureState.Warning => "warning",
            PictureState.Changed => "changed",
            _ => node.Node.Kind is DiagramNodeKind.Component or DiagramNodeKind.Gateway ? "plain" : "quiet",
        };

    /// <summary>Quoted text in Mermaid may contain anything but quotes; they are replaced by entities.</summary>
    private static string Text(string text) =>
        Printable
            .OneLine(text)
            .Replace("#", "#35;", StringComparison.Ordinal)
            .Replace("&", "#amp;", StringComparison.Ordinal)
            .Replace("\"", "#quot;", StringComparison.Ordinal)
            .Replace("<", "#lt;", StringComparison.Ordinal)
            .Replace(">", "#gt;", StringComparison.Ordinal);
}
