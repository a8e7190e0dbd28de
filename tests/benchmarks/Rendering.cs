using System.Globalization;

namespace Tempo.Helm.Benchmarks;

/// <summary>How long <c>helm template</c> takes for this chart and, where one is named, for another: per rendered document.</summary>
internal static class Rendering
{
    private const int Runs = 10;

    private static readonly string[] Ours = ["chart", "-f", "chart/ci/microservices-full-ipv6-values.yaml"];

    /// <summary>Prints a table; the other chart comes as its path and, behind that, any flags of <c>helm template</c>.</summary>
    public static async Task RunAsync(string[] other)
    {
        Console.WriteLine("| chart | documents | time | per document | ratio |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        var ours = await MeasureAsync(Ours);
        Print("this one, microservices, everything on", ours, ours);
        if (other.Length > 0)
        {
            Print(other[0], await MeasureAsync(other), ours);
        }
    }

    private static async Task<(int Documents, double Milliseconds)> MeasureAsync(string[] chart)
    {
        string[] arguments = ["template", "tempo", "-n", "tempo", .. chart];
        var documents = (await Programs.OutputOfAsync(Programs.Helm, arguments))
            .Split('\n')
            .Count(static line => line.StartsWith("kind:", StringComparison.Ordinal));
        var times = Enumerable.Range(0, Runs).Select(_ => Programs.Measure(Programs.Helm, "/dev/null", arguments).Time.TotalMilliseconds);
        return (documents, times.Min());
    }

    private static void Print(string name, (int Documents, double Milliseconds) chart, (int Documents, double Milliseconds) ours)
    {
        var (each, baseline) = (chart.Milliseconds / chart.Documents, ours.Milliseconds / ours.Documents);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {chart.Documents} | {chart.Milliseconds:0} ms | {each:0.00} ms | {each / baseline:0.00}x |"
            )
        );
    }
}
