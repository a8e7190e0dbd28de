using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>Keys in the values with the names under which the chart stores its own data.</summary>
public class OwnKeysTests
{
    [Theory]
    [InlineData(3, "_release.components.x=1", "_release")]
    [InlineData(4, "TempoRelease.family=none", "TempoRelease")]
    [InlineData(4, "TempoTypes.single=none", "TempoTypes")]
    public async Task Values_cannot_take_the_place_of_what_the_chart_has_read(int helm, string value, string key)
    {
        var result = await HelmRunner.RunAsync(
            HelmVersions.Of(helm),
            "template",
            "tempo",
            "chart",
            "--skip-schema-validation",
            "--set",
            value
        );

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"\n{key}: is not a value of this chart.", result.Error);
    }
}
