using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>A Service that has to be deleted before the upgrade.</summary>
/// <param name="Reference">The Service: <c>Service/tempo/tempo-distributor</c>.</param>
/// <param name="Command">The command that deletes it.</param>
/// <param name="Outage">What does not work until the upgrade creates it again, as a clause.</param>
public sealed record ServiceDeletion(string Reference, string Command, string Outage)
{
    /// <summary>The deletions that an upgrade needs, in the order in which the outages are shortest.</summary>
    /// <param name="changes">What the upgrade does to each Service.</param>
    /// <param name="releases">The releases of the manifests.</param>
    /// <param name="commandFor">The command that deletes a Service.</param>
    internal static IReadOnlyList<ServiceDeletion> Of(
        IEnumerable<ServiceChange> changes,
        IReadOnlyList<Release> releases,
        Func<KubernetesObject, string> commandFor
    )
    {
        var members = releases.SelectMany(static release => release.Services).ToLookup(static member => member.Service.Object.Reference);
        return
        [
            .. from change in changes
            where change.Kind == ServiceChangeKind.Replaced
            let found = change.Service.Object
            let outage = ServiceOutage.Of(change.Service, members[found.Reference].FirstOrDefault())
            orderby outage.Order
            select new ServiceDeletion(found.Reference, commandFor(found), outage.Text),
        ];
    }

    /// <summary>The finding about a Service that has to be deleted.</summary>
    /// <param name="change">What the upgrade does to it.</param>
    /// <param name="command">The command that deletes it.</param>
    internal static Finding Finding(ServiceChange change, string command) =>
        PreflightChecks.ServiceReplaced.Error(
            Place.In(change.Service.Object, change.Service.Object.Path.Key("spec", change.Path)),
            $"is {change.Wanted}, but the cluster has {change.Live}",
            "Kubernetes never changes this field of an existing Service, so helm upgrade would fail partway",
            $"Delete the Service, then upgrade at once: {command}"
        );
}
