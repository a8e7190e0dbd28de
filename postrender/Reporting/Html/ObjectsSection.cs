using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting.Pictures;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>Every object of a release with what was found in it, and the lines that change.</summary>
internal sealed class ObjectsSection
{
    private readonly HtmlWriter _html;
    private readonly HashSet<string> _found;
    private readonly Func<Finding, ReportedLevel> _levelOf;
    private readonly ReleasePicture _picture;
    private readonly ILookup<string, (string? File, DiffHunk Hunk)> _hunks;

    public ObjectsSection(
        HtmlWriter html,
        ReleasePicture picture,
        IEnumerable<Finding> findings,
        Func<Finding, ReportedLevel> levelOf,
        IReadOnlyList<FileDiff> diff
    )
    {
        (_html, _picture, _levelOf) = (html, picture, levelOf);
        _found = findings.Select(static finding => finding.Place.Object).ToHashSet(StringComparer.Ordinal);
        _hunks = diff.SelectMany(static file => file.Hunks.Select(hunk => (file.File, Hunk: hunk)))
            .ToLookup(static entry => entry.Hunk.Object, StringComparer.Ordinal);
    }

    /// <summary>The id of the section of objects that are not in the picture.</summary>
    public static string OtherId(ReleasePicture picture) => $"{picture.Id}other";

    /// <summary>Writes the section.</summary>
    public void Write()
    {
        if (_picture.Nodes.Count == 0 && _picture.Elsewhere.Count == 0)
        {
            return;
        }

        _html.Start("section");
        _html.Element("h2", "Object by object");
        var nodes = _picture.Nodes.Where(static node => !node.IsClient).ToLookup(node => node.Findings.Count > 0 || OwnHunks(node).Any());
        foreach (var node in nodes[true])
        {
            WriteNode(node);
        }

        if (_picture.Elsewhere.Count > 0)
        {
            _html.Start("div", ("class", "card"), ("id", OtherId(_picture)));
            _html.Element("h3", "Other objects");
            HtmlParts.WriteFindings(_html, _picture.Elsewhere, _levelOf);
            WriteHunks(HunksOf(_picture.Elsewhere));
            _html.End("div");
        }

        WriteQuiet([.. nodes[false]]);
        _html.End("section");
    }

    private void WriteNode(PictureNode node)
    {
        _html.Start("div", ("class", $"card {SvgPicture.ClassOf(node.State)}".TrimEnd()), ("id", node.Id));
        _html.Start("div", ("class", "head"));
        _html.Element("h3", node.Node.Title);
        _html.Element(
            "span",
            string.Join(", ", node.Node.Objects.Select(static found => Printable.OneLine(found.Reference))),
            ("class", "mono")
        );
        _html.End("div");
        if (node.Findings.Count > 0)
        {
            HtmlParts.WriteFindings(_html, node.Findings, _levelOf);
        }

        WriteHunks(OwnHunks(node).Concat(HunksOf(node.Findings)));
        _html.End("div");
    }

    /// <summary>The nodes about which nothing was found, in one list.</summary>
    private void WriteQuiet(IReadOnlyList<PictureNode> nodes)
    {
        if (nodes.Count == 0)
        {
            return;
        }

        _html.Start("div", ("class", "card"));
        _html.Element("h3", "Nothing was found");
        _html.Start("ul", ("class", "findings"));
        foreach (var node in nodes)
        {
            _html.Start("li", ("id", node.Id));
            _html.Element("b", node.Node.Title);
            _html.Text(" ");
            _html.Element("span", Quiet(node), ("class", "note"));
            _html.End("li");
        }

        _html.End("ul", "div");
    }

    private string Quiet(PictureNode node) =>
        node.Node.Objects.Count == 0
            ? string.Join(", ", node.Endpoints.Select(static endpoint => endpoint.Name).Append("not part of the release"))
            : string.Join(", ", node.Node.Objects.Select(static found => Printable.OneLine(found.Reference)))
                + (
                    node.Node.Objects.Any(found => _found.Contains(found.Reference))
                        ? "; its findings are listed with the components that they are about"
                        : ""
                );

    /// <summary>The changes of a node's objects. A config's lines are shown where they matter.</summary>
    private IEnumerable<DiffHunk> OwnHunks(PictureNode node) =>
        node.Node.Kind == DiagramNodeKind.Config ? [] : node.Node.Objects.SelectMany(Hunks);

    private IEnumerable<DiffHunk> Hunks(KubernetesObject found) =>
        _hunks[Printable.OneLine(found.Reference)].Where(entry => entry.File == found.File).Select(static entry => entry.Hunk);

    /// <summary>The changed lines that some findings are about.</summary>
    private IEnumerable<DiffHunk> HunksOf(IEnumerable<Finding> findings) =>
        findings
            .Where(static finding => finding.Edits.Count > 0)
            .SelectMany(finding =>
                _hunks[Printable.OneLine(finding.Place.Object)]
                    .Where(entry => entry.File == finding.Place.File && Spans(entry.Hunk, finding.Place.Location.Line))
            )
            .Select(static entry => entry.Hunk);

    /// <summary>A finding about a value that is missing is at the line above it.</summary>
    private static bool Spans(DiffHunk hunk, int line) => line >= hunk.OldStart - 1 && line <= hunk.OldStart + hunk.OldCount;

    private void WriteHunks(IEnumerable<DiffHunk> hunks) =>
        HtmlParts.WriteHunks(_html, [.. hunks.Distinct()], "The change in the manifests");
}
