using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Reporting;

/// <summary>The page is one file that loads nothing, and no name in the manifests becomes markup.</summary>
public partial class HtmlPageTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>\u202E]]>--><style>";

    [Fact]
    public async Task A_release_becomes_a_page() =>
        SnapshotAssert.Match(Hashes().Replace(Assets().Replace(await PageAsync(Streams.Helm3), "<$1>…</$1>"), "$1…"), "Reporting", "page");

    [Fact]
    public async Task It_loads_nothing_and_its_policy_allows_its_own_style_and_script_only()
    {
        var page = await PageAsync(Streams.Helm3);

        Assert.DoesNotContain(" src=", page);
        Assert.DoesNotContain("url(", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain(" style=", page);
        Assert.DoesNotMatch(" on[a-z]+=", page);
        Assert.All(Links().Matches(page), static link => Assert.StartsWith("#", link.Groups[1].Value));
        foreach (var (name, text) in Assets().Matches(page).Select(static asset => (asset.Groups[1].Value, asset.Groups[2].Value)))
        {
            Assert.Contains($"{name}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'", page);
        }

        Assert.Contains("default-src 'none'", page);
    }

    [Fact]
    public async Task It_opens_with_what_to_do_next_and_with_nothing_cut_that_there_is_room_for()
    {
        const string Ring = "ring-of-the-traces-of-everybody-in-the-company";

        var page = await PageAsync(Streams.Helm3.Replace("traces-gossip-ring", $"traces-{Ring}", StringComparison.Ordinal));

        Assert.Contains("<details class=\"next\" open=\"open\"><summary>What to do next</summary>", page, StringComparison.Ordinal);
        Assert.Contains($">{Ring}</text>", Wide().Match(page).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_picture_has_a_config_only_if_something_is_found_in_it_that_is_about_no_component()
    {
        var manifests = Streams.Helm3;

        Assert.DoesNotContain(">config</text>", Wide().Match(await PageAsync(manifests)).Value, StringComparison.Ordinal);
        var found = manifests.Replace(
            "    memberlist:",
            "    server: {http_listen_address: 0.0.0.0}\n    memberlist:",
            StringComparison.Ordinal
        );
        Assert.Contains(">config</text>", Wide().Match(await PageAsync(found)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_leads_somewhere_and_no_id_is_there_twice()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var page = await PageAsync(GeneratedPicture.Manifests(seed), "-", "-");
            var ids = Ids().Matches(page).Select(static id => id.Groups[1].Value).ToList();

            Assert.Distinct(ids);
            Assert.Subset(ids.ToHashSet(), Links().Matches(page).Select(static link => link.Groups[1].Value.TrimStart('#')).ToHashSet());
        }
    }

    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    public async Task Hostile_names_stay_text(string format)
    {
        var quoted = System.Text.Json.JsonSerializer.Serialize(Hostile);
        var manifests = Streams
            .Helm3.Replace("name: traces-distributor-discovery", $"name: {quoted}")
            .Replace("- -target=distributor", "- '-target=distributor,<b>@everyone'")
            .Replace("namespace: obs", $"namespace: {quoted}")
            .Replace("ipFamilies: [IPv4]", $"ipFamilies: [{quoted}]")
            .Replace("dns+traces-gossip-ring:7946", "dns+traces-`](x)|\"<i>'gossip-ring:7946");

        var page = (await AppRunner.RunAsync(manifests, "check", "--address-family", "IPv6", "--format", format)).Output;

        Assert.DoesNotContain('\u202E', page);
        // Nothing is markup between the fences of code blocks.
        var text = Blocks().Replace(page, "");
        Assert.DoesNotContain("<script>alert", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>@", text);
        Assert.DoesNotContain("<i>'", text);
        Assert.True(format == "html" || !text.Contains("@everyone"), text);
        Assert.DoesNotContain("<script>alert", Diagram().Match(page).Value);
    }

    private static async Task<string> PageAsync(string manifests, params string[] files) =>
        (
            await AppRunner.RunAsync(
                manifests,
                ["check", "--address-family", "IPv6", "--format", "html", .. files[..Math.Min(1, files.Length)]]
            )
        ).Output;

    [GeneratedRegex("<svg class=\"wide\".*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Wide();

    [GeneratedRegex("<(style|script)>(.*?)</\\1>", RegexOptions.Singleline)]
    private static partial Regex Assets();

    [GeneratedRegex("(sha256-|<footer>tempo-postrender )[^' ]*")]
    private static partial Regex Hashes();

    [GeneratedRegex(" href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("^(`{3,})(mermaid|diff)\n.*?^\\1$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex("```mermaid.*?```", RegexOptions.Singleline)]
    private static partial Regex Diagram();
}
