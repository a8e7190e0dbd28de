using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about the addresses of Services of type LoadBalancer.</summary>
internal static class LoadBalancerCheck
{
    /// <summary>
    /// The findings. They are warnings: the release works inside the cluster, and some load balancers translate between the families. A
    /// host name instead of an address shows no family.
    /// </summary>
    /// <param name="release">The release.</param>
    public static IEnumerable<Finding> Check(Release release)
    {
        foreach (
            var service in release
                .Services.Select(static member => member.Service)
                .Where(static service => service.Object.Text("spec", "type") == "LoadBalancer")
        )
        {
            var points = service.Object.Find("status", "loadBalancer", "ingress").Items().ToList();
            var families = points
                .Select(static point => Host.ParseAddress(point.Text("ip") ?? ""))
                .OfType<System.Net.IPAddress>()
                .Select(Host.FamilyOf)
                .ToHashSet();
            if (points.Count == 0)
            {
                yield return At(
                    service,
                    "has no address yet",
                    "clients outside the cluster cannot reach it",
                    "Check the events of the Service; without a controller for load balancers it stays pending"
                );
            }
            else if (families.Count > 0)
            {
                var lacking = service
                    .StatedFamilies.Select(AddressFamilies.Parse)
                    .OfType<AddressFamily>()
                    .Where(family => !families.Contains(family))
                    .ToList();
                if (lacking.Count > 0)
                {
                    var shown = string.Join(
                        ", ",
                        points.Select(static point => Printable.OneLine(point.Text("ip") ?? point.Text("hostname") ?? ""))
                    );
                    yield return At(
                        service,
                        $"has {shown}, but no {string.Join(" or ", lacking)} address",
                        $"the Service is [{string.Join(", ", service.StatedFamilies)}], and clients outside the cluster cannot reach it over "
                            + string.Join(" and ", lacking),
                        "Request that family from the load balancer, with the annotations of its controller"
                    );
                }
            }
        }
    }

    private static Finding At(Service service, string found, string why, string remedy) =>
        LiveFinding.At(
            service.Object.Reference,
            service.Object.IgnoredRules,
            LiveChecks.LoadBalancerAddress,
            FindingLevel.Warning,
            "status.loadBalancer",
            found,
            why,
            remedy
        );
}
