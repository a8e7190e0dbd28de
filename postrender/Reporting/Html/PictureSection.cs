using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting.Pictures;

namespace Tempo.PostRender.Reporting.Html;

/// <summary>The picture of a release on a page, with what its colours mean.</summary>
internal static class PictureSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Receives the section.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="heading">The heading.</param>
    /// <param name="change">What the colour of changes means.</param>
    public static void Write(HtmlWriter html, ReleasePicture picture, string heading, string change)
    {
        html.Start("section");
        html.Element("h2", heading);
        if (picture.IsTooLarge)
        {
            html.Element("p", "The release is too large for a picture.", ("class", "note"));
        }

        if (picture.Nodes.Count > 0)
        {
            html.Start("div", ("class", "picture"));
            SvgPicture.Write(html, picture, isNarrow: false, "The release, from the senders of traces to storage");
            SvgPicture.Write(html, picture, isNarrow: true, "The release, from the senders of traces to storage");
            html.Start("ul", ("class", "legend"));
            foreach (var (@class, text) in Legend(picture, change))
            {
                html.Element("li", text, ("class", @class));
            }

            html.End("ul");
            html.Element(
                "p",
                "An arrow leads from what dials to the address that it dials, with its families before and after."
                    + (
                        picture.Prefix.Length > 0
                            ? $" Names are without {Printable.OneLine(picture.Prefix)}, with which all of them start."
                            : ""
                    )
                    + " Choose a box or an arrow to read what was found there.",
                ("class", "note")
            );
            html.End("div");
        }

        html.End("section");
    }

    /// <summary>What the colours and lines of a picture mean, as far as it has them.</summary>
    private static IEnumerable<(string? Class, string Text)> Legend(ReleasePicture picture, string change)
    {
        var states = picture.Nodes.Select(static node => node.State).ToHashSet();
        foreach (
            var (state, text) in ((PictureState, string)[])
                [
                    (PictureState.Plain, "nothing was found"),
                    (PictureState.Changed, change),
                    (PictureState.Warning, "warning"),
                    (PictureState.Error, "error"),
                ]
        )
        {
            if (states.Contains(state))
            {
                yield return (SvgPicture.ClassOf(state), text);
            }
        }

        if (picture.Nodes.Any(static node => node.Node.Objects.Count == 0))
        {
            yield return ("outside", "not part of the release");
        }
    }
}
