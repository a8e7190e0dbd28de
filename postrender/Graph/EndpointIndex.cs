using Tempo.PostRender.Addresses;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>
/// The endpoints that the stream contains for its Services. They belong to Services without a selector, which may lead to any
/// address, for example a Kafka outside the cluster.
/// </summary>
internal sealed class EndpointIndex
{
    private const string ServiceLabel = "kubernetes.io/service-name";

    private readonly DictionaryOfLists<(string Namespace, string Service), AddressFamily> _families = new();

    public EndpointIndex(StreamIndex index, Namespaces namespaces)
    {
        foreach (var slice in index.Find("EndpointSlice"))
        {
            if (AddressFamilies.Parse(slice.Text("addressType")) is { } family && slice.Labels.TryGetValue(ServiceLabel, out var service))
            {
                _families.Add((namespaces.Of(slice), service), family);
            }
        }

        foreach (var endpoints in index.Find("Endpoints"))
        {
            foreach (var subset in endpoints.Find("subsets").Items())
            {
                foreach (var address in (YamlNode[])[.. subset.Get("addresses").Items(), .. subset.Get("notReadyAddresses").Items()])
                {
                    if (Host.Parse(address.Text("ip") ?? "").Family is { } family)
                    {
                        _families.Add((namespaces.Of(endpoints), endpoints.Name), family);
                    }
                }
            }
        }
    }

    /// <summary>The families of a Service's endpoints; empty if the stream contains none.</summary>
    public IReadOnlyList<AddressFamily> FamiliesOf(string @namespace, string service) => [.. _families[(@namespace, service)].Distinct()];
}
