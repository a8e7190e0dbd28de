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
    /// <param name="change">What the colour of changes means, or null if nothing is changed.</param>
    public static void Write(HtmlWriter html, ReleasePicture picture, string heading, string? change)
    {
        html.Start("section");
        html.Element("h2", heading);
        if (picture.Omitted > 0)
        {
            html.Element("p", $"{picture.Omitted} workloads are too many for a picture.", ("class", "note"));
        }

        if (picture.Nodes.Count > 0)
        {
            html.Start("div", ("class", "picture"));
            SvgPicture.Write(html, picture, isNarrow: false, "The release, from the senders of traces to storage");
            SvgPicture.Write(html, picture, isNarrow: true, "The release, from the senders of traces to storage");
            html.Start("ul", ("class", "legend"));
            foreach (
                var (@class, text) in ((string?, string?)[])
                    [
                        (null, "nothing was found"),
                        ("change", change),
                        ("warning", "warning"),
                        ("error", "to decide"),
                        ("outside", "not in these manifests"),
                    ]
            )
            {
                if (text is not null)
                {
                    html.Element("li", text, ("class", @class));
                }
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
}
