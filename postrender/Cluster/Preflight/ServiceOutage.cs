using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>What does not work between the deletion of a Service and the upgrade that makes it again.</summary>
/// <param name="Order">Lower goes first: what clients write through is gone the shortest.</param>
/// <param name="Text">What does not work, as a clause.</param>
internal sealed record ServiceOutage(int Order, string Text)
{
    /// <summary>What a Service's absence means.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="member">Its part in a Tempo release, or null where it has none.</param>
    public static ServiceOutage Of(Service service, ReleaseService? member)
    {
        var use = Use(member);
        return service.Object.Text("spec", "type") switch
        {
            "LoadBalancer" => use with { Text = $"{use.Text}; its load balancer is released, and the new one may have another address" },
            "NodePort" => use with { Text = $"{use.Text}; its node ports change unless the manifest states them" },
            _ => use,
        };
    }

    private static ServiceOutage Use(ReleaseService? member)
    {
        if (member is null)
        {
            return new ServiceOutage(1, "whoever dials it finds nothing");
        }

        var targets = member
            .Fronts.SelectMany(static workload => workload.Containers)
            .SelectMany(static container => container.Targets)
            .ToHashSet(StringComparer.Ordinal);
        return member.Roles switch
        {
            var roles when roles.HasFlag(ServiceRoles.Cache) => new ServiceOutage(0, "queries read object storage without the cache"),
            var roles when roles.HasFlag(ServiceRoles.GossipRing) => new ServiceOutage(
                0,
                "members keep the peers they know, and a pod that starts finds none"
            ),
            var roles when roles.HasFlag(ServiceRoles.Gateway) => new ServiceOutage(4, "nothing reaches Tempo through the gateway"),
            _ when targets.Overlaps(["distributor", "all", "scalable-single-binary"]) => new ServiceOutage(3, "clients cannot send traces"),
            _ when targets.Contains("query-frontend") => new ServiceOutage(2, "queries are not answered"),
            var roles when roles.HasFlag(ServiceRoles.DialledByTempo) => new ServiceOutage(1, "the components of Tempo that dial it wait"),
            _ => new ServiceOutage(0, "its pods are reached by their own addresses only"),
        };
    }
}
