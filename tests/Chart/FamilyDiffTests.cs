using Tempo.Helm.Tests.Chart.Policies;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart;

/// <summary>What <c>addressFamily</c> changes, and that it changes nothing else.</summary>
public class FamilyDiffTests
{
    public static TheoryData<string> Modes() => [.. ReleaseCases.Modes];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Between_the_families_only_these_lines_differ(string mode)
    {
        var six = await ReleaseCases.Base(mode, "IPv6").RenderAsync();
        var four = await ReleaseCases.Base(mode, "IPv4").RenderAsync();

        SnapshotAssert.Match(ReleaseDiff.Of(six, four), "Chart", $"family-{mode}");
    }

    /// <summary>
    /// Every feature that exists in both families: exchange the words for the family, and one is the other. What IPv6 alone
    /// adds is left out: the second listen line of the gateway, and the dual-stack names of Amazon S3.
    /// </summary>
    [Fact]
    public async Task Features_of_one_family_are_the_mirror_of_those_of_the_other()
    {
        var pairs = ReleaseCases
            .Features.GroupBy(static release => release.Name[..release.Name.LastIndexOf(' ')])
            .Where(static pair => pair.Count() == 2);
        foreach (var pair in pairs)
        {
            var six = await pair.Single(static release => release.Family == "IPv6").RenderAsync();
            var four = await pair.Single(static release => release.Family == "IPv4").RenderAsync();

            Assert.Equal(Lines(six, static text => text), Lines(four, Mirror.Of));
        }
    }

    private static IEnumerable<string> Lines(RenderedRelease release, Func<string, string> read) =>
        release.Objects.Select(o =>
            $"{o}\n{read(string.Join('\n', ReleaseDiff.Lines(o.Json).Where(static line => !IsOfIPv6Alone(line))))}"
        );

    private static bool IsOfIPv6Alone(string line) => GatewayPolicies.IsListen(line) || line.EndsWith("s3.enable_dual_stack: true");
}
