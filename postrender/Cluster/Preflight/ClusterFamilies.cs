using System.Net;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>The families that a cluster has.</summary>
public sealed record ClusterFamilies
{
    /// <summary>The family of a Service that sets none.</summary>
    public required AddressFamily Primary { get; init; }

    /// <summary>The families that Services can have, the primary family first.</summary>
    public required IReadOnlyList<AddressFamily> Services { get; init; }

    /// <summary>Whether <see cref="Services"/> has all families. Before 1.33 no object shows them, so there may be another one.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The families of the ranges from which nodes assign pod addresses; empty if the network plugin has its own.</summary>
    public required IReadOnlyList<AddressFamily> NodePods { get; init; }

    /// <summary>The families of the addresses of the pods in the namespace.</summary>
    public required IReadOnlyList<AddressFamily> Pods { get; init; }

    /// <summary>The families of the addresses of the nodes.</summary>
    public required IReadOnlyList<AddressFamily> Nodes { get; init; }

    private const int MaxPods = 200;

    /// <summary>Whether a Service can have both families; null if unknown.</summary>
    public bool? IsDualStack =>
        Services.Count == 2 ? true
        : IsComplete ? false
        : null;

    /// <summary>Whether Services can have a family; null if unknown.</summary>
    public bool? Serves(AddressFamily family) =>
        Services.Contains(family) ? true
        : IsComplete ? false
        : null;

    /// <summary>
    /// Whether pods get an address of a family; null if unknown. The addresses of existing pods count more than the ranges of nodes.
    /// </summary>
    public bool? GivesPods(AddressFamily family) =>
        Pods.Contains(family) || NodePods.Contains(family) ? true
        : Pods.Count > 0 ? false
        : null;

    /// <summary>
    /// The family of a pod's first address, which kubelet probes. The addresses of existing pods count more than the ranges of nodes.
    /// </summary>
    /// <param name="isOnHost">Whether the pod uses the host network, and so has the addresses of its node.</param>
    public AddressFamily PrimaryOfPods(bool isOnHost) => (isOnHost ? Nodes : PodNetwork) is [var first, ..] ? first : Primary;

    /// <summary>The families of existing pods, or else of the ranges of nodes.</summary>
    public IReadOnlyList<AddressFamily> PodNetwork => Pods.Count > 0 ? Pods : NodePods;

    /// <summary>Reads the families of a cluster.</summary>
    /// <param name="api">The cluster.</param>
    /// <param name="ns">The namespace whose pods and Services are read.</param>
    /// <param name="services">The Services of that namespace.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    internal static async Task<ClusterFamilies> ReadAsync(
        KubernetesApi api,
        string ns,
        IEnumerable<KubernetesObject> services,
        CancellationToken cancellationToken
    )
    {
        var kubernetes =
            await api.FindAsync(ApiResource.Services, "default", "kubernetes", cancellationToken)
            ?? throw new ClusterException(
                $"{api.Server} has no Service default/kubernetes, which every Kubernetes API server creates. Check the "
                    + "server of the kubeconfig"
            );
        var own = FamiliesOf(kubernetes);
        if (own.Count == 0)
        {
            throw new ClusterException(
                $"{api.Server}: the Service default/kubernetes has no address, so the cluster's primary family is unknown"
            );
        }

        var ranges = await ServiceRangesAsync(api, cancellationToken);
        var nodes = await api.ListAsync(ApiResource.Nodes, ns: null, cancellationToken);
        var pods = await api.ListAsync(ApiResource.Pods, ns, labels: null, cancellationToken).Take(MaxPods).ToListAsync(cancellationToken);
        return new ClusterFamilies
        {
            Primary = own[0],
            Services = [.. own.Concat(ranges ?? services.SelectMany(FamiliesOf)).Distinct()],
            IsComplete = ranges is not null,
            NodePods = Families(nodes.SelectMany(static node => node.Texts("spec", "podCIDRs").Append(node.Text("spec", "podCIDR")))),
            Pods = Families(
                pods.Where(static pod => pod.Text("spec", "hostNetwork") != "true")
                    .SelectMany(static pod => pod.Find("status", "podIPs").Items().Select(static entry => entry.Text("ip")))
            ),
            Nodes = Families(
                nodes.SelectMany(static node =>
                    node.Find("status", "addresses")
                        .Items()
                        .Where(static entry => entry.Text("type") == "InternalIP")
                        .Select(static entry => entry.Text("address"))
                )
            ),
        };
    }

    /// <summary>The families of the address ranges of Services; null before Kubernetes 1.33.</summary>
    private static async Task<IReadOnlyList<AddressFamily>?> ServiceRangesAsync(KubernetesApi api, CancellationToken cancellationToken)
    {
        var ranges = await api.ListIfServedAsync(ApiResource.ServiceCidrs, ns: null, cancellationToken);
        // The API server creates one from its own flags; without it the list is not complete.
        return ranges is { Count: > 0 } ? Families(ranges.SelectMany(static range => range.Texts("spec", "cidrs"))) : null;
    }

    /// <summary>The families of a live Service, in their order.</summary>
    private static IReadOnlyList<AddressFamily> FamiliesOf(KubernetesObject service)
    {
        var stated = service.Texts("spec", "ipFamilies").Select(AddressFamilies.Parse).OfType<AddressFamily>().ToList();
        return stated.Count > 0 ? stated : Families([service.Text("spec", "clusterIP")]);
    }

    private static List<AddressFamily> Families(IEnumerable<string?> addresses) =>
        [
            .. addresses
                .OfType<string>()
                .Select(static text => Host.ParseAddress(text.Split('/')[0]))
                .OfType<IPAddress>()
                .Select(Host.FamilyOf)
                .Distinct(),
        ];
}
