using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Generated;

/// <summary>docs/release.svg: the picture of the HTML page for docs/examples/release.yaml, with the style of the page.</summary>
internal static partial class PagePicture
{
    public static async Task<string> SvgAsync()
    {
        var release = await File.ReadAllTextAsync(Repository.Path("docs", "examples", "release.yaml"));
        var page = (await AppRunner.RunAsync(release, "check", "--format", "html")).Output;
        var style = Style().Match(page).Groups[1].Value;
        // In a file of its own a picture has no links, and its parts need the class that the page puts around it.
        var picture = Links().Replace(Picture().Match(page).Value, "$1g");
        picture = picture
            .Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
            .Replace("class=\"wide\"", "class=\"picture\"")
            .Replace("role=\"group\"", "role=\"img\"");
        return picture.Insert(picture.IndexOf('>') + 1, $"<style>\n{Rules(style)}</style>\n");
    }

    /// <summary>The style rules of the picture, with the light and the dark colours.</summary>
    private static string Rules(string style) =>
        string.Concat(Colours().Matches(style).Take(2).Select(static colours => $"{colours.Value}\n"))
        + string.Concat(
            style.Split('\n').Where(static rule => rule.StartsWith(".picture ") && !rule.Contains(" a")).Select(static rule => $"{rule}\n")
        )
        + ".picture { font-family: var(--sans); border: 0; padding: 0; }\n";

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<svg class=\"wide\".*?</svg>\n", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex("(</?)a(?=[ >])( href=\"[^\"]*\")?")]
    private static partial Regex Links();

    [GeneratedRegex(
        "^(@media \\(prefers-color-scheme: dark\\) \\{\n  )?:root \\{.*?^(  )?\\}(\n\\})?",
        RegexOptions.Singleline | RegexOptions.Multiline
    )]
    private static partial Regex Colours();
}
