using System.Diagnostics;
using CliWrap;
using Tempo.PostRender.Helm;

namespace Tempo.Helm.Benchmarks;

/// <summary>The programs that are measured against each other, each as a user runs it: a process of its own.</summary>
internal static class Programs
{
    public static string Root { get; } = FindRoot();

    /// <summary>The native build: <c>dotnet publish postrender -c Release -o artifacts/postrender</c>.</summary>
    public static string PostRender { get; } = Path.Combine(Root, "artifacts", "postrender", "tempo-postrender");

    /// <summary>A native program that does nothing: <c>dotnet publish tests/benchmarks/empty -c Release -o artifacts/empty</c>.</summary>
    public static string Empty { get; } = Path.Combine(Root, "artifacts", "empty", "empty");

    public static string Helm { get; } =
        HelmLocator.Find(Environment.GetEnvironmentVariable) ?? throw new InvalidOperationException("helm was not found");

    /// <summary>kubectl comes with the same package as Helm 4; else it must be on PATH.</summary>
    public static string Kubectl { get; } =
        Path.Combine(Path.GetDirectoryName(Helm)!, "kubectl") is var beside && File.Exists(beside) ? beside : "kubectl";

    public static async Task RunAsync(string program, string? inputFile, params string[] arguments)
    {
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(Root)
            .WithStandardOutputPipe(PipeTarget.ToStream(Stream.Null));
        await (inputFile is null ? command : command.WithStandardInputPipe(PipeSource.FromFile(inputFile))).ExecuteAsync();
    }

    public static async Task<string> OutputOfAsync(string program, params string[] arguments)
    {
        var output = new System.Text.StringBuilder();
        await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(Root)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .ExecuteAsync();
        return output.ToString();
    }

    /// <summary>Wall time and peak resident memory of one run, its output thrown away.</summary>
    public static (TimeSpan Time, long PeakBytes) Measure(string program, string inputFile, params string[] arguments)
    {
        // The shell connects files and program directly, as Helm's pipe does, without this process in between.
        var shell = $"exec \"$0\" \"$@\" < '{inputFile}' > /dev/null 2>/dev/null";
        var start = new ProcessStartInfo("/usr/bin/env", ["sh", "-c", shell, program, .. arguments]) { WorkingDirectory = Root };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        long peak = 0;
        while (!process.WaitForExit(1))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        watch.Stop();
        return (watch.Elapsed, peak);
    }

    /// <summary>The kernel's own high-water mark, read while the process lives; it only grows.</summary>
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture)
                    * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tempo.Helm.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("run from a build inside the repository");
    }
}
