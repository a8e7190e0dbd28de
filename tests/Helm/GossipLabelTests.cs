using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Helm;

/// <summary>With <c>gossipRing.labelPods=false</c> only the post-renderer sets the label.</summary>
public class GossipLabelTests
{
    private const string Label = "tempo-gossip-member: \"true\"";

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Exactly_the_members_get_the_label_and_nothing_else_changes(int helm)
    {
        string[] arguments = [.. HelmRunner.ChartRelease, "--set", "gossipRing.labelPods=false"];
        var plain = CanonicalYaml.Of((await HelmRunner.RunAsync(HelmVersions.Of(helm), arguments)).Output).Split("---\n");

        var result = await HelmRunner.PostRenderAsync(HelmVersions.Of(helm), arguments, []);

        Assert.True(result.ExitCode == 0, result.Error);
        var rendered = CanonicalYaml.Of(result.Output).Split("---\n");
        var changed = plain.Zip(rendered).Where(static pair => pair.First != pair.Second).ToList();
        Assert.All(changed, static pair => Assert.Equal(pair.First, WithoutLine(pair.Second, $"        {Label}\n")));
        Assert.Equal(
            [
                "tempo-backend-worker",
                "tempo-block-builder",
                "tempo-distributor",
                "tempo-live-store",
                "tempo-metrics-generator",
                "tempo-querier",
            ],
            changed.Select(static pair => pair.Second.Split("  name: ")[1].Split('\n')[0]).Order()
        );
    }

    [Theory]
    [InlineData("microservices-ipv6")]
    [InlineData("microservices-ipv4")]
    [InlineData("monolithic-ipv6")]
    [InlineData("monolithic-ipv4")]
    public async Task The_charts_own_text_passes_through_byte_for_byte(string values)
    {
        var plain = await HelmRunner.RunAsync(HelmVersions.Three, "template", "tempo", "chart", "-f", $"chart/ci/{values}-values.yaml");

        var result = await AppRunner.RunAsync(plain.Output);

        Assert.Equal((0, plain.Output), (result.ExitCode, result.Output));
    }

    private static string WithoutLine(string text, string line)
    {
        var at = text.IndexOf(line);
        return at < 0 ? text : text.Remove(at, line.Length);
    }
}
