using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart;

/// <summary>The chart as every Helm renders it, with and without the post-renderer, against committed texts.</summary>
public class ChartSnapshotTests
{
    public static TheoryData<string> Ci() => [.. ReleaseCases.Ci.Select(static release => release.Name)];

    public static TheoryData<string> Clusters() => [.. ReleaseCases.Clusters.Select(static release => release.Name)];

    public static TheoryData<string, int> CiWithEveryHelm()
    {
        var rows = new TheoryData<string, int>();
        foreach (var release in ReleaseCases.Ci)
        {
            rows.Add(release.Name, 3);
            rows.Add(release.Name, 4);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Ci))]
    public async Task Values_for_chart_testing_render_this(string name)
    {
        var release = await Named(name).RenderAsync();

        SnapshotAssert.Match(CanonicalYaml.Of(release.Text), "Chart", Path.GetFileName(name));
    }

    /// <summary>The difference between a file for a cluster and the values for chart-testing of its family.</summary>
    [Theory]
    [MemberData(nameof(Clusters))]
    public async Task Values_for_a_cluster_change_this(string name)
    {
        var release = Named(name);
        var before = await ReleaseCases.Base(release.Mode, release.Family).RenderAsync();

        SnapshotAssert.Match(ReleaseDiff.Of(before, await release.RenderAsync()), "Chart", $"cluster-{Path.GetFileName(name)}");
    }

    [Theory]
    [MemberData(nameof(CiWithEveryHelm))]
    public async Task Every_Helm_renders_the_same_release_with_and_without_the_post_renderer(string name, int helmMajor)
    {
        var release = Named(name);
        var helm = HelmVersions.Of(helmMajor);

        var rendered = await release.RenderAsync(helm);
        var postRendered = await HelmRunner.PostRenderAsync(helm, release.Arguments(), []);

        Assert.True(postRendered.ExitCode == 0, postRendered.Error);
        Assert.Equal(CanonicalYaml.Of((await release.RenderAsync()).Text), CanonicalYaml.Of(rendered.Text));
        Assert.Equal(CanonicalYaml.Of(rendered.Text), CanonicalYaml.Of(postRendered.Output));
    }

    [Fact]
    public async Task Helm_3_and_Helm_4_render_clusters_and_releases_with_everything_on_alike()
    {
        var releases = ReleaseCases.Clusters.Concat(ReleaseCases.Everything);

        var pairs = await Task.WhenAll(
            releases.Select(static async release =>
                (Three: await release.RenderAsync(HelmVersions.Three), Four: await release.RenderAsync())
            )
        );

        Assert.All(pairs, static pair => Assert.Equal(pair.Four.Text, pair.Three.Text));
    }

    private static ReleaseCase Named(string name) => ReleaseCases.All.Single(release => release.Name == name);
}
