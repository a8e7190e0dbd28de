using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.TempoConfig;

/// <summary>files/tempo-types.txt of the chart: the types of keys that are not texts.</summary>
public class ConfigTypeTests
{
    private static readonly string[][] Types = [.. Rows("tempo-types.txt").Select(static line => line.Split(' '))];

    [Fact]
    public void Types_are_those_that_the_chart_checks() =>
        Assert.Equal(["boolean", "duration", "number"], Types.Select(static row => row[1]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_key_with_a_type_is_a_key_of_Tempo_and_has_one_type()
    {
        var keys = Rows("tempo-keys.txt").Select(static line => line.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Types.Select(static row => row[0]).Except(keys));
        Assert.Distinct(Types.Select(static row => row[0]));
    }

    private static IEnumerable<string> Rows(string file) =>
        File.ReadLines(Repository.Path("chart", "files", file)).Where(static line => line.Length > 0 && line[0] != '#');
}
