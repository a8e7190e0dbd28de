namespace Tempo.Helm.Benchmarks;

/// <summary>How long <c>helm template</c> takes for this chart and, where one is named, for another: per rendered document.</summary>
internal static class Rendering
{
    /// <summary>Prints a table. The other chart is given by its path, followed by any flags of <c>helm template</c>.</summary>
    public static async Task RunAsync(int runs, string[] other)
    {
        using var folder = new BenchmarkFolder();
        await folder.WriteAsync("Chart.yaml", "apiVersion: v2\nname: small\nversion: 0.1.0\n");
        await folder.WriteAsync("templates/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: small}\n");
        var ours = Path.Combine(Programs.Root, "chart");
        var everything = Path.Combine(ours, "ci", "microservices-full-ipv6-values.yaml");
        (string Name, string[] Chart)[] rows =
        [
            ("this one, microservices, everything on", [ours, "-f", everything]),
            .. other.Length == 0 ? Array.Empty<(string, string[])>() : [(Path.GetFileName(other[0].TrimEnd('/')), other)],
            ("a chart with one ConfigMap", [folder.Path]),
        ];
        var commands = Array.ConvertAll(
            rows,
            static row => Programs.Run(Programs.Helm, ["template", "tempo", "-n", "tempo", .. row.Chart])
        );

        var costs = await Measurement.OfAsync(runs, commands);

        Table.Head("chart", "documents", "lines", "processor time", "wall time", "per document", "ratio");
        var baseline = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            var lines = (await Programs.OutputOfAsync(commands[i])).Split('\n');
            var documents = lines.Count(static line => line.StartsWith("kind:"));
            var each = costs[i].Processor / documents;
            baseline = i == 0 ? each : baseline;
            Table.Row(
                rows[i].Name,
                $"{documents}",
                Table.Number(lines.Length - 1, "N0"),
                Table.Time(costs[i].Processor),
                Table.Time(costs[i].Wall),
                $"{Table.Number(each, "0.00")} ms",
                Table.Ratio(each, baseline)
            );
        }
    }
}
