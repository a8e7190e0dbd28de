using System.Text;

namespace Tempo.Helm.Tests.Support;

/// <summary>Asserts that the work of a run grows in proportion to its input, by counts and not by a clock.</summary>
internal static class Growth
{
    /// <summary>How much larger the larger input is.</summary>
    public const int Factor = 4;

    /// <summary>Sorting grows a little faster than its input. If each part is compared with all others, this is 16.</summary>
    private const double MostSteps = 4.5;

    /// <summary>Buffers grow by doubling.</summary>
    private const double MostBytes = 5.5;

    /// <summary>Runs the program with an input and with one of <see cref="Factor"/> times the size.</summary>
    /// <param name="input">Makes an input of a size.</param>
    /// <param name="size">The smaller size: large enough that the input costs more than the start of the program.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>The result for the larger input.</returns>
    public static RunResult AssertLinear(Func<int, string> input, int size, params string[] arguments)
    {
        Work Run(int count) => CountedProgram.Run(Encoding.UTF8.GetBytes(input(count)), arguments);

        // What happens once per process is not part of the growth: static fields, pooled buffers.
        Run(Factor * size);
        return AssertLinear(Run(size), Run(Factor * size));
    }

    /// <summary>Compares the work for an input with that for one of <see cref="Factor"/> times the size.</summary>
    public static RunResult AssertLinear(Work small, Work large)
    {
        Assert.Equal(small.Result.ExitCode, large.Result.ExitCode);
        AssertLinear("steps (calls and turns of loops)", small.Steps, large.Steps, MostSteps);
        AssertLinear("allocated bytes", small.Bytes, large.Bytes, MostBytes);
        return large.Result;
    }

    private static void AssertLinear(string unit, long small, long large, double most) =>
        Assert.True(
            large <= most * small,
            FormattableString.Invariant(
                $"an input of {Factor} times the size takes {(double)large / small:0.0} times the {unit}: {large:N0} instead of {small:N0}"
            )
        );
}
