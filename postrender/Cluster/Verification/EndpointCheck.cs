using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What the name of a Service resolves to.</summary>
/// <param name="Name">The name: <c>tempo-gossip-ring.tempo.svc</c>.</param>
/// <param name="Service">The Service.</param>
/// <param name="A">The IPv4 addresses.</param>
/// <param name="Aaaa">The IPv6 addresses.</param>
internal sealed record DnsExpectation(string Name, ReleaseService Service, IReadOnlyList<string> A, IReadOnlyList<string> Aaaa);

/// <summary>The findings about the EndpointSlices of a release's Services.</summary>
internal static class EndpointCheck
{
    /// <summary>What the names of the Services resolve to, according to the rules of Kubernetes DNS.</summary>
    public static IEnumerable<DnsExpectation> Names(IEnumerable<ReleaseService> services, ILookup<string, LiveSlice> slices, string ns)
    {
        foreach (var member in services.Where(static member => !member.Service.IsExternalName))
        {
            var service = member.Service;
            var all = service.Object.Text("spec", "publishNotReadyAddresses") == "true";
            var addresses = service.IsHeadless
                ? slices[service.Object.Name]
                    .SelectMany(static slice => slice.Endpoints)
                    .Where(endpoint => all || endpoint.IsReady)
                    .Select(static endpoint => endpoint.Address)
                : service.Object.Texts("spec", "clusterIPs");
            var byFamily = addresses.Distinct(StringComparer.Ordinal).ToLookup(static address => Host.Parse(address).Family);
            yield return new DnsExpectation(
                $"{service.Object.Name}.{ns}.svc",
                member,
                [.. byFamily[AddressFamily.IPv4].Order(StringComparer.Ordinal)],
                [.. byFamily[AddressFamily.IPv6].Order(StringComparer.Ordinal)]
            );
        }
    }

    /// <summary>The findings.</summary>
    /// <param name="services">The Services.</param>
    /// <param name="reports">What was read from its pods.</param>
    /// <param name="slices">The EndpointSlices of the namespace.</param>
    /// <param name="family">The family of the release.</param>
    public static IEnumerable<Finding> Check(
        IEnumerable<ReleaseService> services,
        IReadOnlyList<PodReport> reports,
        ILookup<string, LiveSlice> slices,
        AddressFamily family
    )
    {
        var pods = reports.Where(static report => !report.Pod.IsOver).ToList();
        foreach (var member in services.Where(static member => !member.Service.IsExternalName && member.Service.Selector.Count > 0))
        {
            var service = member.Service;
            var own = slices[service.Object.Name].ToList();
            foreach (
                var slice in own.Where(slice =>
                    service.StatedFamilies.Count > 0 && slice.Family is not null && !service.StatedFamilies.Contains(slice.AddressType)
                )
            )
            {
                yield return At(
                    member,
                    FindingLevel.Error,
                    $"has the EndpointSlice {Printable.OneLine(slice.Name)} with {Printable.OneLine(slice.AddressType)} addresses, but its "
                        + $"families are [{string.Join(", ", service.StatedFamilies)}]",
                    "clients that still read it dial the other family",
                    "Delete the EndpointSlice, which its controller has left behind"
                );
            }

            var selected = pods.Where(report => service.Selects(report.Pod.Labels)).ToList();
            var endpoints = own.Where(slice => slice.Family == family)
                .SelectMany(static slice => slice.Endpoints)
                .Where(static endpoint => !endpoint.IsTerminating)
                .ToList();
            if (member.Roles.HasFlag(ServiceRoles.GossipRing))
            {
                foreach (var finding in CheckRing(member, endpoints, pods, family))
                {
                    yield return finding;
                }
            }
            else if (selected.Exists(static report => report.Problems.Count == 0) && endpoints.Count == 0)
            {
                yield return At(
                    member,
                    FindingLevel.Error,
                    $"has no {family} endpoint, but selects {LiveFinding.Some([.. selected.Select(static report => report.Pod.Name)])}",
                    $"clients of the Service cannot reach these pods over {family}",
                    $"Set {family} as the first family of the Service, and give the pods {family} addresses"
                );
            }
        }
    }

    private static IEnumerable<Finding> CheckRing(
        ReleaseService member,
        List<LiveEndpoint> endpoints,
        List<PodReport> pods,
        AddressFamily family
    )
    {
        var held = endpoints.Select(static endpoint => endpoint.Address).ToHashSet(StringComparer.Ordinal);
        var missing = pods.Where(report =>
                report.JoinsMemberlist
                && report.Pod.AddressesOf(family).Any()
                && !report.Pod.AddressesOf(family).Select(MemberView.Normal).Any(held.Contains)
            )
            .Select(static report => report.Pod.Name)
            .ToList();
        if (missing.Count > 0)
        {
            yield return At(
                member,
                FindingLevel.Error,
                $"has no {family} endpoint for {LiveFinding.Some(missing)}",
                "these pods join memberlist, and pods that start do not find them",
                "Add the labels of the Service's selector to their pod templates, and set publishNotReadyAddresses on the Service"
            );
        }

        // Pods that the Service selects by mistake are reported by the rule TPF010, at the same level.
        var known = pods.Where(report => !report.Subject.Template.JoinsMemberlist && member.Service.Selects(report.Pod.Labels))
            .Select(static report => report.Pod.Name)
            .ToHashSet(StringComparer.Ordinal);
        var joining = pods.Where(static report => report.JoinsMemberlist)
            .SelectMany(report => report.Pod.AddressesOf(family))
            .Select(MemberView.Normal)
            .ToHashSet(StringComparer.Ordinal);
        var strangers = endpoints
            .Where(endpoint => !joining.Contains(endpoint.Address) && !known.Contains(endpoint.Pod ?? ""))
            .Select(static endpoint => endpoint.Pod ?? endpoint.Address)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (strangers.Count > 0)
        {
            yield return At(
                member,
                FindingLevel.Warning,
                $"has endpoints for {LiveFinding.Some(strangers)}",
                "they do not join this release's memberlist: they refuse connections, or the rings of two releases mix",
                "Remove the gossip label from their pod templates, or narrow the selector of the Service"
            );
        }
    }

    private static Finding At(ReleaseService member, FindingLevel level, string found, string why, string remedy) =>
        LiveFinding.At(
            member.Service.Object.Reference,
            member.Service.Object.IgnoredRules,
            LiveChecks.ServiceEndpoints,
            level,
            "",
            found,
            why,
            remedy
        );
}
