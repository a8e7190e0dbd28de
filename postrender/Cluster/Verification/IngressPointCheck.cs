using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about the addresses of Ingresses and Gateways.</summary>
internal static class IngressPointCheck
{
    /// <summary>
    /// The findings. They are warnings, as for load balancers: the release works inside the cluster, and a proxy or a DNS record in front
    /// may have the other family.
    /// </summary>
    public static IEnumerable<Finding> Check(
        IEnumerable<IngressPoint> ingressPoints,
        IReadOnlySet<string> services,
        AddressFamily family
    ) =>
        from ingressPoint in ingressPoints
        let own = ingressPoint.Services.Where(services.Contains).Order(StringComparer.Ordinal).ToList()
        where own.Count > 0
        let finding = Check(ingressPoint, Wording.Names(own), family)
        where finding is not null
        select finding;

    private static Finding? Check(IngressPoint ingressPoint, string services, AddressFamily family) =>
        ingressPoint switch
        {
            { Problem: { } problem } => LiveChecks.IngressAddress.Warning(
                ingressPoint.Place,
                problem,
                $"it is unknown whether clients outside the cluster can reach {services}",
                "Check the routes of the release and the permissions, and verify again"
            ),
            { Addresses.IsPending: true } => LiveChecks.IngressAddress.Warning(
                ingressPoint.Place,
                "has no address yet",
                $"clients outside the cluster cannot reach {services} through it",
                "Check its events and its status; without a controller for its class it stays pending"
            ),
            _ when ingressPoint.Addresses.Lacking([family]).Count > 0 => LiveChecks.IngressAddress.Warning(
                ingressPoint.Place,
                $"has {ingressPoint.Addresses}, but no {family} address",
                $"the release is {family}, and clients outside the cluster cannot reach {services} through it over {family}",
                $"Give the load balancer of its controller an {family} address"
            ),
            _ => null,
        };
}
