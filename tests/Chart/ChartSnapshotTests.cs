using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart;

/// <summary>The chart as every Helm renders it, with and without the post-renderer, against one committed text.</summary>
public class ChartSnapshotTests
{
    private static readonly string[] Release = ["template", "tempo", "chart", "--namespace", "observability", "--kube-version", "1.34.0"];

    public static TheoryData<string, string, int, bool> Matrix()
    {
        var matrix = new TheoryData<string, string, int, bool>();
        foreach (var mode in new[] { "monolithic", "microservices" })
        {
            foreach (var family in new[] { "ipv6", "ipv4" })
            {
                foreach (var helm in new[] { 3, 4 })
                {
                    matrix.Add(mode, family, helm, false);
                    matrix.Add(mode, family, helm, true);
                }
            }
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Every_Helm_renders_the_same_release_with_and_without_the_post_renderer(string mode, string family, int helmMajor, bool postRendered)
    {
        string[] arguments = [.. Release, "-f", $"chart/ci/{mode}-{family}-values.yaml"];
        var helm = HelmVersions.Of(helmMajor);

        var result = postRendered ? await HelmRunner.PostRenderAsync(helm, arguments, []) : await HelmRunner.RunAsync(helm, arguments);

        Assert.True(result.ExitCode == 0, result.Error);
        SnapshotAssert.Match(CanonicalYaml.Of(result.Output), "Chart", $"{mode}-{family}");
    }
}
