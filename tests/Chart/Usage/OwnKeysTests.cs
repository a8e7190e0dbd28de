using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>Keys in the values that have the names of what the chart keeps for itself.</summary>
public class OwnKeysTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Values_cannot_take_the_place_of_what_the_chart_has_read(int helm)
    {
        string[] skip = ["template", "tempo", "chart", "--skip-schema-validation"];

        var without = await HelmRunner.RunAsync(HelmVersions.Of(helm), skip);
        var with = await HelmRunner.RunAsync(HelmVersions.Of(helm), [.. skip, "--set", "_release.components.x=1,TempoRelease.family=none"]);

        Assert.True(with.ExitCode == 0, with.Error);
        Assert.Equal(without.Output, with.Output);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_schema_refuses_them_by_name(int helm)
    {
        var result = await HelmRunner.RunAsync(HelmVersions.Of(helm), "template", "tempo", "chart", "--set", "_release.x=1");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("_release", result.Error, StringComparison.Ordinal);
    }
}
