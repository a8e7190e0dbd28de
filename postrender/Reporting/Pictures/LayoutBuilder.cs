using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Reporting.Pictures;

/// <summary>Puts the boxes of a picture into columns and lanes, then the connections between them.</summary>
/// <remarks>
/// Libraries for graph layout need native code or a browser. Here the picture fits the width of the page, and the same input gives the
/// same picture.
/// </remarks>
internal sealed class LayoutBuilder
{
    private const int Margin = 14;
    private const int LaneTitle = 30;
    private const int LaneGap = 10;
    private const int BoxGap = 14;
    private const int ClientWidth = 108;

    private readonly ReleasePicture _picture;
    private readonly bool _isNarrow;
    private readonly int _boxWidth;
    private readonly List<PictureNode> _flow;
    private readonly Dictionary<PictureNode, int> _columns;
    private readonly List<int> _widths;
    private readonly LinkRouter _router;

    public LayoutBuilder(ReleasePicture picture, bool isNarrow)
    {
        (_picture, _isNarrow) = (picture, isNarrow);
        _boxWidth = isNarrow ? 232 : 208;
        _flow = [.. picture.Flow];
        var used = _flow.Select(ColumnOf).Distinct().Order().ToList();
        _columns = _flow.ToDictionary(static node => node, node => used.IndexOf(ColumnOf(node)));
        _widths = [.. used.Select(column => used.Count > 1 && column == 0 ? ClientWidth : _boxWidth)];
        _router = new LinkRouter(picture, _columns, _widths.Count);
    }

    public PictureLayout Build()
    {
        var lefts = new List<int>();
        var x = Margin;
        for (var column = 0; column < _widths.Count; column++)
        {
            lefts.Add(x);
            x += _widths[column] + _router.GapBehind(column);
        }

        // A picture without a data flow still has bands.
        var width = Math.Max(_isNarrow ? 340 : 640, x + Margin);
        var nodes = new Dictionary<PictureNode, PlacedNode>();
        var lanes = new List<PlacedLane>();
        var channels = new Dictionary<TempoLane, int>();
        var y = 0;
        foreach (var lane in Enum.GetValues<TempoLane>())
        {
            var members = _flow.Where(node => node.Lane == lane).ToList();
            if (members.Count == 0)
            {
                continue;
            }

            channels[lane] = y + LaneTitle;
            var top = y + LaneTitle + _router.ChannelHeight(lane);
            var bottoms = new int[_widths.Count];
            Array.Fill(bottoms, top);
            foreach (var node in members)
            {
                var column = _columns[node];
                var boxWidth = node.Node.Kind == DiagramNodeKind.Client ? ClientWidth : _widths[column];
                var placed = NodeLayout.Box(_picture, node, lefts[column], bottoms[column], boxWidth);
                nodes.Add(node, placed);
                bottoms[column] = placed.Area.Bottom + BoxGap;
            }

            var bottom = bottoms.Max();
            lanes.Add(new PlacedLane(new Area(0, y, width, bottom - y), new PlacedText(Margin, y + 19, lane.ToString(), TextStyle.Lane)));
            y = bottom + LaneGap;
        }

        foreach (var node in _picture.Shared)
        {
            var placed = NodeLayout.Band(_picture, node, 1, y, width - 2, _boxWidth + 20);
            nodes.Add(node, placed);
            y = placed.Area.Bottom + LaneGap;
        }

        return new PictureLayout
        {
            Width = width,
            // One more for the lower half of a border.
            Height = Math.Max(y - LaneGap, 0) + 1,
            Lanes = lanes,
            Nodes = [.. nodes.Values],
            Links = _router.Route(nodes, lefts, _widths, channels),
        };
    }

    private int ColumnOf(PictureNode node) =>
        _isNarrow
            ? 0
            : node.Node.Kind switch
            {
                DiagramNodeKind.Client => 0,
                DiagramNodeKind.Gateway => 1,
                _ => 1 + node.Node.Stage.Order,
            };
}
