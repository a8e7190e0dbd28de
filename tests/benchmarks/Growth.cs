using System.Globalization;

namespace Tempo.Helm.Benchmarks;

/// <summary>How time and memory grow with the stream.</summary>
internal static class Growth
{
    private const int Runs = 5;

    public static async Task RunAsync()
    {
        var release = await Programs.OutputOfAsync(
            Programs.Helm,
            "template",
            "tempo",
            "chart",
            "-n",
            "observability",
            "-f",
            "chart/ci/microservices-ipv4-values.yaml"
        );
        var folder = Directory.CreateTempSubdirectory("tempo-helm-growth-").FullName;
        Console.WriteLine("| documents | input | time | throughput | peak memory | memory / input |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var documents in (int[])[1_200, 12_000, 120_000])
        {
            await PrintAsync(folder, documents, BenchmarkStreams.Umbrella(release, documents));
        }

        Console.WriteLine();
        Console.WriteLine("| releases, each edited | input | time | throughput | peak memory | memory / input |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
        var named = await Programs.OutputOfAsync(
            Programs.Helm,
            "template",
            BenchmarkStreams.ReleaseName,
            "chart",
            "-n",
            "observability",
            "-f",
            "chart/ci/microservices-ipv4-values.yaml"
        );
        foreach (var releases in (int[])[1, 50, 500])
        {
            await PrintAsync(folder, releases, BenchmarkStreams.Releases(named, releases));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task PrintAsync(string folder, int count, string stream)
    {
        var file = Path.Combine(folder, "stream.yaml");
        await File.WriteAllTextAsync(file, stream);
        var size = new FileInfo(file).Length / 1e6;
        var runs = Enumerable.Range(0, Runs).Select(_ => Programs.Measure(Programs.PostRender, file, "--address-family", "IPv6")).ToList();
        var time = runs.Min(static run => run.Time).TotalMilliseconds;
        var peak = runs.Max(static run => run.PeakBytes) / 1e6;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {count} | {size:0.0} MB | {time:0} ms | {size / time * 1000:0} MB/s | {peak:0} MB | {peak / size:0.0}x |"
            )
        );
    }
}
