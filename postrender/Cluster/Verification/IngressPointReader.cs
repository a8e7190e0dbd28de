using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// Reads the Ingresses of a namespace, and the Gateways that have its HTTP and gRPC routes. A cluster without the Gateway API has no
/// routes.
/// </summary>
internal sealed class IngressPointReader(KubernetesApi api, string ns)
{
    public async Task<IReadOnlyList<IngressPoint>> ReadAsync(IReadOnlySet<string> services, CancellationToken cancellationToken)
    {
        var ingresses = (await api.ListAsync(ApiResource.Ingresses, ns, cancellationToken))
            .Select(IngressPoint.OfIngress)
            .Where(ingress => ingress.Services.Any(services.Contains))
            .ToList();
        var httpRoutes = await api.ListIfServedAsync(ApiResource.HttpRoutes, ns, cancellationToken) ?? [];
        var grpcRoutes = await api.ListIfServedAsync(ApiResource.GrpcRoutes, ns, cancellationToken) ?? [];
        var gateways =
            from route in httpRoutes.Concat(grpcRoutes)
            from service in BackendsOf(route).Where(services.Contains)
            from gateway in GatewaysOf(route)
            group service by gateway into behind
            orderby behind.Key
            select behind;
        foreach (var gateway in gateways)
        {
            ingresses.Add(await ReadGatewayAsync(gateway.Key, [.. gateway.Distinct()], cancellationToken));
        }

        return ingresses;
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
        List<string> services,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await api.FindAsync(ApiResource.Gateways, gateway.Namespace, gateway.Name, cancellationToken) is { } found
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
                Place = new Place
                {
                    Object = $"Gateway/{Printable.OneLine(gateway.Namespace)}/{Printable.OneLine(gateway.Name)}",
                    Path = "",
                },
                Services = services,
                Problem = problem,
            };
    }
}
