using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>Checks each policy with every release that has a values file, and with releases that violate it.</summary>
public class PolicyTests
{
    public static TheoryData<string> Names() => [.. Policy.All.Select(static policy => policy.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_release_keeps_the_policy(string policy)
    {
        var violations = new List<string>();
        foreach (var release in await ReleaseCases.RenderAllAsync())
        {
            violations.AddRange(Policy.Named(policy).Violations(release).Select(violation => $"{release.Case}: {violation}"));
        }

        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(40)));
    }

    [Theory]
    [MemberData(nameof(Breaches.All), MemberType = typeof(Breaches))]
    public async Task A_policy_notices(string policy, string release, string before, string after)
    {
        var rendered = await ReleaseCases.All.Single(one => one.Name == release).RenderAsync();

        Assert.NotEmpty(Policy.Named(policy).Violations(rendered.With(before, after)));
    }

    [Fact]
    public void Every_policy_is_seen_to_notice_something() =>
        Assert.Empty(Policy.All.Select(static policy => policy.Name).Except(Breaches.All().Select(static row => (string)row[0]!)));
}
