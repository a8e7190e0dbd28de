using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Presets;

/// <summary>The values in <c>presets</c>, tested with a chart that has the traits of tempo-distributed.</summary>
public class PresetTests
{
    private static readonly string[] Everything =
    [
        "--set",
        "traces.otlp.grpc.enabled=true,traces.otlp.http.enabled=true,traces.zipkin.enabled=true,traces.jaeger.grpc.enabled=true",
        "--set",
        "metricsGenerator.enabled=true,gateway.enabled=true",
    ];

    public static TheoryData<string, bool> Presets =>
        new()
        {
            { "IPv6", false },
            { "IPv6", true },
            { "IPv4", false },
            { "IPv4", true },
        };

    /// <summary>The blocks of the preset for IPv6: a section of the values, and a key in it.</summary>
    public static TheoryData<string, string> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, string>();
            foreach (var (section, keys) in ((YamlMappingNode)YamlFile.Load(PresetOf("IPv6"))).Children)
            {
                foreach (var key in ((YamlMappingNode)keys).Children.Keys)
                {
                    blocks.Add(section.ToString(), key.ToString());
                }
            }

            return blocks;
        }
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task Only_what_values_of_the_chart_cannot_reach_remains(string family, bool everything)
    {
        string[] components = everything ? ["distributor", "metrics-generator", "query-frontend"] : ["distributor", "query-frontend"];

        var found = await CheckAsync(family, PresetOf(family), everything);

        Assert.Equal(
            [
                .. components.SelectMany(static component =>
                    new[] { "ipFamilies", "ipFamilyPolicy" }.Select(field =>
                        $"fixable TPF001 Service/traces-{component}-discovery spec.{field}"
                    )
                ),
                "warning TPF010 Service/traces-gossip-ring spec.selector",
            ],
            found
        );
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Without_a_block_of_the_preset_an_IPv6_release_has_more_findings(string section, string block)
    {
        var values = (YamlMappingNode)YamlFile.Load(PresetOf("IPv6"));
        Assert.True(((YamlMappingNode)values[section]).Children.Remove(block));
        using var preset = new TemporaryFile(Text(values));

        var found = await CheckAsync("IPv6", preset.Path, everything: true);

        Assert.NotEmpty(found.Except(await CheckAsync("IPv6", PresetOf("IPv6"), everything: true)));
    }

    [Theory]
    [InlineData("IPv6")]
    [InlineData("IPv4")]
    public async Task A_preset_decides_the_family_by_itself_and_the_post_renderer_does_the_rest(string family)
    {
        var rendered = await RenderAsync(PresetOf(family), everything: true);

        var repaired = await AppRunner.RunAsync(rendered);

        Assert.Contains($" is {family}, by the config ", repaired.Error);
        Assert.Equal(0, (await AppRunner.RunAsync(repaired.Output, "check")).ExitCode);
    }

    [Theory]
    [InlineData("IPv6")]
    [InlineData("IPv4")]
    public void A_preset_sets_values_that_the_chart_has(string family)
    {
        var values = (YamlMappingNode)YamlFile.Load(Repository.Path("tests", "Presets", "chart", "values.yaml"));

        AssertKnown((YamlMappingNode)YamlFile.Load(PresetOf(family)), values, "");
    }

    private static void AssertKnown(YamlMappingNode preset, YamlMappingNode values, string path)
    {
        foreach (var (key, value) in preset.Children)
        {
            Assert.True(values.Children.TryGetValue(key, out var known), $"{path}{key} is no value of the chart");
            // An empty mapping takes anything.
            if (value is YamlMappingNode inner && known is YamlMappingNode { Children.Count: > 0 } below)
            {
                AssertKnown(inner, below, $"{path}{key}.");
            }
        }
    }

    private static string Text(YamlNode values)
    {
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(values)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    private static string PresetOf(string family) => Repository.Path("presets", $"tempo-distributed-{family.ToLowerInvariant()}.yaml");

    private static async Task<string> RenderAsync(string preset, bool everything)
    {
        var result = await HelmRunner.RunAsync(
            HelmVersions.Four,
            ["template", "traces", "tests/Presets/chart", "-f", preset, .. everything ? Everything : []]
        );
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private static async Task<List<string>> CheckAsync(string family, string preset, bool everything)
    {
        var report = await AppRunner.RunAsync(await RenderAsync(preset, everything), "check", "--address-family", family);
        return
        [
            .. report
                .Output.Split('\n')
                .Where(static line => line.Contains(" TPF"))
                .Select(static line => line[..line.IndexOf(": ")])
                .Order(),
        ];
    }
}
