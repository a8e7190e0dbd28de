using System.Net;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// Reads the Ingresses of a namespace, and the Gateways that have its HTTP and gRPC routes. A cluster without the Gateway API has no
/// routes.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="ns">The namespace.</param>
internal sealed class IngressPointReader(KubernetesApi api, string ns)
{
    /// <summary>Reads them.</summary>
    /// <param name="services">The names of the Services that matter.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<IngressPoint>> ReadAsync(IReadOnlySet<string> services, CancellationToken cancellationToken)
    {
        var ingressPoints = new List<IngressPoint>();
        await foreach (var ingress in api.ListAsync(ApiResource.Ingresses, ns, ListFilter.All, cancellationToken).ConfigureAwait(false))
        {
            var ingressPoint = IngressPoint.OfIngress(ingress);
            if (ingressPoint.Services.Any(services.Contains))
            {
                ingressPoints.Add(ingressPoint);
            }
        }

        var gateways = new SortedDictionary<(string Namespace, string Name), HashSet<string>>();
        foreach (var resource in (IEnumerable<ApiResource>)[ApiResource.HttpRoutes, ApiResource.GrpcRoutes])
        {
            await AddRoutesAsync(resource, services, gateways, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (gateway, behind) in gateways)
        {
            ingressPoints.Add(await ReadGatewayAsync(gateway, behind, cancellationToken).ConfigureAwait(false));
        }

        return ingressPoints;
    }

    private async Task AddRoutesAsync(
        ApiResource resource,
        IReadOnlySet<string> services,
        SortedDictionary<(string Namespace, string Name), HashSet<string>> gateways,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var route in api.ListAsync(resource, ns, ListFilter.All, cancellationToken).ConfigureAwait(false))
            {
                var behind = BackendsOf(route).Where(services.Contains).ToList();
                foreach (var gateway in behind.Count == 0 ? [] : GatewaysOf(route))
                {
                    if (!gateways.TryGetValue(gateway, out var known))
                    {
                        gateways.Add(gateway, known = new HashSet<string>(StringComparer.Ordinal));
                    }

                    known.UnionWith(behind);
                }
            }
        }
        catch (ApiException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            // The cluster does not have the Gateway API.
        }
    }

    private IEnumerable<string> BackendsOf(KubernetesObject route) =>
        route
            .Find("spec", "rules")
            .Items()
            .SelectMany(static rule => rule.Get("backendRefs").Items())
            .Where(backend => backend.Text("kind") is null or "Service" && (backend.Text("namespace") ?? ns) == ns)
            .Select(static backend => backend.Text("name"))
            .OfType<string>();

    private IEnumerable<(string Namespace, string Name)> GatewaysOf(KubernetesObject route) =>
        route
            .Find("spec", "parentRefs")
            .Items()
            .Where(static parent => parent.Text("kind") is null or "Gateway")
            .Select(parent => (parent.Text("namespace") ?? ns, parent.Text("name") ?? ""));

    /// <summary>A Gateway may be in the namespace of another team, which the user may not be allowed to read.</summary>
    private async Task<IngressPoint> ReadGatewayAsync(
        (string Namespace, string Name) gateway,
        HashSet<string> services,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return
                await api.FindAsync(ApiResource.Gateways, gateway.Namespace, gateway.Name, cancellationToken).ConfigureAwait(false)
                    is { } found
                ? IngressPoint.OfGateway(found, services)
                : Unknown("does not exist, but a route of the release names it");
        }
        catch (ApiException exception) when (exception.IsMissingPermission)
        {
            return Unknown($"could not be read: {exception.Message}");
        }

        IngressPoint Unknown(string problem) =>
            new()
            {
                Reference = $"Gateway/{Printable.OneLine(gateway.Namespace)}/{Printable.OneLine(gateway.Name)}",
                Services = services,
                Problem = problem,
            };
    }
}
