using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The tables of <c>verify</c>: of pods, of test spans, and of the names of Services.</summary>
internal static class VerificationTable
{
    private const string Unknown = "?";
    private const string NotApplicable = "-";

    private const int AddressesShown = 3;

    /// <summary>
    /// From this number of pods on, pods are counted by component, and only pods that are not ok have their own line.
    /// </summary>
    private const int Many = 15;

    /// <summary>Writes every table of a release.</summary>
    public static void WriteAll(VerifiedRelease release, AddressFamily family, ITableOutput output)
    {
        WritePods(release, family, output);
        if (release.Names.Count > 0)
        {
            WriteNames(release, output);
        }

        if (release.Trace is { Spans.Count: > 0 } trace)
        {
            WriteSpans(trace, output);
        }
    }

    /// <summary>
    /// Writes one line for each pod; if there are many, one for each component and one for each pod that is not ok.
    /// </summary>
    public static void WritePods(VerifiedRelease release, AddressFamily family, ITableOutput output)
    {
        if (release.Pods.Count < Many)
        {
            WriteEach(release, release.Pods, family, output);
            return;
        }

        Write(
            output,
            [
                "RUNS",
                "PODS",
                .. Enum.GetValues<PodVerdict>().Select(static verdict => Word(verdict).ToUpperInvariant()),
                "READY",
                "FINDINGS",
            ],
            release
                .Pods.GroupBy(static pod => string.Join(',', pod.Runs))
                .OrderBy(static pods => pods.Key, StringComparer.Ordinal)
                .Select(pods =>
                {
                    var verdicts = pods.ToLookup(release.VerdictOf);
                    return (IReadOnlyList<string>)
                        [
                            pods.Key,
                            Count(pods),
                            .. Enum.GetValues<PodVerdict>()
                                .Select(verdict => verdicts[verdict].Any() ? Count(verdicts[verdict]) : NotApplicable),
                            Count(pods.Where(static pod => pod.IsReady == true)),
                            FindingsAt(release, pods),
                        ];
                })
        );
        var notOk = release.Pods.Where(pod => release.VerdictOf(pod) != PodVerdict.Ok).ToList();
        if (notOk.Count > 0)
        {
            WriteEach(release, notOk, family, output);
        }
    }

    /// <summary>The ids of the findings at pods, the most frequent first.</summary>
    private static string FindingsAt(VerifiedRelease release, IEnumerable<PodReport> pods) =>
        pods.SelectMany(release.FindingsAt)
            .CountBy(static finding => finding.Rule.Id)
            .OrderByDescending(static id => id.Value)
            .ThenBy(static id => id.Key, StringComparer.Ordinal)
            .Select(static id => id.Value == 1 ? id.Key : $"{id.Key} x{id.Value}")
            .ToList()
            is { Count: > 0 } ids
            ? string.Join(' ', ids)
            : NotApplicable;

    private static string Count(IEnumerable<PodReport> pods) => pods.Count().ToString(CultureInfo.InvariantCulture);

    private static void WriteEach(VerifiedRelease release, IEnumerable<PodReport> pods, AddressFamily family, ITableOutput output) =>
        Write(
            output,
            ["POD", "RUNS", "VERDICT", "READY", "LISTENERS", "CONFIG", "GOSSIP", "RINGS", "ADDRESSES"],
            pods.Select(pod =>
                (IReadOnlyList<string>)
                    [
                        pod.Pod.Name,
                        string.Join(',', pod.Runs),
                        Word(release.VerdictOf(pod)),
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

    /// <summary>Writes the results of the test spans.</summary>
    public static void WriteSpans(TraceReport trace, ITableOutput output) =>
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

    /// <summary>Writes what the names of the Services resolve to.</summary>
    public static void WriteNames(VerifiedRelease release, ITableOutput output) =>
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

    private static string Word(PodVerdict verdict) =>
        verdict switch
        {
            PodVerdict.Ok => "ok",
            PodVerdict.Warning => "warning",
            PodVerdict.Error => "error",
            _ => "not checked",
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
            : $"{type} {string.Join(' ', addresses.Take(AddressesShown))}"
                + (addresses.Count > AddressesShown ? $" and {addresses.Count - AddressesShown} more" : "");

    private static string Number(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static void Write(ITableOutput output, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        output.Write(columns, rows);
}
