using Tempo.PostRender.Addresses;

namespace Tempo.PostRender.Graph;

/// <summary>
/// The endpoints that the stream contains for its Services. They belong to Services without a selector, which may lead to any
/// address, for example a Kafka outside the cluster.
/// </summary>
internal sealed class EndpointDirectory
{
    private const string ServiceLabel = "kubernetes.io/service-name";

    private readonly ILookup<(string Namespace, string Service), AddressFamily> _families;

    public EndpointDirectory(StreamIndex index, Namespaces namespaces) =>
        _families = Slices(index.Find("EndpointSlice"))
            .Concat(Legacy(index.Find("Endpoints")))
            .ToLookup(found => (namespaces.Of(found.Object), found.Service), static found => found.Family);

    /// <summary>The families of a Service's endpoints; empty if the stream contains none.</summary>
    public IReadOnlyList<AddressFamily> FamiliesOf(string @namespace, string service) => [.. _families[(@namespace, service)].Distinct()];

    private static IEnumerable<(KubernetesObject Object, string Service, AddressFamily Family)> Slices(
        IEnumerable<KubernetesObject> slices
    ) =>
        from slice in slices
        let family = AddressFamilies.Parse(slice.Text("addressType"))
        where family is not null && slice.Labels.ContainsKey(ServiceLabel)
        select (slice, slice.Labels[ServiceLabel], family.Value);

    private static IEnumerable<(KubernetesObject Object, string Service, AddressFamily Family)> Legacy(IEnumerable<KubernetesObject> all) =>
        from endpoints in all
        from subset in endpoints.Find("subsets").Items()
        from address in subset.Get("addresses").Items().Concat(subset.Get("notReadyAddresses").Items())
        let family = Host.Parse(address.Text("ip") ?? "").Family
        where family is not null
        select (endpoints, endpoints.Name, family.Value);
}
