namespace Tempo.PostRender.Reporting.Pictures;

/// <summary>Lays out the content of one box.</summary>
internal sealed class NodeLayout
{
    private const int Padding = 12;
    private const int TitleHeight = 20;
    private const int LineHeight = 16;
    private const int EndpointGap = 6;
    private const int ChipHeight = 22;
    private const int ChipGap = 6;
    private const int ChipPadding = 8;

    /// <summary>A box with more lines is no overview.</summary>
    private const int MaxEndpoints = 12;

    private readonly ReleasePicture _picture;
    private readonly PictureNode _node;
    private readonly List<PlacedText> _texts = [];
    private readonly List<(Area Area, PlacedText Text)> _chips = [];
    private readonly List<int> _entries = [];
    private readonly int _x;
    private readonly int _top;
    private readonly int _width;
    private int _y;

    private NodeLayout(ReleasePicture picture, PictureNode node, int x, int y, int width)
    {
        (_picture, _node, _x, _top, _width) = (picture, node, x + Padding, y, width - (2 * Padding));
        _y = y + Padding;
    }

    /// <summary>A box of the data flow.</summary>
    public static PlacedNode Box(ReleasePicture picture, PictureNode node, int x, int y, int width)
    {
        var layout = new NodeLayout(picture, node, x, y, width);
        layout.AddHeader(layout._width);
        layout.AddEndpoints(layout._width);
        return layout.Place(x, width);
    }

    /// <summary>A band below the data flow: what it is on the left, its users on the right; one above the other if it is narrow.</summary>
    public static PlacedNode Band(ReleasePicture picture, PictureNode node, int x, int y, int width, int leftWidth)
    {
        var layout = new NodeLayout(picture, node, x, y, width);
        var left = Math.Min(Math.Max(leftWidth, layout.NameWidth()), layout._width);
        layout.AddHeader(left);
        layout.AddEndpoints(left);
        var bottom = layout._y;
        if (layout._width - left < leftWidth / 2)
        {
            layout._y += EndpointGap;
            layout.AddUsers(layout._x, layout._width);
        }
        else
        {
            layout._y = y + Padding;
            layout.AddUsers(layout._x + left + Padding, layout._width - left - Padding);
        }

        layout._y = Math.Max(bottom, layout._y);
        return layout.Place(x, width);
    }

    private PlacedNode Place(int x, int width) =>
        new()
        {
            Node = _node,
            Area = new Area(x, _top, width, _y - _top + Padding - 4),
            Texts = _texts,
            Chips = _chips,
            Entries = _entries,
        };

    private void AddHeader(int width)
    {
        AddLine(_node.Node.Title, TextStyle.Title, width, TitleHeight);
        if (_picture.NameOf(_node) is { Length: > 0 } name)
        {
            AddLine(name, TextStyle.Name, width, LineHeight);
        }

        if (_node.State != PictureState.Plain)
        {
            _texts.Add(
                new PlacedText(_x, _y + TextStyle.State.Size, TextStyle.State.Cut(StateText(), width), TextStyle.State)
                {
                    State = _node.State,
                }
            );
            _y += LineHeight;
        }
    }

    private string StateText()
    {
        var counts = _node
            .Findings.GroupBy(static finding => PictureNode.StateOf([finding]))
            .Where(static group => group.Key != PictureState.Plain)
            .OrderByDescending(static group => group.Key)
            .Select(static group => (group.Key, Count: group.Count()));
        return string.Join(
            " · ",
            counts.Select(static group =>
                group.Key switch
                {
                    PictureState.Error => Wording.Count(group.Count, "error"),
                    PictureState.Warning => Wording.Count(group.Count, "warning"),
                    _ => Wording.Count(group.Count, "change"),
                }
            )
        );
    }

    private void AddEndpoints(int width)
    {
        foreach (var endpoint in _node.Endpoints.Take(MaxEndpoints))
        {
            _y += EndpointGap;
            _entries.Add(_y + (LineHeight / 2));
            AddLine(_picture.Short(endpoint.Name), TextStyle.Name, width, LineHeight);
            var families = TextStyle.Families.Cut(endpoint.IsKnown ? endpoint.Families : "", width);
            var baseLine = _y + TextStyle.Families.Size;
            if (families.Length > 0)
            {
                _texts.Add(new PlacedText(_x, baseLine, families, TextStyle.Families) { State = endpoint.State });
            }

            var left = families.Length == 0 ? 0 : TextStyle.Families.WidthOf(families) + 8;
            if (Ports(endpoint.Ports, width - left) is { Length: > 0 } ports)
            {
                _texts.Add(new PlacedText(_x + left, baseLine, ports, TextStyle.Ports));
                left++;
            }

            _y += left > 0 ? LineHeight : 0;
        }

        var more = _node.Endpoints.Count - MaxEndpoints;
        if (more > 0)
        {
            _entries.AddRange(Enumerable.Repeat(_y + (LineHeight / 2), more));
            AddLine($"and {more} more", TextStyle.Ports, width, LineHeight);
        }
    }

    /// <summary>As many ports as there is room for, and how many more there are.</summary>
    private static string Ports(IReadOnlyList<string> ports, int width)
    {
        for (var shown = ports.Count; shown > 0; shown--)
        {
            var text =
                string.Join(' ', ports.Take(shown).Select(static port => $":{port}"))
                + (shown < ports.Count ? $" +{ports.Count - shown}" : "");
            if (TextStyle.Ports.WidthOf(text) <= width)
            {
                return TextStyle.Ports.Cut(text, width);
            }
        }

        return "";
    }

    /// <summary>The width of the longest name.</summary>
    private int NameWidth() =>
        _node.Endpoints.Select(endpoint => _picture.Short(endpoint.Name)).Append(_picture.NameOf(_node)).Max(TextStyle.Name.WidthOf);

    private void AddUsers(int left, int width)
    {
        var components = _picture.Nodes.Count(static node => node.Node.Components.Count > 0);
        var users =
            _node.Node.Users.Count == components && components > 1
                ? ["all components"]
                : _node.Node.Users.Select(static user => user.Title).ToList();
        var x = left;
        foreach (var user in users)
        {
            var text = TextStyle.User.Cut(user, width - (2 * ChipPadding));
            var chip = TextStyle.User.WidthOf(text) + (2 * ChipPadding);
            if (x > left && x + chip > left + width)
            {
                x = left;
                _y += ChipHeight + ChipGap;
            }

            _chips.Add((new Area(x, _y, chip, ChipHeight), new PlacedText(x + ChipPadding, _y + 15, text, TextStyle.User)));
            x += chip + ChipGap;
        }

        _y += users.Count > 0 ? ChipHeight + 4 : 0;
    }

    private void AddLine(string text, TextStyle style, int width, int height)
    {
        _texts.Add(new PlacedText(_x, _y + style.Size, style.Cut(text, width), style));
        _y += height;
    }
}
