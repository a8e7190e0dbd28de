using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pages;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about memberlist and the rings, compared over all pods of a release.</summary>
internal sealed class MembershipCheck
{
    private readonly AddressFamily _family;
    private readonly IReadOnlyList<PodReport> _reports;
    private readonly Dictionary<string, LivePod> _podsByAddress;
    private readonly HashSet<string> _ownPods;

    /// <summary>Prepares the check.</summary>
    /// <param name="reports">What was read from the pods of the release.</param>
    /// <param name="family">The family of the release.</param>
    /// <param name="namespacePods">All pods of the namespace, to name members that do not belong to the release.</param>
    public MembershipCheck(IReadOnlyList<PodReport> reports, AddressFamily family, IReadOnlyList<LivePod> namespacePods)
    {
        _reports = [.. reports.Where(static report => !report.Pod.IsOver)];
        _family = family;
        _ownPods = reports.Select(static report => report.Pod.Name).ToHashSet(StringComparer.Ordinal);
        _podsByAddress = new Dictionary<string, LivePod>(StringComparer.Ordinal);
        foreach (var pod in namespacePods)
        {
            foreach (var address in pod.Addresses)
            {
                // Pods on the host network share the addresses of the node; the first one is named.
                _podsByAddress.TryAdd(MemberView.Normal(address), pod);
            }
        }
    }

    /// <summary>The findings about memberlist.</summary>
    public IEnumerable<Finding> CheckGossip()
    {
        var seeing = _reports.Where(static report => report.Gossip is not null).ToList();
        foreach (var (member, seenBy) in Members(seeing.Select(static report => (report.Pod, report.Gossip!))))
        {
            if (member.Family == _family.Other())
            {
                yield return At(
                    member,
                    LiveChecks.GossipMembers,
                    FindingLevel.Error,
                    "/memberlist",
                    $"advertises {MemberView.AddressOf(member)} to memberlist",
                    $"the others dial this address over {_family.Other()}, but the release is {_family}",
                    $"Set memberlist.bind_addr to [{_family.Wildcard()}], remove advertise_addr, and restart the pod"
                );
            }
            else if (!_podsByAddress.TryGetValue(MemberView.AddressOf(member), out var pod))
            {
                yield return At(
                    member,
                    LiveChecks.GossipMembers,
                    FindingLevel.Warning,
                    "/memberlist",
                    $"is a member at {MemberView.AddressOf(member)}, seen by {LiveFinding.Some(seenBy)}",
                    "no pod of the namespace has this address: its pod has ended without leaving, or is in another namespace",
                    "Verify again in a few minutes; a member that stays belongs to another release"
                );
            }
            else if (!_ownPods.Contains(pod.Name))
            {
                yield return At(
                    member,
                    LiveChecks.GossipMembers,
                    FindingLevel.Error,
                    "/memberlist",
                    $"is a member at {MemberView.AddressOf(member)}, the pod {Printable.OneLine(pod.Name)}, seen by "
                        + $"{LiveFinding.Some(seenBy)}",
                    "this pod does not belong to the release, so the rings of two releases mix",
                    "Give each release a gossip-ring Service that selects only its own pods, or its own memberlist.cluster_label"
                );
            }
        }

        var joining = _reports
            .Where(static report => report.JoinsMemberlist && report.Problems.Count == 0)
            .Select(static report => report.Pod)
            .ToList();
        foreach (var report in seeing)
        {
            var missing = joining
                .Where(pod => !pod.Addresses.Select(MemberView.Normal).Any(report.Gossip!.Addresses.Contains))
                .Select(static pod => pod.Name)
                .ToList();
            if (missing.Count > 0)
            {
                yield return LiveFinding.At(
                    report.Pod,
                    LiveChecks.GossipMembers,
                    FindingLevel.Error,
                    "/memberlist",
                    $"does not see {LiveFinding.Some(missing)}",
                    "pods that do not see each other have different rings",
                    "Check that the gossip-ring Service selects all of them, and that no NetworkPolicy blocks them"
                );
            }
        }
    }

    /// <summary>The findings about the rings.</summary>
    public IEnumerable<Finding> CheckRings()
    {
        var apart = _reports
            .Where(static report => !report.JoinsMemberlist)
            .Select(static report => report.Pod.Name)
            .ToHashSet(StringComparer.Ordinal);
        var gossip = _reports
            .Where(static report => report.Gossip is not null)
            .SelectMany(static report => report.Gossip!.Members)
            .Select(MemberView.AddressOf)
            .ToHashSet(StringComparer.Ordinal);
        foreach (
            var ring in _reports
                .SelectMany(static report => report.Rings.Keys)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
        {
            var seeing = _reports.Where(report => report.Rings.ContainsKey(ring)).ToList();
            var path = $"/{ring}/ring";
            foreach (var (member, seenBy) in Members(seeing.Select(report => (report.Pod, report.Rings[ring]))))
            {
                var address = MemberView.AddressOf(member);
                var pod = _podsByAddress.GetValueOrDefault(address);
                var gossiped = pod?.Addresses.Select(MemberView.Normal).FirstOrDefault(gossip.Contains);
                if (member.Endpoint.Host.Kind is HostKind.Loopback or HostKind.Wildcard)
                {
                    yield return At(
                        member,
                        LiveChecks.RingMembers,
                        FindingLevel.Error,
                        path,
                        $"registers {member.Endpoint} in the ring of the {ring}",
                        "the others dial this address, and each of them reaches itself",
                        "Remove instance_addr of that ring, and restart the pod"
                    );
                }
                else if (member.Family == _family.Other())
                {
                    yield return At(
                        member,
                        LiveChecks.RingMembers,
                        FindingLevel.Error,
                        path,
                        $"registers {member.Endpoint} in the ring of the {ring}"
                            + (gossiped is null || gossiped == address ? "" : $", but advertises {gossiped} to memberlist"),
                        $"the others dial this address over {_family.Other()}, but the release is {_family}",
                        $"Set enable_inet6 of that ring to {(_family == AddressFamily.IPv6 ? "true" : "false")}, remove its instance_addr, "
                            + "and restart the pod"
                    );
                }
                else if (pod is null)
                {
                    yield return At(
                        member,
                        LiveChecks.RingMembers,
                        FindingLevel.Warning,
                        path,
                        $"is {Printable.OneLine(member.State)} in the ring of the {ring} at {member.Endpoint}, seen by "
                            + $"{LiveFinding.Some(seenBy)}",
                        "no pod of the namespace has this address any more",
                        "Verify again in a few minutes; if the instance stays, forget it on the page of the ring"
                    );
                }
                else if (gossip.Count > 0 && !gossip.Contains(address) && !apart.Contains(pod.Name))
                {
                    yield return At(
                        member,
                        LiveChecks.RingMembers,
                        FindingLevel.Error,
                        path,
                        $"registers {member.Endpoint} in the ring of the {ring}, but "
                            + (gossiped is null ? "is not a member of memberlist" : $"advertises {gossiped} to memberlist"),
                        "the ring and memberlist disagree about its address",
                        "Set both to the same family, and restart the pod"
                    );
                }
            }

            foreach (var finding in CheckAgreement(seeing, ring, path))
            {
                yield return finding;
            }
        }
    }

    /// <summary>The view of most pods is assumed to be right; the other pods are reported with the difference.</summary>
    private static IEnumerable<Finding> CheckAgreement(List<PodReport> seeing, string ring, string path)
    {
        var usual = seeing
            .GroupBy(
                report => report.Rings[ring].Members.Select(Identity).ToHashSet(StringComparer.Ordinal),
                HashSet<string>.CreateSetComparer()
            )
            .OrderByDescending(static group => group.Count())
            .ThenByDescending(static group => group.Key.Count)
            .First();
        foreach (var report in seeing.Except(usual))
        {
            var own = report.Rings[ring].Members.Select(Identity).ToHashSet(StringComparer.Ordinal);
            yield return LiveFinding.At(
                report.Pod,
                LiveChecks.RingMembers,
                FindingLevel.Error,
                path,
                $"shows a ring {Difference(usual.Key, own)}",
                $"{usual.Count()} of {seeing.Count} pods show another ring",
                "Verify again in a minute; if the difference stays, the pod does not receive gossip: read its log"
            );
        }
    }

    private static string Difference(HashSet<string> usual, HashSet<string> own) =>
        string.Join(
            " and ",
            new[] { (Word: "without", Names: Sorted(usual.Except(own))), (Word: "with", Names: Sorted(own.Except(usual))) }
                .Where(static part => part.Names.Count > 0)
                .Select(static part => $"{part.Word} {LiveFinding.Some(part.Names)}")
        );

    private static List<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static string Identity(Member member) => $"{member.Name} at {member.Endpoint}";

    /// <summary>Each member once, with the pods that see it. Equal views are one object, so that a thousand pods cost little.</summary>
    private static IEnumerable<(Member Member, IReadOnlyList<string> SeenBy)> Members(IEnumerable<(LivePod Pod, MemberView View)> seeing)
    {
        var views = seeing.GroupBy(static pair => pair.View, static pair => pair.Pod.Name).ToList();
        return views
            .SelectMany(static view => view.Key.Members.Select(member => (Member: member, View: view)))
            .GroupBy(static pair => (pair.Member.Name, pair.Member.Endpoint), static pair => pair)
            .OrderBy(static member => member.Key.Name, StringComparer.Ordinal)
            .Select(static member =>
                (
                    member.First().Member,
                    (IReadOnlyList<string>)
                        [.. member.SelectMany(static pair => pair.View).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                )
            );
    }

    /// <summary>The finding is at the pod of the member, if it is known.</summary>
    private Finding At(Member member, RuleDescription check, FindingLevel level, string path, string found, string why, string remedy) =>
        _podsByAddress.TryGetValue(MemberView.AddressOf(member), out var pod)
            ? LiveFinding.At(pod, check, level, path, found, why, remedy)
            : LiveFinding.At($"Member/{member.Name}", [], check, level, path, found, why, remedy);
}
