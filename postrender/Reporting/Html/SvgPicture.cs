using System.Globalization;
using System.Text;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Reporting.Pictures;
using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Html.Markup;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>Draws a picture as SVG. Each node and each connection is a link to what the page says about it.</summary>
internal static class SvgPicture
{
    private const int Corner = 5;

    /// <summary>How much larger than planned a picture is drawn if there is room, in percent.</summary>
    private const int MaxScale = 122;

    /// <summary>A picture.</summary>
    /// <param name="isNarrow">Whether it is for narrow screens.</param>
    /// <param name="label">What the picture shows, for screen readers.</param>
    public static Markup Of(ReleasePicture picture, bool isNarrow, string label)
    {
        var layout = PictureLayout.Of(picture, isNarrow);
        return Element(
            "svg",
            [
                ("class", isNarrow ? "narrow" : "wide"),
                ("width", $"{layout.Width * MaxScale / 100}"),
                ("viewBox", $"0 0 {layout.Width} {layout.Height}"),
                ("role", "group"),
                ("aria-label", label),
            ],
            All(layout.Lanes.SelectMany(static lane => new[] { Rectangle("lane", lane.Area, radius: 8), Text(lane.Title) })),
            All(layout.Links.Select((link, number) => Link(link, $"{picture.Id}l{number}"))),
            All(layout.Nodes.Select(Node))
        );
    }

    /// <summary>The class of a state in the style sheet, or null.</summary>
    public static string? ClassOf(PictureState state) =>
        state switch
        {
            PictureState.Error => "error",
            PictureState.Warning => "warning",
            PictureState.Changed => "change",
            _ => null,
        };

    private static Markup Link(PlacedLink placed, string id)
    {
        var link = placed.Link;
        var way = Way(placed.Points);
        var (x, y) = placed.Points[^1];
        var back = placed.Points[^2].X < x ? -8 : 8;
        return Element(
            "a",
            [("href", $"#{id}"), ("class", $"link {ClassOf(link.At?.State ?? PictureState.Plain)}")],
            Tag("title", null, $"{link.From.Node.Title} dials {Describe(link)}"),
            Element("path", [("class", "reach"), ("d", way)]),
            Element("path", [("class", "way"), ("d", way)]),
            Element("path", [("class", "arrow"), ("d", string.Create(CultureInfo.InvariantCulture, $"M{x} {y}l{back} -4v8z"))])
        );
    }

    private static string Describe(PictureLink link) =>
        link.At is { } at ? $"{at.Name}{(link.Ports.Length == 0 ? "" : $", port {link.Ports}")}: {at.Families}" : link.To.Node.Title;

    /// <summary>A line with rounded corners.</summary>
    private static string Way(IReadOnlyList<(int X, int Y)> points)
    {
        var way = new StringBuilder();
        way.Append(CultureInfo.InvariantCulture, $"M{points[0].X} {points[0].Y}");
        for (var i = 1; i < points.Count - 1; i++)
        {
            var (before, corner, behind) = (points[i - 1], points[i], points[i + 1]);
            var (start, end) = (Toward(corner, before), Toward(corner, behind));
            way.Append(CultureInfo.InvariantCulture, $"L{start.X} {start.Y}Q{corner.X} {corner.Y} {end.X} {end.Y}");
        }

        // The line ends below the arrow.
        way.Append(CultureInfo.InvariantCulture, $"H{points[^1].X + (points[^2].X < points[^1].X ? -4 : 4)}");
        return way.ToString();
    }

    private static (int X, int Y) Toward((int X, int Y) from, (int X, int Y) to) =>
        (from.X + Math.Clamp((to.X - from.X) / 2, -Corner, Corner), from.Y + Math.Clamp((to.Y - from.Y) / 2, -Corner, Corner));

    private static Markup Node(PlacedNode placed)
    {
        var node = placed.Node;
        var isOutside = node.Node.Objects.Count == 0;
        return Element(
            node.IsClient ? "g" : "a",
            [
                ("href", node.IsClient ? null : $"#{node.Id}"),
                ("class", string.Join(' ', new[] { "node", ClassOf(node.State), isOutside ? "outside" : null }.OfType<string>())),
                ("data-node", node.Id),
            ],
            Tag("title", null, Describe(node)),
            Rectangle("box", placed.Area, radius: node.Node.Kind == DiagramNodeKind.Client ? 16 : 6),
            All(
                placed.Chips.SelectMany(static chip =>
                    new[]
                    {
                        Rectangle("chip", chip.Area, radius: 4),
                        // The style sheet centres it.
                        Text(chip.Text with { X = chip.Area.X + (chip.Area.Width / 2) }),
                    }
                )
            ),
            All(placed.Texts.Select(Text))
        );
    }

    private static string Describe(PictureNode node)
    {
        var endpoints = node.Endpoints.Select(static endpoint =>
            $"{endpoint.Name}: {endpoint.Families}" + (endpoint.Ports.Count == 0 ? "" : $", port {string.Join(", ", endpoint.Ports)}")
        );
        var lines = node.Node.Objects.Select(static found => found.Reference).Concat(endpoints).DefaultIfEmpty(node.Node.Title);
        return string.Join('\n', lines.Select(static line => Printable.OneLine(line)));
    }

    private static Markup Text(PlacedText text) =>
        Element("text", [("x", $"{text.X}"), ("y", $"{text.Y}"), ("class", $"{text.Style.Class} {ClassOf(text.State)}")], text.Text);

    private static Markup Rectangle(string name, Area area, int radius) =>
        Element(
            "rect",
            [
                ("class", name),
                ("x", $"{area.X}"),
                ("y", $"{area.Y}"),
                ("width", $"{area.Width}"),
                ("height", $"{area.Height}"),
                ("rx", $"{radius}"),
            ]
        );
}
