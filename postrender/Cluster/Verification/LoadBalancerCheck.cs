using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What clients outside the cluster see of the Services of type LoadBalancer.</summary>
internal static class LoadBalancerCheck
{
    /// <summary>
    /// The findings. They are warnings: inside the cluster everything works, and some load balancers take one family and hand on the
    /// other. A name instead of an address tells nothing about families.
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
                    "Look at the Service's events; a cluster without a controller for load balancers leaves it so"
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
                    yield return At(
                        service,
                        $"has the address{(points.Count == 1 ? "" : "es")} {string.Join(", ", points.Select(static point => Printable.OneLine(point.Text("ip") ?? point.Text("hostname") ?? "")))}, and none of {string.Join(" and ", lacking)}",
                        $"the Service is [{string.Join(", ", service.StatedFamilies)}], and clients cannot reach it over {string.Join(" and ", lacking)}",
                        "Ask the load balancer for that family, by the annotations that its controller knows"
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
