using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>What does not work between the deletion of a Service and the upgrade that creates it again.</summary>
/// <param name="Order">The Services with the lowest number are deleted first, so that those that clients write through are away for
/// the shortest time.</param>
/// <param name="Text">What does not work, as a clause.</param>
internal sealed record ServiceOutage(int Order, string Text)
{
    /// <summary>The outage while a Service does not exist.</summary>
    /// <param name="member">Its part in a Tempo release, or null if it has none.</param>
    public static ServiceOutage Of(Service service, ReleaseService? member)
    {
        var use = Use(member);
        return service.Object.Text("spec", "type") switch
        {
            "LoadBalancer" => use with { Text = $"{use.Text}; its load balancer is deleted, and the new one may have another address" },
            "NodePort" => use with { Text = $"{use.Text}; its node ports change unless the manifest sets them" },
            _ => use,
        };
    }

    private static ServiceOutage Use(ReleaseService? member)
    {
        if (member is null)
        {
            return new ServiceOutage(1, "its clients cannot connect");
        }

        var targets = member
            .SelectedOwn.SelectMany(static workload => workload.Containers)
            .SelectMany(static container => container.Targets)
            .ToHashSet();
        return member.Roles switch
        {
            var roles when roles.HasFlag(ServiceRoles.Cache) => new ServiceOutage(0, "queries read from object storage without the cache"),
            var roles when roles.HasFlag(ServiceRoles.GossipRing) => new ServiceOutage(
                0,
                "running members keep their peers, but a pod that starts finds none"
            ),
            var roles when roles.HasFlag(ServiceRoles.Gateway) => new ServiceOutage(4, "clients cannot reach Tempo through the gateway"),
            _ when targets.Overlaps(["distributor", "all", "scalable-single-binary"]) => new ServiceOutage(3, "clients cannot send traces"),
            _ when targets.Contains("query-frontend") => new ServiceOutage(2, "queries fail"),
            var roles when roles.HasFlag(ServiceRoles.DialledByTempo) => new ServiceOutage(
                1,
                "the components of Tempo that dial it cannot connect"
            ),
            _ => new ServiceOutage(0, "its pods can be reached only at their own addresses"),
        };
    }
}
