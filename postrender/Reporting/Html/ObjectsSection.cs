using Tempo.PostRender.Graph;
using Tempo.PostRender.Reporting.Pictures;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Html.Markup;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>Every object of a release with what was found in it, and the lines that change.</summary>
internal sealed class ObjectsSection
{
    private readonly HashSet<string> _found;
    private readonly Func<Finding, ReportedLevel> _levelOf;
    private readonly ReleasePicture _picture;
    private readonly ILookup<string, (string? File, DiffHunk Hunk)> _hunks;

    public ObjectsSection(
        ReleasePicture picture,
        IEnumerable<Finding> findings,
        Func<Finding, ReportedLevel> levelOf,
        IReadOnlyList<FileDiff> diff
    )
    {
        (_picture, _levelOf) = (picture, levelOf);
        _found = findings.Select(static finding => finding.Place.Object).ToHashSet(StringComparer.Ordinal);
        _hunks = diff.SelectMany(static file => file.Hunks.Select(hunk => (file.File, Hunk: hunk)))
            .ToLookup(static entry => entry.Hunk.Object, StringComparer.Ordinal);
    }

    /// <summary>The id of the section of objects that are not in the picture.</summary>
    public static string OtherId(ReleasePicture picture) => $"{picture.Id}other";

    /// <summary>The section, or null if there are no objects.</summary>
    public Markup? Write()
    {
        if (_picture.Nodes.Count == 0 && _picture.Elsewhere.Count == 0)
        {
            return null;
        }

        var nodes = _picture.Nodes.Where(static node => !node.IsClient).ToLookup(node => node.Findings.Count > 0 || OwnHunks(node).Any());
        return HtmlParts.Section(
            "Object by object",
            All(nodes[true].Select(Card)),
            _picture.Elsewhere.Count == 0
                ? null
                : Element(
                    "div",
                    [("class", "card"), ("id", OtherId(_picture))],
                    Tag("h3", null, "Other objects"),
                    FindingParts.Findings(_picture.Elsewhere, _levelOf),
                    Hunks(HunksOf(_picture.Elsewhere))
                ),
            nodes[false].Any()
                ? Tag("div", "card", Tag("h3", null, "Nothing was found"), Tag("ul", "findings", All(nodes[false].Select(Quiet))))
                : null
        );
    }

    private Markup Card(PictureNode node) =>
        Element(
            "div",
            [("class", $"card {SvgPicture.ClassOf(node.State)}"), ("id", node.Id)],
            Tag("div", "head", Tag("h3", null, node.Node.Title), Tag("span", "mono", References(node))),
            node.Findings.Count > 0 ? FindingParts.Findings(node.Findings, _levelOf) : null,
            Hunks(OwnHunks(node).Concat(HunksOf(node.Findings)))
        );

    /// <summary>A node about which nothing was found.</summary>
    private Markup Quiet(PictureNode node)
    {
        var hasFindingsElsewhere = node.Node.Objects.Any(found => _found.Contains(found.Reference));
        return Element(
            "li",
            [("id", node.Id)],
            Tag("b", null, node.Node.Title),
            " ",
            Tag(
                "span",
                "note",
                node.Node.Objects.Count == 0
                    ? string.Join(", ", node.Endpoints.Select(static endpoint => endpoint.Name).Append("not part of the release"))
                    : References(node) + (hasFindingsElsewhere ? "; its findings are listed with the components that they are about" : "")
            )
        );
    }

    private static string References(PictureNode node) =>
        string.Join(", ", node.Node.Objects.Select(static found => Printable.OneLine(found.Reference)));

    /// <summary>The changes of a node's objects. A config's lines are shown where they matter.</summary>
    private IEnumerable<DiffHunk> OwnHunks(PictureNode node) =>
        node.Node.Kind == DiagramNodeKind.Config ? [] : node.Node.Objects.SelectMany(found => HunksIn(found.Reference, found.File));

    /// <summary>The changed lines that some findings are about.</summary>
    private IEnumerable<DiffHunk> HunksOf(IEnumerable<Finding> findings) =>
        findings
            .Where(static finding => finding.Edits.Count > 0)
            .SelectMany(finding =>
                HunksIn(finding.Place.Object, finding.Place.File).Where(hunk => Spans(hunk, finding.Place.Location.Line))
            );

    private IEnumerable<DiffHunk> HunksIn(string reference, string? file) =>
        _hunks[Printable.OneLine(reference)].Where(entry => entry.File == file).Select(static entry => entry.Hunk);

    /// <summary>A finding about a value that is missing is at the line above it.</summary>
    private static bool Spans(DiffHunk hunk, int line) => line >= hunk.OldStart - 1 && line <= hunk.OldStart + hunk.OldCount;

    private static Markup? Hunks(IEnumerable<DiffHunk> hunks) => FindingParts.Hunks([.. hunks.Distinct()]);
}
