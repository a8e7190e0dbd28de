using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CliWrap;

namespace Tempo.Helm.Benchmarks;

/// <summary>The cost of runs of a program.</summary>
/// <param name="Processor">The processor time of the process and its children, in milliseconds; the lowest of all runs.</param>
/// <param name="Wall">From the start to the end of the process, in milliseconds; the lowest of all runs.</param>
/// <param name="PeakBytes">The peak memory of the process, in bytes; the highest of all runs.</param>
internal sealed partial record Measurement(double Processor, double Wall, long PeakBytes)
{
    private const int Children = -1;

    /// <summary>Runs the commands in turns, so that a busy machine slows all of them.</summary>
    public static async Task<Measurement[]> OfAsync(int runs, params IReadOnlyList<Command> commands)
    {
        var lowest = Enumerable.Repeat(new Measurement(double.MaxValue, double.MaxValue, 0), commands.Count).ToArray();
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < commands.Count; i++)
            {
                var one = await OfAsync(commands[i]);
                lowest[i] = new Measurement(
                    Math.Min(lowest[i].Processor, one.Processor),
                    Math.Min(lowest[i].Wall, one.Wall),
                    Math.Max(lowest[i].PeakBytes, one.PeakBytes)
                );
            }
        }

        return lowest;
    }

    private static async Task<Measurement> OfAsync(Command command)
    {
        var (processor, clock) = (ProcessorTimeOfChildren(), Stopwatch.StartNew());
        var running = command.ExecuteAsync();
        var peak = PeakOfAsync(running.ProcessId, running);
        await running;
        return new Measurement(ProcessorTimeOfChildren() - processor, clock.Elapsed.TotalMilliseconds, await peak);
    }

    /// <summary>The kernel's own high-water mark, read while the process lives; it only grows.</summary>
    private static async Task<long> PeakOfAsync(int process, Task<CommandResult> running)
    {
        long peak = 0;
        while (!running.IsCompleted)
        {
            try
            {
                var line = (await File.ReadAllLinesAsync($"/proc/{process}/status")).FirstOrDefault(static line =>
                    line.StartsWith("VmHWM:")
                );
                var kilobytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] ?? "0";
                peak = Math.Max(peak, long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024);
            }
            catch (IOException)
            {
                // It has ended.
            }

            await Task.WhenAny(running, Task.Delay(1));
        }

        return peak;
    }

    /// <summary>All children that have ended so far, in milliseconds; those that still run do not count.</summary>
    private static double ProcessorTimeOfChildren()
    {
        // The first four of its eighteen numbers: seconds and microseconds as a user, and in the kernel.
        var usage = new long[18];
        return GetResourceUsage(Children, usage) == 0
            ? ((usage[0] + usage[2]) * 1e3) + ((usage[1] + usage[3]) / 1e3)
            : throw new InvalidOperationException("getrusage failed");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetResourceUsage(int who, [Out] long[] usage);
}
