using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Reporting.Pictures;

/// <summary>
/// Finds a route for each connection. Between two columns next to each other it runs in the gap between them; in one column, in the gap
/// behind it; else also through the channel above the boxes of the lane where it ends. Connections to one endpoint share a track.
/// </summary>
internal sealed class LinkRouter
{
    private const int Track = 12;
    private const int GapStart = 14;
    private const int GapEnd = 18;
    private const int ChannelTrack = 8;
    private const int ExitSpace = 7;
    private const int SmallStep = 10;

    private readonly List<LinkRoute> _routes;
    private readonly List<(PictureNode To, int Endpoint)>[] _gaps;
    private readonly Dictionary<TempoLane, List<(PictureNode To, int Endpoint)>> _channels = [];

    public LinkRouter(ReleasePicture picture, IReadOnlyDictionary<PictureNode, int> columns, int columnCount)
    {
        _gaps = new List<(PictureNode, int)>[Math.Max(columnCount, 1)];
        for (var i = 0; i < _gaps.Length; i++)
        {
            _gaps[i] = [];
        }

        _routes = [.. picture.Links.Select(link => LinkRoute.Of(link, columns[link.From], columns[link.To]))];
        foreach (var route in _routes)
        {
            Reserve(_gaps[route.FirstGap], route.Target);
            if (route.LastGap != route.FirstGap)
            {
                var lane = route.Link.To.Lane;
                _channels.TryAdd(lane, []);
                Reserve(_channels[lane], route.Target);
                Reserve(_gaps[route.LastGap], route.Target);
            }
        }
    }

    /// <summary>The width of the gap behind a column.</summary>
    public int GapBehind(int column) =>
        _gaps[column].Count == 0
            ? (column == _gaps.Length - 1 ? 0 : GapStart + GapEnd)
            : GapStart + (Track * (_gaps[column].Count - 1)) + GapEnd;

    /// <summary>The height of the channel above the boxes of a lane.</summary>
    public int ChannelHeight(TempoLane lane) => _channels.TryGetValue(lane, out var tracks) ? (ChannelTrack * tracks.Count) + 6 : 0;

    /// <summary>The connections at their places.</summary>
    /// <param name="nodes">The nodes at their places.</param>
    /// <param name="lefts">The left side of each column.</param>
    /// <param name="widths">The width of each column.</param>
    /// <param name="channels">The top of the channel of each lane.</param>
    public IReadOnlyList<PlacedLink> Route(
        IReadOnlyDictionary<PictureNode, PlacedNode> nodes,
        IReadOnlyList<int> lefts,
        IReadOnlyList<int> widths,
        IReadOnlyDictionary<TempoLane, int> channels
    )
    {
        var exits = new Dictionary<(PictureNode, bool), int>();
        var links = new List<PlacedLink>();
        foreach (var route in _routes)
        {
            var (from, to) = (nodes[route.Link.From], nodes[route.Link.To]);
            var number = exits.GetValueOrDefault((route.Link.From, route.LeavesRight));
            exits[(route.Link.From, route.LeavesRight)] = number + 1;
            var start = (
                X: route.LeavesRight ? from.Area.Right : from.Area.X,
                Y: from.Area.Y + 18 + (number * ExitSpace % Math.Max(ExitSpace, from.Area.Height - 28))
            );
            var end = (
                X: route.EntersRight ? to.Area.Right : to.Area.X,
                Y: route.Link.Endpoint < 0 ? to.Area.Y + 22 : to.Entries[route.Link.Endpoint]
            );
            if (Math.Abs(start.Y - end.Y) < SmallStep && end.Y < from.Area.Bottom - ExitSpace)
            {
                // A straight line rather than a small step.
                start.Y = end.Y;
            }

            var first = TrackX(route.FirstGap, route.Target);
            var points = new List<(int X, int Y)> { start, (first, start.Y) };
            if (route.LastGap != route.FirstGap)
            {
                var lane = route.Link.To.Lane;
                var channel = channels[lane] + (ChannelTrack * _channels[lane].IndexOf(route.Target));
                var last = TrackX(route.LastGap, route.Target);
                points.AddRange([(first, channel), (last, channel), (last, end.Y)]);
            }
            else
            {
                points.Add((first, end.Y));
            }

            points.Add(end);
            links.Add(new PlacedLink(route.Link, points));
        }

        return links;

        int TrackX(int gap, (PictureNode, int) target) => lefts[gap] + widths[gap] + GapStart + (Track * _gaps[gap].IndexOf(target));
    }

    private static void Reserve(List<(PictureNode To, int Endpoint)> tracks, (PictureNode To, int Endpoint) target)
    {
        if (!tracks.Contains(target))
        {
            tracks.Add(target);
        }
    }

    /// <summary>The route of a connection.</summary>
    private sealed record LinkRoute
    {
        public required PictureLink Link { get; init; }

        /// <summary>The gap it starts in: the column before it.</summary>
        public required int FirstGap { get; init; }

        /// <summary>The gap it ends in.</summary>
        public required int LastGap { get; init; }

        /// <summary>Whether it leaves its box to the right.</summary>
        public required bool LeavesRight { get; init; }

        /// <summary>Whether it enters its box from the right.</summary>
        public required bool EntersRight { get; init; }

        public (PictureNode To, int Endpoint) Target => (Link.To, Link.Endpoint);

        public static LinkRoute Of(PictureLink link, int from, int to) =>
            new()
            {
                Link = link,
                FirstGap = from > to ? from - 1 : from,
                LastGap = from < to ? to - 1 : to,
                LeavesRight = from <= to,
                EntersRight = from >= to,
            };
    }
}
