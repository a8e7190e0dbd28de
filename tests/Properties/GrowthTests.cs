using System.Text;
using Tempo.Helm.Tests.Support;
using Xunit.Sdk;

namespace Tempo.Helm.Tests.Properties;

/// <summary>The counter of work detects work that grows too fast, and does not change what the program does.</summary>
public class GrowthTests
{
    private static readonly RunResult Result = new(0, "", "");

    [Theory]
    [InlineData(4, 4)]
    [InlineData(1, 1)]
    public void Work_in_proportion_is_accepted(int steps, int bytes) =>
        Growth.AssertLinear(new Work(Result, 100, 100), Times(steps, bytes));

    [Theory]
    [InlineData(16, 4, "16.0 times the steps")]
    [InlineData(4, 16, "16.0 times the allocated bytes")]
    [InlineData(5, 4, "5.0 times the steps")]
    public void Work_out_of_proportion_is_noticed(int steps, int bytes, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<TrueException>(() => Growth.AssertLinear(new Work(Result, 100, 100), Times(steps, bytes))).Message
        );

    [Fact]
    public async Task The_counted_program_does_what_the_program_does_and_counts_the_same_every_time()
    {
        var input = Encoding.UTF8.GetBytes(Streams.Helm3);
        CountedProgram.Run(input, "--address-family", "IPv6");

        var (first, second) = (
            CountedProgram.Run(input, "--address-family", "IPv6"),
            CountedProgram.Run(input, "--address-family", "IPv6")
        );

        var result = await AppRunner.RunAsync(input, "--address-family", "IPv6");
        Assert.Equal((result.ExitCode, result.Output, result.Error), (first.Result.ExitCode, first.Result.Output, first.Result.Error));
        Assert.Equal(first.Steps, second.Steps);
        Assert.True(first.Steps > Streams.Helm3.Length, $"{first.Steps} steps are too few for a release that is read to its end");
    }

    private static Work Times(int steps, int bytes) => new(Result, 100 * steps, 100 * bytes);
}
