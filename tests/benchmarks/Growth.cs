namespace Tempo.Helm.Benchmarks;

/// <summary>How time and memory grow with the stream.</summary>
internal static class Growth
{
    /// <summary>Prints two tables, with columns for another build of the post-renderer if one is named.</summary>
    public static async Task RunAsync(int runs, string? otherBuild)
    {
        var release = await Programs.OutputOfAsync(Programs.Template);
        string[] columns =
        [
            "input",
            "processor time",
            "throughput",
            "peak memory",
            "memory / input",
            .. otherBuild is null ? (string[])[] : ["other build", "ratio", "peak memory"],
        ];
        using var folder = new BenchmarkFolder();
        Table.Head(["documents", .. columns]);
        foreach (var documents in (int[])[1_200, 12_000, 120_000])
        {
            await PrintAsync(documents, BenchmarkStreams.Umbrella(release, documents));
        }

        Table.Head(["releases, each edited", .. columns]);
        foreach (var releases in (int[])[1, 50, 500])
        {
            await PrintAsync(releases, BenchmarkStreams.Releases(release, releases));
        }

        async Task PrintAsync(int count, string stream)
        {
            var file = await folder.WriteAsync("stream.yaml", stream);
            var size = new FileInfo(file).Length;
            var costs = await Measurement.OfAsync(
                runs,
                [
                    Programs.Repair(Programs.PostRender, file),
                    .. otherBuild is null ? Array.Empty<CliWrap.Command>() : [Programs.Repair(otherBuild, file)],
                ]
            );
            var (ours, others) = (costs[0], costs.Skip(1).ToList());
            Table.Row([
                Table.Number(count, "N0"),
                Table.Size(size),
                Table.Time(ours.Processor),
                $"{Table.Number(size / ours.Processor / 1e3, "0")} MB/s",
                Table.Size(ours.PeakBytes),
                Table.Ratio(ours.PeakBytes, size),
                .. others.SelectMany(other =>
                    (string[])[Table.Time(other.Processor), Table.Ratio(other.Processor, ours.Processor), Table.Size(other.PeakBytes)]
                ),
            ]);
        }
    }
}
