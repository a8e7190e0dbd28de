using System.Globalization;
using Spectre.Console;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The tables of <c>verify</c>: one line for every pod, one for every name.</summary>
internal static class VerificationTable
{
    /// <summary>Every <see cref="VerdictOf"/>, the best first.</summary>
    private static readonly string[] Verdicts = ["ok", "warning", "error", "not judged"];

    private const string Unknown = "?";
    private const string NotApplicable = "-";

    /// <summary>Lines are as long as they are: a pipe has no width, and a terminal breaks them itself.</summary>
    private const int Width = 4_000;

    private const int AddressesShown = 3;

    /// <summary>
    /// From this many pods on, pods are counted by what they run, and only those with a line of their own that are not well.
    /// </summary>
    private const int Many = 15;

    /// <summary>
    /// Writes one line for every pod; where they are many, one for each component, and one for every pod that is not well.
    /// </summary>
    public static void WritePods(VerifiedRelease release, AddressFamily family, TextWriter output)
    {
        if (release.Pods.Count < Many)
        {
            WriteEach(release, release.Pods, family, output);
            return;
        }

        Write(
            output,
            ["RUNS", "PODS", "OK", "WARNING", "ERROR", "NOT JUDGED", "READY"],
            release
                .Pods.GroupBy(static pod => string.Join(',', pod.Runs))
                .OrderBy(static pods => pods.Key, StringComparer.Ordinal)
                .Select(pods =>
                {
                    var verdicts = pods.ToLookup(pod => VerdictOf(release, pod));
                    return (IReadOnlyList<string>)
                        [
                            pods.Key,
                            Count(pods),
                            .. Verdicts.Select(verdict => verdicts[verdict].Any() ? Count(verdicts[verdict]) : NotApplicable),
                            Count(pods.Where(static pod => pod.IsReady == true)),
                        ];
                })
        );
        var unwell = release.Pods.Where(pod => VerdictOf(release, pod) != Verdicts[0]).ToList();
        if (unwell.Count > 0)
        {
            output.WriteLine();
            WriteEach(release, unwell, family, output);
        }
    }

    private static string Count(IEnumerable<PodReport> pods) => pods.Count().ToString(CultureInfo.InvariantCulture);

    private static void WriteEach(VerifiedRelease release, IEnumerable<PodReport> pods, AddressFamily family, TextWriter output) =>
        Write(
            output,
            ["POD", "RUNS", "VERDICT", "READY", "LISTENERS", "CONFIG", "GOSSIP", "RINGS", "ADDRESSES"],
            pods.Select(pod =>
                (IReadOnlyList<string>)
                    [
                        pod.Pod.Name,
                        string.Join(',', pod.Runs),
                        VerdictOf(release, pod),
                        pod.IsReady switch
                        {
                            true => "yes",
                            false => "no",
                            _ => Unknown,
                        },
                        release.HasListeners ? Listeners(pod, family) : NotApplicable,
                        !pod.IsTempo ? NotApplicable
                        : !pod.HasConfig ? Unknown
                        : pod.ConfigFindings.Count == 0 ? "ok"
                        : Number(pod.ConfigFindings.Count, "finding"),
                        pod.Gossip is { } gossip ? Number(gossip.Members.Count, "member")
                        : pod.JoinsMemberlist ? Unknown
                        : NotApplicable,
                        pod.Rings.Count == 0
                            ? NotApplicable
                            : string.Join(
                                ' ',
                                pod.Rings.OrderBy(static ring => ring.Key, StringComparer.Ordinal)
                                    .Select(static ring => $"{ring.Key}:{ring.Value.Members.Count}")
                            ),
                        pod.Pod.Addresses.Count == 0 ? NotApplicable : string.Join(' ', pod.Pod.Addresses),
                    ]
            )
        );

    /// <summary>Writes what became of the test spans.</summary>
    public static void WriteSpans(TraceReport trace, TextWriter output) =>
        Write(
            output,
            ["RECEIVER", "SPAN SENT TO", "TAKEN", "READ BACK"],
            trace.Spans.Select(static span =>
                (IReadOnlyList<string>)
                    [
                        span.Route.Receiver.Name,
                        span.Route.Address,
                        span.IsTaken ? "yes" : "no",
                        span.ReadAfter is { } seconds ? $"after {seconds.ToString(CultureInfo.InvariantCulture)} s"
                        : span.IsTaken ? "no"
                        : NotApplicable,
                    ]
            )
        );

    /// <summary>Writes what the names of the Services must resolve to.</summary>
    public static void WriteNames(VerifiedRelease release, TextWriter output) =>
        Write(
            output,
            ["NAME", "FAMILIES", "RESOLVES TO"],
            release.Names.Select(static name =>
                (IReadOnlyList<string>)
                    [
                        name.Name,
                        string.Join(',', name.Service.Service.StatedFamilies),
                        string.Join(
                            "; ",
                            new[] { Records("A", name.A), Records("AAAA", name.Aaaa) }.Where(static records => records.Length > 0)
                        )
                            is { Length: > 0 } records
                            ? records
                            : "nothing",
                    ]
            )
        );

    /// <summary>The verdict on a pod in a word or two.</summary>
    public static string VerdictOf(VerifiedRelease release, PodReport pod) =>
        pod.Problems.Count > 0
            ? "not judged"
            : release.WorstOf(pod.Pod) switch
            {
                ReportedLevel.Error => "error",
                ReportedLevel.Warning => "warning",
                _ => "ok",
            };

    private static string Listeners(PodReport pod, AddressFamily family)
    {
        if (pod.Listeners is null && pod.Connected is null)
        {
            return Unknown;
        }

        var failing = pod.Ports.Where(port => !IsReached(port)).ToList();
        return failing.Count == 0
            ? $"{pod.Ports.Count} ok"
            : "not " + string.Join(' ', failing.Select(static port => port.Port.ToString(CultureInfo.InvariantCulture)));

        bool IsReached(ExpectedPort port) =>
            pod.Listeners is { } listeners
                ? PodCheck.Reach(port, listeners) is var reach && (family == AddressFamily.IPv6 ? reach.OverIPv6 : reach.OverIPv4) == true
                : ReachCheck.Over(pod.Connected!.GetValueOrDefault(port.Port), family) == Attempt.Reached;
    }

    private static string Records(string type, IReadOnlyList<string> addresses) =>
        addresses.Count == 0
            ? ""
            : $"{type} {string.Join(' ', addresses.Take(AddressesShown))}{(addresses.Count > AddressesShown ? $" and {addresses.Count - AddressesShown} more" : "")}";

    private static string Number(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static void Write(TextWriter output, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var drawn = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(drawn),
            }
        );
        console.Profile.Width = Width;
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(static cell => new Text(Printable.OneLine(cell))));
        }

        console.Write(table);
        foreach (var line in drawn.ToString().TrimEnd().Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }
    }
}
