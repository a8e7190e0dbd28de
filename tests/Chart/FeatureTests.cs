using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart;

/// <summary>
/// Each feature switched on alone, and what it changes: in IPv6, because the other family is its mirror (<see cref="FamilyDiffTests"/>).
/// Features with addresses of the user's own have a file for each family.
/// </summary>
public class FeatureTests
{
    public static TheoryData<string> Names() =>
        [.. ReleaseCases.Features.DistinctBy(static feature => feature.Files[^1]).Select(static feature => feature.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_feature_changes_this_and_nothing_else(string name)
    {
        var feature = ReleaseCases.Features.Single(one => one.Name == name);
        var before = await ReleaseCases.Base(feature.Mode, feature.Family).RenderAsync();

        var diff = ReleaseDiff.Of(before, await feature.RenderAsync());

        Assert.NotEmpty(diff);
        SnapshotAssert.Match(diff, "Chart/Features", Path.GetFileNameWithoutExtension(feature.Files[^1]));
    }
}
