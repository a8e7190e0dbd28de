using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>Whether the cluster has the families that the manifests ask for.</summary>
internal sealed class FamilyCheck(ClusterFamilies families, string ns, string kubectl)
{
    /// <summary>The findings about the family of a release.</summary>
    public IEnumerable<Finding> OfRelease(AddressFamily family) =>
        ((Finding?[])[ServiceRange(family), PodAddresses(family)]).OfType<Finding>();

    /// <summary>The finding about a Service that asks for two families, or null.</summary>
    public Finding? OfService(Service service)
    {
        var policy = service.Object.Text("spec", "ipFamilyPolicy");
        var hasTwo = service.StatedFamilies.Count > 1;
        if (service.IsExternalName || !(hasTwo || policy == "RequireDualStack") || families.IsDualStack == true)
        {
            return null;
        }

        var (level, why) = families.IsComplete
            ? (FindingLevel.Error, $"the cluster has {families.Primary} only, and Kubernetes refuses a Service that needs both families")
            : (
                FindingLevel.Warning,
                "this version of Kubernetes does not show whether the cluster has both families; if it has one, Kubernetes refuses the "
                    + "Service"
            );
        return PreflightChecks.ClusterFamily.At(
            level,
            Place.In(service.Object, service.Object.Path.Key("spec", hasTwo ? "ipFamilies" : "ipFamilyPolicy")),
            hasTwo
                ? $"is [{string.Join(", ", service.StatedFamilies.Select(static family => Printable.OneLine(family)))}]"
                : $"is {policy}",
            why,
            "Set one family with the policy SingleStack, or one family with the policy PreferDualStack"
        );
    }

    private Finding? ServiceRange(AddressFamily family)
    {
        var kubernetes = new Place { Object = "Service/default/kubernetes", Path = "spec.ipFamilies" };
        return families.Serves(family) switch
        {
            true => null,
            false => PreflightChecks.ClusterFamily.Error(
                kubernetes,
                $"is [{families.Primary}], and the cluster has no {family} range for Services",
                $"the release is {family}, and Kubernetes refuses a Service of a family that the cluster does not have",
                $"Install into a cluster with an {family} Service range, or install an {family.Other()} release (chart value addressFamily)"
            ),
            null => PreflightChecks.ClusterFamily.Warning(
                kubernetes,
                $"is [{families.Primary}], and this version of Kubernetes does not show whether the cluster also has an {family} range",
                $"the release is {family}, and without such a range Kubernetes refuses its Services",
                $"Ask the cluster: {kubectl} create service clusterip family-check --tcp=80 --dry-run=client -o json | "
                    + $"{kubectl} patch --local -f - -p '{{\"spec\":{{\"ipFamilies\":[\"{family}\"]}}}}' -o json | {kubectl} create "
                    + $"--dry-run=server -n {ns} -f -"
            ),
        };
    }

    private Finding? PodAddresses(AddressFamily family)
    {
        var pods = new Place { Object = $"Namespace/{ns}", Path = "" };
        return families.GivesPods(family) switch
        {
            false => PreflightChecks.ClusterFamily.Error(
                pods,
                $"has pods with {families.Pods[0]} addresses only",
                $"the release is {family}, and nothing could reach its pods over {family}",
                $"Install into a cluster whose pods get {family} addresses, or install an {family.Other()} release (chart value "
                    + "addressFamily)"
            ),
            null when families.NodePods.Count > 0 => PreflightChecks.ClusterFamily.Warning(
                pods,
                $"has no pods yet, and the podCIDRs of the nodes are {families.NodePods[0]} only",
                $"the release is {family}, and its pods would have no {family} address, unless the network plugin ignores podCIDRs",
                "Check status.podIPs of a pod that does not use the host network"
            ),
            _ => null,
        };
    }
}
