using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>A table of a report.</summary>
/// <param name="Columns">The names of its columns.</param>
internal sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>The tables of <c>verify</c>: of pods, of the names of Services, and of test spans.</summary>
internal static class VerificationTables
{
    private const string Unknown = "?";
    private const string NotApplicable = "-";
    private const int AddressesShown = 3;

    /// <summary>
    /// From this number of pods on, pods are counted by component, and only pods that are not ok have their own line.
    /// </summary>
    private const int Many = 15;

    /// <summary>The tables of a release that have rows.</summary>
    public static IEnumerable<ReportTable> Of(VerifiedRelease release, AddressFamily family)
    {
        IEnumerable<ReportTable> pods =
            release.Pods.Count < Many
                ? [Pods(release, release.Pods, family)]
                : [Components(release), Pods(release, release.Pods.Where(pod => release.VerdictOf(pod) != PodVerdict.Ok), family)];
        return pods.Concat([Names(release), Spans(release)]).Where(static table => table.Rows.Count > 0);
    }

    private static ReportTable Components(VerifiedRelease release)
    {
        var verdicts = Enum.GetValues<PodVerdict>();
        return new ReportTable(
            ["RUNS", "PODS", .. verdicts.Select(static verdict => Word(verdict).ToUpperInvariant()), "READY", "FINDINGS"],
            [
                .. release
                    .Pods.GroupBy(static pod => string.Join(',', pod.Runs))
                    .OrderBy(static pods => pods.Key, StringComparer.Ordinal)
                    .Select(pods =>
                    {
                        var byVerdict = pods.ToLookup(release.VerdictOf);
                        return (IReadOnlyList<string>)
                            [
                                pods.Key,
                                Count(pods),
                                .. verdicts.Select(verdict => byVerdict[verdict].Any() ? Count(byVerdict[verdict]) : NotApplicable),
                                Count(pods.Where(static pod => pod.IsReady == true)),
                                FindingsAt(release, pods),
                            ];
                    }),
            ]
        );
    }

    /// <summary>The ids of the findings at pods, the most frequent first.</summary>
    private static string FindingsAt(VerifiedRelease release, IEnumerable<PodReport> pods) =>
        Join(
            pods.SelectMany(release.FindingsAt)
                .CountBy(static finding => finding.Rule.Id)
                .OrderByDescending(static id => id.Value)
                .ThenBy(static id => id.Key, StringComparer.Ordinal)
                .Select(static id => id.Value == 1 ? id.Key : $"{id.Key} x{id.Value}")
        );

    private static ReportTable Pods(VerifiedRelease release, IEnumerable<PodReport> pods, AddressFamily family) =>
        new(
            ["POD", "RUNS", "VERDICT", "READY", "LISTENERS", "CONFIG", "GOSSIP", "RINGS", "ADDRESSES"],
            [
                .. pods.Select(pod =>
                    (IReadOnlyList<string>)
                        [
                            pod.Pod.Name,
                            string.Join(',', pod.Runs),
                            Word(release.VerdictOf(pod)),
                            pod.IsReady is { } isReady ? YesOrNo(isReady) : Unknown,
                            release.HasListeners ? Listeners(pod, family) : NotApplicable,
                            !pod.IsTempo ? NotApplicable
                            : !pod.HasConfig ? Unknown
                            : pod.ConfigFindings.Count == 0 ? "ok"
                            : Wording.Count(pod.ConfigFindings.Count, "finding"),
                            pod.Gossip is { } gossip ? Wording.Count(gossip.Members.Count, "member")
                            : pod.JoinsMemberlist ? Unknown
                            : NotApplicable,
                            Join(
                                pod.Rings.OrderBy(static ring => ring.Key, StringComparer.Ordinal)
                                    .Select(static ring => $"{ring.Key}:{ring.Value.Members.Count}")
                            ),
                            Join(pod.Pod.Addresses),
                        ]
                ),
            ]
        );

    /// <summary>The results of the test spans.</summary>
    private static ReportTable Spans(VerifiedRelease release) =>
        new(
            ["RECEIVER", "SPAN SENT TO", "TAKEN", "READ BACK"],
            [
                .. (release.Trace?.Spans ?? []).Select(static span =>
                    (IReadOnlyList<string>)
                        [
                            span.Route.Receiver.Name,
                            span.Route.To.Address,
                            YesOrNo(span.IsTaken),
                            span.ReadAfter is { } seconds ? $"after {seconds.ToString(CultureInfo.InvariantCulture)} s"
                            : span.IsTaken ? "no"
                            : NotApplicable,
                        ]
                ),
            ]
        );

    /// <summary>What the names of the Services resolve to.</summary>
    private static ReportTable Names(VerifiedRelease release) =>
        new(
            ["NAME", "FAMILIES", "RESOLVES TO"],
            [
                .. release.Names.Select(static name =>
                    (IReadOnlyList<string>)
                        [
                            name.Name,
                            string.Join(',', name.Service.StatedFamilies),
                            name.Addresses switch
                            {
                                { IPv4.Count: 0, IPv6.Count: 0 } => "nothing",
                                { IPv6.Count: 0 } => Records("A", name.Addresses.IPv4),
                                { IPv4.Count: 0 } => Records("AAAA", name.Addresses.IPv6),
                                _ => $"{Records("A", name.Addresses.IPv4)}; {Records("AAAA", name.Addresses.IPv6)}",
                            },
                        ]
                ),
            ]
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
        if (pod.Listeners is null && pod.Connections is null)
        {
            return Unknown;
        }

        var failing = pod.Ports.Where(port => PodCheck.Reach(port, pod)[family] != true).ToList();
        return failing.Count == 0
            ? $"{pod.Ports.Count} ok"
            : "not " + string.Join(' ', failing.Select(static port => port.Port.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Records(string type, IReadOnlyList<string> addresses) =>
        $"{type} {string.Join(' ', addresses.Take(AddressesShown))}"
        + (addresses.Count > AddressesShown ? $" and {addresses.Count - AddressesShown} more" : "");

    private static string Count(IEnumerable<PodReport> pods) => pods.Count().ToString(CultureInfo.InvariantCulture);

    private static string YesOrNo(bool value) => value ? "yes" : "no";

    private static string Join(IEnumerable<string> words) => string.Join(' ', words) is { Length: > 0 } text ? text : NotApplicable;
}
