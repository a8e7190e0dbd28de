using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pages;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about memberlist and the rings, compared over all pods of a release.</summary>
internal sealed class MembershipCheck
{
    private readonly AddressFamily _family;
    private readonly IReadOnlyList<PodReport> _reports;
    private readonly Dictionary<string, LivePod> _podsByAddress;
    private readonly HashSet<string> _ownPods;

    public MembershipCheck(IReadOnlyList<PodReport> reports, AddressFamily family, IReadOnlyList<LivePod> namespacePods)
    {
        _reports = [.. reports.Where(static report => !report.Pod.IsOver)];
        _family = family;
        _ownPods = reports.Select(static report => report.Pod.Name).ToHashSet();
        _podsByAddress = new Dictionary<string, LivePod>();
        foreach (var pod in namespacePods)
        {
            foreach (var address in pod.Addresses)
            {
                // Pods on the host network share the addresses of the node; the first one is named.
                _podsByAddress.TryAdd(address, pod);
            }
        }
    }

    /// <summary>The findings about memberlist.</summary>
    public IEnumerable<Finding> CheckGossip()
    {
        var seeing = _reports.Where(static report => report.Gossip is not null).ToList();
        foreach (var (member, seenBy) in Members(seeing.Select(static report => (report.Pod, report.Gossip!))))
        {
            if (CheckMember(member, seenBy) is { } finding)
            {
                yield return finding;
            }
        }

        var joining = _reports.Where(static report => report.JoinsMemberlist && report.Problems.Count == 0).ToList();
        foreach (var report in seeing)
        {
            var missing = joining.Where(other => !other.Pod.Addresses.Any(report.Gossip!.Addresses.Contains)).ToList();
            if (missing.Count > 0)
            {
                yield return LiveChecks.GossipMembers.Error(
                    report.Pod.At("/memberlist"),
                    $"does not see {Wording.Names([.. missing.Select(static other => other.Pod.Name)])}",
                    "pods that do not see each other have different rings",
                    "Check that the gossip-ring Service selects all of them, and that no NetworkPolicy blocks them"
                );
            }
        }
    }

    /// <summary>The findings about the rings.</summary>
    public IEnumerable<Finding> CheckRings()
    {
        var apart = _reports.Where(static report => !report.JoinsMemberlist).Select(static report => report.Pod.Name).ToHashSet();
        var gossip = _reports.SelectMany(static report => report.Gossip?.Addresses ?? Enumerable.Empty<string>()).ToHashSet();
        foreach (var ring in _reports.SelectMany(static report => report.Rings.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var seeing = _reports.Where(report => report.Rings.ContainsKey(ring)).ToList();
            foreach (var (member, seenBy) in Members(seeing.Select(report => (report.Pod, report.Rings[ring]))))
            {
                if (CheckInstance(member, seenBy, ring, gossip, apart) is { } finding)
                {
                    yield return finding;
                }
            }

            foreach (var finding in CheckAgreement(seeing, ring))
            {
                yield return finding;
            }
        }
    }

    private Finding? CheckMember(Member member, IReadOnlyList<string> seenBy)
    {
        var pod = _podsByAddress.GetValueOrDefault(member.Address);
        var place = PlaceOf(member, "/memberlist");
        if (member.Family == _family.Other())
        {
            return LiveChecks.GossipMembers.Error(
                place,
                $"advertises {member.Address} to memberlist",
                $"the other members connect to this address over {_family.Other()}, but the release is {_family}",
                $"Set memberlist.bind_addr to [{_family.Wildcard()}], remove advertise_addr, and restart the pod"
            );
        }

        if (pod is null)
        {
            return LiveChecks.GossipMembers.Warning(
                place,
                $"is a member at {member.Address}, seen by {Wording.Names(seenBy)}",
                "no pod of the namespace has this address: its pod has ended without leaving, or is in another namespace",
                "Verify again in a few minutes; a member that stays belongs to another release"
            );
        }

        return _ownPods.Contains(pod.Name)
            ? null
            : LiveChecks.GossipMembers.Error(
                place,
                $"is a member at {member.Address}, the pod {Printable.OneLine(pod.Name)}, seen by {Wording.Names(seenBy)}",
                "this pod does not belong to the release, so the rings of two releases mix",
                "Give each release a gossip-ring Service that selects only its own pods, or its own memberlist.cluster_label"
            );
    }

    private Finding? CheckInstance(Member member, IReadOnlyList<string> seenBy, string ring, HashSet<string> gossip, HashSet<string> apart)
    {
        var pod = _podsByAddress.GetValueOrDefault(member.Address);
        var place = PlaceOf(member, PathOf(ring));
        var advertised = pod?.Addresses.FirstOrDefault(gossip.Contains);
        var registers = $"registers {member.Endpoint} in the ring of the {ring}";
        if (member.Endpoint.Host.Kind is HostKind.Loopback or HostKind.Wildcard)
        {
            return LiveChecks.RingMembers.Error(
                place,
                registers,
                "every member that connects to this address reaches itself",
                "Remove instance_addr of that ring, and restart the pod"
            );
        }

        if (member.Family == _family.Other())
        {
            return LiveChecks.RingMembers.Error(
                place,
                registers + (advertised is null || advertised == member.Address ? "" : $", but advertises {advertised} to memberlist"),
                $"the other members connect to this address over {_family.Other()}, but the release is {_family}",
                $"Set enable_inet6 of that ring to {(_family == AddressFamily.IPv6 ? "true" : "false")}, remove its instance_addr, "
                    + "and restart the pod"
            );
        }

        if (pod is null)
        {
            return LiveChecks.RingMembers.Warning(
                place,
                $"is {Printable.OneLine(member.State)} in the ring of the {ring} at {member.Endpoint}, seen by {Wording.Names(seenBy)}",
                "no pod of the namespace has this address any more",
                "Verify again in a few minutes; if the instance stays, forget it on the page of the ring"
            );
        }

        return gossip.Count == 0 || gossip.Contains(member.Address) || apart.Contains(pod.Name)
            ? null
            : LiveChecks.RingMembers.Error(
                place,
                $"{registers}, but " + (advertised is null ? "is not a member of memberlist" : $"advertises {advertised} to memberlist"),
                "the ring and memberlist disagree about its address",
                "Set both to the same family, and restart the pod"
            );
    }

    /// <summary>The view of most pods is assumed to be right; the other pods are reported with the difference.</summary>
    private static IEnumerable<Finding> CheckAgreement(List<PodReport> seeing, string ring)
    {
        HashSet<string> InstancesOf(PodReport report) => report.Rings[ring].Members.Select(Identity).ToHashSet();
        var usual = seeing
            .GroupBy(InstancesOf, HashSet<string>.CreateSetComparer())
            .OrderByDescending(static view => view.Count())
            .ThenByDescending(static view => view.Key.Count)
            .First();
        foreach (var report in seeing.Except(usual))
        {
            yield return LiveChecks.RingMembers.Error(
                report.Pod.At(PathOf(ring)),
                $"shows a ring {Difference(usual.Key, InstancesOf(report))}",
                $"{usual.Count()} of {seeing.Count} pods show another ring",
                "Verify again in a minute; if the difference stays, the pod does not receive gossip: read its log"
            );
        }
    }

    private static string Difference(HashSet<string> usual, HashSet<string> own) =>
        string.Join(
            " and ",
            new[] { (Word: "without", Names: usual.Except(own)), (Word: "with", Names: own.Except(usual)) }
                .Where(static part => part.Names.Any())
                .Select(static part => $"{part.Word} {Wording.Names([.. part.Names.Order(StringComparer.Ordinal)])}")
        );

    private static string Identity(Member member) => $"{member.Name} at {member.Endpoint}";

    private static string PathOf(string ring) => $"/{ring}/ring";

    /// <summary>Each member once, with the pods that see it. Equal views are one object, so that a thousand pods cost little.</summary>
    private static IEnumerable<(Member Member, IReadOnlyList<string> SeenBy)> Members(IEnumerable<(LivePod Pod, MemberView View)> seeing) =>
        seeing
            .GroupBy(static pair => pair.View, static pair => pair.Pod.Name)
            .ToList()
            .SelectMany(static view => view.Key.Members.Select(member => (Member: member, Pods: view)))
            .GroupBy(static seen => (seen.Member.Name, seen.Member.Endpoint))
            .OrderBy(static same => same.Key.Name, StringComparer.Ordinal)
            .Select(static same =>
                (
                    same.First().Member,
                    (IReadOnlyList<string>)[.. same.SelectMany(static seen => seen.Pods).Distinct().Order(StringComparer.Ordinal)]
                )
            );

    /// <summary>The pod of a member, if it is known.</summary>
    private Place PlaceOf(Member member, string path) =>
        _podsByAddress.GetValueOrDefault(member.Address)?.At(path) ?? new Place { Object = $"Member/{member.Name}", Path = path };
}
