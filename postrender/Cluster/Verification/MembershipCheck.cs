using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pages;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What memberlist and the rings show, taken over all pods of a release.</summary>
internal sealed class MembershipCheck
{
    private readonly AddressFamily _family;
    private readonly IReadOnlyList<PodReport> _reports;
    private readonly Dictionary<string, LivePod> _podsByAddress;
    private readonly HashSet<string> _ownPods;

    /// <summary>Prepares the check.</summary>
    /// <param name="reports">What was seen of the release's pods.</param>
    /// <param name="family">The family of the release.</param>
    /// <param name="namespacePods">All pods of the namespace, to name strangers.</param>
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
                // Pods on the host's network share its addresses; whose it is cannot be told then.
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
                    $"the others dial it there, over {_family.Other()}, and the release is {_family}",
                    $"Set memberlist.bind_addr to [{_family.Wildcard()}], leave advertise_addr unset, and restart the pod"
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
                    "no pod has that address: it is gone without leaving, or belongs to another namespace",
                    "Verify again in some minutes; a member that stays belongs to another release"
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
                    "it is no pod of this release, and the rings of both mix",
                    "Give each release a gossip-ring Service that selects its own pods only, or a memberlist.cluster_label of its own"
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
                    "pods that do not see each other hold different rings",
                    "Check that the gossip-ring Service leads to all of them, and that no NetworkPolicy shuts them out"
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
                        "the others dial it there, and each of them dials itself",
                        "Leave instance_addr of that ring unset, and restart the pod"
                    );
                }
                else if (member.Family == _family.Other())
                {
                    yield return At(
                        member,
                        LiveChecks.RingMembers,
                        FindingLevel.Error,
                        path,
                        $"registers {member.Endpoint} in the ring of the {ring}{(gossiped is null || gossiped == address ? "" : $", while it advertises {gossiped} to memberlist")}",
                        $"the others dial it there, over {_family.Other()}, and the release is {_family}",
                        $"Set enable_inet6 of that ring to {(_family == AddressFamily.IPv6 ? "true" : "false")}, leave its instance_addr unset, and restart the pod"
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
                        "no pod has that address any more",
                        "Verify again in some minutes; forget the instance on the page of the ring if it stays"
                    );
                }
                else if (gossip.Count > 0 && !gossip.Contains(address) && !apart.Contains(pod.Name))
                {
                    yield return At(
                        member,
                        LiveChecks.RingMembers,
                        FindingLevel.Error,
                        path,
                        $"registers {member.Endpoint} in the ring of the {ring}, but {(gossiped is null ? "is no member of memberlist" : $"advertises {gossiped} to memberlist")}",
                        "ring and gossip do not agree on where it is",
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

    /// <summary>Most pods are taken to be right; the others are named, with what they lack or see alone.</summary>
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
                $"shows {Difference(usual.Key, own)}",
                $"{usual.Count()} of {seeing.Count} pods see it otherwise",
                "Verify again in a minute; what stays apart has not heard of the rest, see its log"
            );
        }
    }

    private static string Difference(HashSet<string> usual, HashSet<string> own) =>
        string.Join(
            " and ",
            ((string Word, List<string> Names)[])
                [
                    ("lacks", [.. usual.Except(own).Order(StringComparer.Ordinal)]),
                    ("has besides", [.. own.Except(usual).Order(StringComparer.Ordinal)]),
                ]
                is var parts
                ? parts
                    .Where(static part => part.Names.Count > 0)
                    .Select(static part => $"a ring that {part.Word} {LiveFinding.Some(part.Names)}")
                : []
        );

    private static string Identity(Member member) => $"{member.Name} at {member.Endpoint}";

    /// <summary>Every member once, and who sees it. Views that are the same are one object, so that a thousand pods cost little.</summary>
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

    /// <summary>A member is its pod, where that is known.</summary>
    private Finding At(Member member, RuleDescription check, FindingLevel level, string path, string found, string why, string remedy) =>
        _podsByAddress.TryGetValue(MemberView.AddressOf(member), out var pod)
            ? LiveFinding.At(pod, check, level, path, found, why, remedy)
            : LiveFinding.At($"Member/{member.Name}", [], check, level, path, found, why, remedy);
}
