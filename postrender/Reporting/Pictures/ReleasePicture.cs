using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting.Pictures;

/// <summary>The diagram of a release with what the rules say about it: families before and after, and the findings of each node.</summary>
internal sealed class ReleasePicture
{
    private readonly Dictionary<DiagramNode, PictureNode> _nodes = [];

    private ReleasePicture(ReleaseAnalysis analysis, string id, IReadOnlyDictionary<string, string>? aliases)
    {
        Id = id;
        var diagram = analysis.Diagram.Value;
        IsTooLarge = diagram.IsTooLarge;
        var findings = new FindingOwners(diagram, aliases);
        var byNode = analysis.Findings.ToLookup(findings.OwnerOf);
        var byPlace = analysis.Findings.ToLookup(static finding => (finding.Place.Object, finding.Place.FullPath));
        foreach (var (node, number) in diagram.Nodes.Select(static (node, number) => (node, number)))
        {
            _nodes.Add(
                node,
                new PictureNode(
                    $"{id}n{number}",
                    node,
                    [.. node.Endpoints.Select(endpoint => PictureEndpoint.Of(endpoint, byPlace))],
                    [.. byNode[node]]
                )
            );
        }

        Nodes = [.. _nodes.Values];
        Elsewhere = [.. analysis.Findings.Where(finding => findings.OwnerOf(finding) is null)];
        Links =
        [
            .. diagram.Links.Select(link => new PictureLink
            {
                From = _nodes[link.From],
                To = _nodes[link.To],
                Endpoint = link.At is { } at ? link.To.Endpoints.ToList().IndexOf(at) : -1,
                Port = link.Port,
                Setting = link.Setting,
            }),
        ];
        Prefix = CommonPrefix(
            Nodes
                .Where(static node => node.Node.Objects.Count > 0)
                .SelectMany(static node => node.Node.Objects.Select(static found => found.Name))
                .Distinct(StringComparer.Ordinal)
                .ToList()
        );
    }

    /// <summary>The id of the picture, with which those of its nodes start.</summary>
    public string Id { get; }

    /// <summary>The nodes, in the order of the data flow.</summary>
    public IReadOnlyList<PictureNode> Nodes { get; }

    /// <summary>The nodes of the data flow.</summary>
    public IEnumerable<PictureNode> Flow => Nodes.Where(static node => node.Node.Kind <= DiagramNodeKind.Queue);

    /// <summary>What several workloads use; a config only if something was found in it that is about no single component.</summary>
    public IEnumerable<PictureNode> Shared =>
        Nodes.Where(static node =>
            node.Node.Kind > DiagramNodeKind.Queue && (node.Node.Kind != DiagramNodeKind.Config || node.Findings.Count > 0)
        );

    /// <summary>The connections of the data flow.</summary>
    public IReadOnlyList<PictureLink> Links { get; }

    /// <summary>The findings of objects that are no nodes.</summary>
    public IReadOnlyList<Finding> Elsewhere { get; }

    /// <summary>What the names of all objects start with, up to a hyphen; may be empty.</summary>
    public string Prefix { get; }

    /// <summary>Whether there is too much to be drawn, so that nothing is.</summary>
    public bool IsTooLarge { get; }

    /// <summary>The picture of a release.</summary>
    /// <param name="id">The id of the picture: letters and digits.</param>
    /// <param name="aliases">Objects that the diagram does not have, and the objects that represent them: one pod for many.</param>
    public static ReleasePicture Of(ReleaseAnalysis analysis, string id, IReadOnlyDictionary<string, string>? aliases = null) =>
        new(analysis, id, aliases);

    /// <summary>The pictures of some reports, with the report and the analysis of each.</summary>
    public static IEnumerable<(Report Report, ReleaseAnalysis Analysis, ReleasePicture Picture)> OfAll(IEnumerable<Report> reports) =>
        reports
            .SelectMany(static report => report.Analyses.Select(analysis => (Report: report, Analysis: analysis)))
            .Select(static (entry, number) => (entry.Report, entry.Analysis, Of(entry.Analysis, $"r{number}")));

    /// <summary>A name without the prefix that all names have.</summary>
    public string Short(string name) =>
        name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;

    /// <summary>The name of a node as far as its title and its endpoints do not tell it already; may be empty.</summary>
    public string NameOf(PictureNode node)
    {
        var name = Short(node.Node.Name);
        // One live pod represents all pods of a workload.
        return
            name == node.Node.Title
            || node.Node.Objects is [{ Kind: "Pod" }, ..]
            || node.Endpoints.Any(endpoint => endpoint.Name == node.Node.Name)
            ? ""
            : name;
    }

    private static string CommonPrefix(List<string> names)
    {
        if (names.Count < 2)
        {
            return "";
        }

        var length = names.Min(static name => name.Length);
        foreach (var name in names)
        {
            length = Math.Min(length, name.AsSpan().CommonPrefixLength(names[0]));
        }

        var prefix = names[0][..(names[0].AsSpan(0, length).LastIndexOf('-') + 1)];
        return names.TrueForAll(name => name.Length > prefix.Length) ? prefix : "";
    }

    /// <summary>Which node a finding belongs to.</summary>
    private sealed class FindingOwners
    {
        private readonly Dictionary<string, DiagramNode> _byObject = new(StringComparer.Ordinal);
        private readonly ReleaseDiagram _diagram;
        private readonly IReadOnlyDictionary<string, string>? _aliases;

        public FindingOwners(ReleaseDiagram diagram, IReadOnlyDictionary<string, string>? aliases)
        {
            (_diagram, _aliases) = (diagram, aliases);
            foreach (var node in diagram.Nodes)
            {
                foreach (var found in node.Objects)
                {
                    _byObject.TryAdd(found.Reference, node);
                }
            }
        }

        /// <summary>The node of the object; for a setting of a config, the node that the setting is about. Null for none.</summary>
        public DiagramNode? OwnerOf(Finding finding)
        {
            var owner = _byObject.GetValueOrDefault(_aliases?.GetValueOrDefault(finding.Place.Object) ?? finding.Place.Object);
            return owner?.Kind == DiagramNodeKind.Config && finding.Place.ConfigPath is { } path
                ? OfSection(SectionOf(path)) ?? owner
                : owner;
        }

        private static string SectionOf(string path)
        {
            var end = path.AsSpan().IndexOfAny('.', '[');
            return end < 0 ? path : path[..end];
        }

        private DiagramNode? OfSection(string section) =>
            _diagram.Nodes.FirstOrDefault(node =>
                section switch
                {
                    "memberlist" => node.Kind == DiagramNodeKind.GossipRing,
                    "cache" => node.Kind == DiagramNodeKind.Cache,
                    "ingest" => node.Kind == DiagramNodeKind.Queue,
                    _ => node.Kind == DiagramNodeKind.Component && node.Components.Contains(section.Replace('_', '-')),
                }
            );
    }
}
