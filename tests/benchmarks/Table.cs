using System.Globalization;

namespace Tempo.Helm.Benchmarks;

/// <summary>A table in the form of docs/performance.md.</summary>
internal static class Table
{
    /// <summary>Prints the head: one column of text, then columns of numbers.</summary>
    public static void Head(params string[] columns) =>
        Console.WriteLine(
            $"\n| {string.Join(" | ", columns)} |\n| --- | {string.Join(" | ", columns.Skip(1).Select(static _ => "---:"))} |"
        );

    /// <summary>Prints a row.</summary>
    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    /// <summary>A time, with a decimal where it counts.</summary>
    public static string Time(double milliseconds) => $"{Number(milliseconds, milliseconds < 10 ? "0.0" : "0")} ms";

    /// <summary>How many times as much as another.</summary>
    public static string Ratio(double value, double of) => $"{Number(value / of, value / of < 3 ? "0.00" : "0.0")}x";

    /// <summary>A size in megabytes.</summary>
    public static string Size(double bytes) => $"{Number(bytes / 1e6, bytes < 1e7 ? "0.0" : "0")} MB";

    /// <summary>A number in a format of .NET.</summary>
    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
