using Tempo.PostRender.Reporting.Pictures;
using Tempo.PostRender.Words;
using static Tempo.PostRender.Reporting.Html.Markup;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>The picture of a release on a page, with what its colours mean.</summary>
internal static class PictureSection
{
    private const string Label = "The release, from the senders of traces to storage";

    /// <summary>The section.</summary>
    /// <param name="change">What the colour of changes means.</param>
    public static Markup Of(ReleasePicture picture, string heading, string change)
    {
        var names = picture.Prefix.Length > 0 ? $" The common prefix {Printable.OneLine(picture.Prefix)} is left out of the names." : "";
        var explanation =
            $"An arrow points from a client to the address that it connects to, with its families before and after.{names}"
            + " Choose a box or an arrow to read what was found there.";
        return HtmlParts.Section(
            heading,
            picture.IsTooLarge ? Tag("p", "note", "The release is too large for a picture.") : null,
            picture.Nodes.Count > 0
                ? Tag(
                    "div",
                    "picture",
                    SvgPicture.Of(picture, isNarrow: false, Label),
                    SvgPicture.Of(picture, isNarrow: true, Label),
                    Tag("ul", "legend", All(Legend(picture, change).Select(static item => Tag("li", item.Class, item.Text)))),
                    Tag("p", "note", explanation)
                )
                : null
        );
    }

    /// <summary>What the colours and lines of a picture mean, as far as it has them.</summary>
    private static IEnumerable<(string? Class, string Text)> Legend(ReleasePicture picture, string change)
    {
        (PictureState State, string Text)[] meanings =
        [
            (PictureState.Plain, "nothing was found"),
            (PictureState.Changed, change),
            (PictureState.Warning, "warning"),
            (PictureState.Error, "error"),
        ];
        var states = picture.Nodes.Select(static node => node.State).ToHashSet();
        var used = meanings
            .Where(meaning => states.Contains(meaning.State))
            .Select(static meaning => (SvgPicture.ClassOf(meaning.State), meaning.Text));
        return picture.Nodes.Any(static node => node.Node.Objects.Count == 0) ? used.Append(("outside", "not part of the release")) : used;
    }
}
