using Tempo.Helm.Tests.Chart.TempoConfig;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Migration;

namespace Tempo.Helm.Tests.Migration;

/// <summary>Limits in the flat form of Tempo 2 keep their meaning: Tempo 3 has each of them at the scoped path.</summary>
public class FlatLimitsTests
{
    private const string Defaults = "overrides.defaults.";

    private static readonly IReadOnlyList<string> Flat =
    [
        .. File.ReadLines(Repository.Path("tests", "Migration", "flat-limits.txt")).Where(static line => line[0] != '#'),
    ];

    [Fact]
    public void Every_flat_limit_has_a_scoped_path_that_Tempo_knows() =>
        AssertNone.Of(
            Flat.Where(static name => FlatLimits.ScopedPath(name) is not { } path || !ConfigKeys.Paths.Contains(Defaults + path))
        );

    [Fact]
    public void No_two_flat_limits_have_the_same_path() => Assert.Equal(Flat.Count, Flat.Select(FlatLimits.ScopedPath).Distinct().Count());

    [Theory]
    [InlineData("ingestion")]
    [InlineData("metrics_generator")]
    [InlineData("defaults")]
    [InlineData("per_tenant_override_config")]
    [InlineData("user_configurable_overrides")]
    public void A_section_of_the_scoped_form_is_no_flat_limit(string name) => Assert.Null(FlatLimits.ScopedPath(name));
}
