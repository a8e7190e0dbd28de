using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What the name of a Service resolves to, according to the rules of Kubernetes DNS.</summary>
/// <param name="Name">The name: <c>tempo-gossip-ring.tempo.svc</c>.</param>
/// <param name="Addresses">The addresses of its A and AAAA records.</param>
internal sealed record ServiceDns(string Name, Service Service, FamilyPair<IReadOnlyList<string>> Addresses)
{
    /// <summary>The names of Services.</summary>
    public static IEnumerable<ServiceDns> Of(IEnumerable<Service> services, ILookup<string, LiveSlice> slices, string ns)
    {
        foreach (var service in services.Where(static service => !service.IsExternalName))
        {
            var withNotReady = service.Object.Text("spec", "publishNotReadyAddresses") == "true";
            var addresses = service.IsHeadless
                ? slices[service.Object.Name]
                    .SelectMany(static slice => slice.Endpoints)
                    .Where(endpoint => withNotReady || endpoint.IsReady)
                    .Select(static endpoint => endpoint.Address)
                : service.Object.Texts("spec", "clusterIPs");
            var byFamily = addresses.Distinct().ToLookup(static address => Host.Parse(address).Family);
            yield return new ServiceDns(
                $"{service.Object.Name}.{ns}.svc",
                service,
                FamilyPair<IReadOnlyList<string>>.Of(family => [.. byFamily[family].Order(StringComparer.Ordinal)])
            );
        }
    }
}
