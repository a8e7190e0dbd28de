using System.Globalization;
using System.Text;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting.Pictures;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>Draws a picture as SVG. Each node and each connection is a link to what the page says about it.</summary>
internal static class SvgPicture
{
    private const int Corner = 5;

    /// <summary>How much larger than planned a picture is drawn if there is room, in percent.</summary>
    private const int MaxScale = 122;

    /// <summary>Draws a picture.</summary>
    /// <param name="html">Receives the SVG.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="isNarrow">Whether it is for narrow screens.</param>
    /// <param name="label">What the picture shows, for screen readers.</param>
    public static void Write(HtmlWriter html, ReleasePicture picture, bool isNarrow, string label)
    {
        var layout = PictureLayout.Of(picture, isNarrow);
        html.Start(
            "svg",
            ("class", isNarrow ? "narrow" : "wide"),
            ("width", Number(layout.Width * MaxScale / 100)),
            ("viewBox", $"0 0 {Number(layout.Width)} {Number(layout.Height)}"),
            ("role", "group"),
            ("aria-label", label)
        );
        foreach (var lane in layout.Lanes)
        {
            Rectangle(html, "lane", lane.Area, radius: 8);
            Write(html, lane.Title);
        }

        foreach (var (link, number) in layout.Links.Select(static (link, number) => (link, number)))
        {
            Write(html, link, $"{picture.Id}l{number}");
        }

        foreach (var node in layout.Nodes)
        {
            Write(html, node);
        }

        html.End("svg");
    }

    /// <summary>The class of a state in the style sheet, or null.</summary>
    /// <param name="state">The state.</param>
    public static string? ClassOf(PictureState state) =>
        state switch
        {
            PictureState.Error => "error",
            PictureState.Warning => "warning",
            PictureState.Changed => "change",
            _ => null,
        };

    private static void Write(HtmlWriter html, PlacedLink placed, string id)
    {
        var link = placed.Link;
        html.Start("a", ("href", $"#{id}"), ("class", $"link {ClassOf(link.At?.State ?? PictureState.Plain)}".TrimEnd()));
        html.Element("title", $"{link.From.Node.Title} dials {Describe(link)}");
        var way = Way(placed.Points);
        html.Start("path", ("class", "reach"), ("d", way));
        html.End("path");
        html.Start("path", ("class", "way"), ("d", way));
        html.End("path");
        var (x, y) = placed.Points[^1];
        var back = placed.Points[^2].X < x ? -8 : 8;
        html.Start("path", ("class", "arrow"), ("d", string.Create(CultureInfo.InvariantCulture, $"M{x} {y}l{back} -4v8z")));
        html.End("path");
        html.End("a");
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

    private static void Write(HtmlWriter html, PlacedNode placed)
    {
        var node = placed.Node;
        var isOutside = node.Node.Objects.Count == 0;
        var classes = $"node {ClassOf(node.State)} {(isOutside ? "outside" : "")}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var tag = node.IsClient ? "g" : "a";
        html.Start(tag, ("href", node.IsClient ? null : $"#{node.Id}"), ("class", string.Join(' ', classes)), ("data-node", node.Id));
        html.Element(
            "title",
            string.Join(
                '\n',
                node.Node.Objects.Select(static found => found.Reference)
                    .Concat(
                        node.Endpoints.Select(static endpoint =>
                            $"{endpoint.Name}: {endpoint.Families}"
                            + (endpoint.Ports.Count == 0 ? "" : $", port {string.Join(", ", endpoint.Ports)}")
                        )
                    )
                    .DefaultIfEmpty(node.Node.Title)
                    .Select(static line => Printable.OneLine(line))
            )
        );
        Rectangle(html, "box", placed.Area, radius: node.Node.Kind == DiagramNodeKind.Client ? 16 : 6);
        foreach (var (area, text) in placed.Chips)
        {
            Rectangle(html, "chip", area, radius: 4);
            // The style sheet centres it.
            Write(html, text with { X = area.X + (area.Width / 2) });
        }

        foreach (var text in placed.Texts)
        {
            Write(html, text);
        }

        html.End(tag);
    }

    private static void Write(HtmlWriter html, PlacedText text) =>
        html.Element(
            "text",
            text.Text,
            ("x", Number(text.X)),
            ("y", Number(text.Y)),
            ("class", $"{text.Style.Class} {ClassOf(text.State)}".TrimEnd())
        );

    private static void Rectangle(HtmlWriter html, string name, Area area, int radius)
    {
        html.Start(
            "rect",
            ("class", name),
            ("x", Number(area.X)),
            ("y", Number(area.Y)),
            ("width", Number(area.Width)),
            ("height", Number(area.Height)),
            ("rx", Number(radius))
        );
        html.End("rect");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
