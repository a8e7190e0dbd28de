using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart;

/// <summary><c>helm lint --strict</c>, as chart-testing runs it for every values file.</summary>
public class LintTests
{
    public static TheoryData<int> Helms() => [3, 4];

    [Theory]
    [MemberData(nameof(Helms))]
    public async Task The_chart_has_no_lint(int helm)
    {
        var releases = ReleaseCases.Ci.Concat(ReleaseCases.Clusters).Append(new ReleaseCase("values.yaml"));

        var results = await Task.WhenAll(
            releases.Select(async release =>
                (
                    release.Name,
                    Result: await Renders.RunAsync(
                        HelmVersions.Of(helm),
                        ["lint", "chart", "--strict", .. release.Files.SelectMany(static file => new[] { "-f", file })]
                    )
                )
            )
        );

        Assert.All(
            results,
            static lint =>
                Assert.True(
                    lint.Result.ExitCode == 0 && !lint.Result.Output.Contains("[WARNING]"),
                    $"{lint.Name}: {lint.Result.Output}{lint.Result.Error}"
                )
        );
    }
}
