using Tempo.PostRender.Graph;
using Tempo.PostRender.Reporting.Pictures;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>The connections of a release as a table: who dials whom, at which address, over which family.</summary>
internal static class ConnectionsSection
{
    /// <summary>The section, or null if there are no connections.</summary>
    /// <param name="picture">The picture whose connections are listed.</param>
    public static Markup? Of(ReleasePicture picture)
    {
        if (picture.Links.Count == 0)
        {
            return null;
        }

        var flow = picture.Links.Select(
            (link, number) => ((string?)$"{picture.Id}l{number}", RowOf(link.From, link.To, link.At, link.Ports, link.Setting))
        );
        var shared = picture
            .Shared.Where(static node => node.Node.Kind != DiagramNodeKind.Config)
            .SelectMany(node =>
                node.Endpoints.DefaultIfEmpty(null)
                    .Select(at => ((string?)null, RowOf(null, node, at, string.Join(", ", at?.Ports ?? []), "")))
            );
        return HtmlParts.Section(
            "Who dials whom",
            HtmlParts.Table(["From", "To", "Address", "Port", "Family", "Setting"], flow.Concat(shared))
        );
    }

    private static IReadOnlyList<Cell> RowOf(PictureNode? from, PictureNode to, PictureEndpoint? at, string ports, string setting) =>
        [
            from is not null ? new Cell(from.Node.Title, null, from.IsClient ? null : from.Id)
            : to.Node.Users.Count > 0 ? string.Join(", ", to.Node.Users.Select(static user => user.Title))
            : "",
            new Cell(to.Node.Title, null, to.Id),
            at?.Name ?? "",
            ports,
            new Cell(at?.Families ?? "", SvgPicture.ClassOf(at?.State ?? PictureState.Plain)),
            setting,
        ];
}
