using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about the EndpointSlices of a release's Services.</summary>
internal static class EndpointCheck
{
    public static IEnumerable<Finding> Check(
        IEnumerable<ReleaseService> services,
        IReadOnlyList<PodReport> reports,
        ILookup<string, LiveSlice> slices,
        AddressFamily family
    )
    {
        var pods = reports.Where(static report => !report.Pod.IsOver).ToList();
        foreach (var member in services.Where(static member => !member.Service.IsExternalName && member.Service.HasSelector))
        {
            var service = member.Service;
            var place = Place.In(service.Object, service.Object.Path);
            var own = slices[service.Object.Name].ToList();
            foreach (
                var slice in own.Where(slice =>
                    service.StatedFamilies.Count > 0 && slice.Family is not null && !service.StatedFamilies.Contains(slice.AddressType)
                )
            )
            {
                yield return LiveChecks.ServiceEndpoints.Error(
                    place,
                    $"has the EndpointSlice {Printable.OneLine(slice.Name)} with {Printable.OneLine(slice.AddressType)} addresses, but its "
                        + $"families are [{string.Join(", ", service.StatedFamilies)}]",
                    "clients that still read it dial the other family",
                    "Delete the EndpointSlice, which its controller no longer manages"
                );
            }

            var selected = pods.Where(report => service.Selects(report.Pod.Labels)).ToList();
            var endpoints = own.Where(slice => slice.Family == family)
                .SelectMany(static slice => slice.Endpoints)
                .Where(static endpoint => !endpoint.IsTerminating)
                .ToList();
            if (member.Roles.HasFlag(ServiceRoles.GossipRing))
            {
                foreach (var finding in CheckRing(service, place, endpoints, pods, family))
                {
                    yield return finding;
                }
            }
            else if (selected.Exists(static report => report.Problems.Count == 0) && endpoints.Count == 0)
            {
                yield return LiveChecks.ServiceEndpoints.Error(
                    place,
                    $"has no {family} endpoint, but selects {Wording.Names([.. selected.Select(static report => report.Pod.Name)])}",
                    $"clients of the Service cannot reach these pods over {family}",
                    $"Set {family} as the first family of the Service, and give the pods {family} addresses"
                );
            }
        }
    }

    private static IEnumerable<Finding> CheckRing(
        Service service,
        Place place,
        List<LiveEndpoint> endpoints,
        List<PodReport> pods,
        AddressFamily family
    )
    {
        var held = endpoints.Select(static endpoint => endpoint.Address).ToHashSet();
        var missing = pods.Where(report =>
                report.JoinsMemberlist && report.Pod.AddressesOf(family).Any() && !report.Pod.AddressesOf(family).Any(held.Contains)
            )
            .Select(static report => report.Pod.Name)
            .ToList();
        if (missing.Count > 0)
        {
            yield return LiveChecks.ServiceEndpoints.Error(
                place,
                $"has no {family} endpoint for {Wording.Names(missing)}",
                "these pods join memberlist, and pods that start do not find them",
                "Add the labels of the Service's selector to their pod templates, and set publishNotReadyAddresses on the Service"
            );
        }

        // Pods that the Service selects by mistake are reported by the rule TPF010, at the same level.
        var known = pods.Where(report => !report.Template.JoinsMemberlist && service.Selects(report.Pod.Labels))
            .Select(static report => report.Pod.Name)
            .ToHashSet();
        var joining = pods.Where(static report => report.JoinsMemberlist).SelectMany(report => report.Pod.AddressesOf(family)).ToHashSet();
        var strangers = endpoints
            .Where(endpoint => !joining.Contains(endpoint.Address) && !known.Contains(endpoint.Pod ?? ""))
            .Select(static endpoint => endpoint.Pod ?? endpoint.Address)
            .Distinct()
            .ToList();
        if (strangers.Count > 0)
        {
            yield return LiveChecks.ServiceEndpoints.Warning(
                place,
                $"has endpoints for {Wording.Names(strangers)}",
                "they do not join this release's memberlist: they refuse connections, or the rings of two releases mix",
                "Remove the gossip label from their pod templates, or narrow the selector of the Service"
            );
        }
    }
}
