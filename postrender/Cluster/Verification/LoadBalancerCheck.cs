using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about the addresses of Services of type LoadBalancer.</summary>
internal static class LoadBalancerCheck
{
    /// <summary>
    /// The findings. They are warnings: the release works inside the cluster, and some load balancers translate between the families. A
    /// host name instead of an address shows no family.
    /// </summary>
    public static IEnumerable<Finding> Check(IEnumerable<ReleaseService> services) =>
        services
            .Select(static member => member.Service)
            .Where(static service => service.Object.Text("spec", "type") == "LoadBalancer")
            .Select(Check)
            .OfType<Finding>();

    private static Finding? Check(Service service)
    {
        var place = Place.In(service.Object, service.Object.Path.Key("status", "loadBalancer"));
        var addresses = ExternalAddresses.OfLoadBalancer(service.Object);
        if (addresses.IsPending)
        {
            return LiveChecks.LoadBalancerAddress.Warning(
                place,
                "has no address yet",
                "clients outside the cluster cannot reach it",
                "Check the events of the Service; without a controller for load balancers it stays pending"
            );
        }

        var lacking = addresses.Lacking(service.StatedFamilies.Select(AddressFamilies.Parse).OfType<AddressFamily>());
        return lacking.Count == 0
            ? null
            : LiveChecks.LoadBalancerAddress.Warning(
                place,
                $"has {addresses}, but no {string.Join(" or ", lacking)} address",
                $"the Service is [{string.Join(", ", service.StatedFamilies)}], and clients outside the cluster cannot reach it over "
                    + string.Join(" and ", lacking),
                "Request that family from the load balancer, with the annotations of its controller"
            );
    }
}
