using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>An Ingress or a Gateway through which clients outside the cluster reach Services.</summary>
internal sealed record IngressPoint
{
    /// <summary>The object, and the field with its addresses: <c>status.addresses</c>.</summary>
    public required Place Place { get; init; }

    /// <summary>The names of the Services, in the namespace that is checked.</summary>
    public required IReadOnlyCollection<string> Services { get; init; }

    /// <summary>Its addresses; empty while it has none.</summary>
    public ExternalAddresses Addresses { get; init; } = ExternalAddresses.None;

    /// <summary>Why its addresses are unknown, as a predicate, or null.</summary>
    public string? Problem { get; init; }

    public static IngressPoint OfIngress(KubernetesObject ingress) =>
        new()
        {
            Place = Place.In(ingress, ingress.Path.Key("status", "loadBalancer")),
            Services =
            [
                .. ingress
                    .Find("spec", "rules")
                    .Items()
                    .SelectMany(static rule => rule.Get("http").Get("paths").Items())
                    .Select(static path => path.Get("backend"))
                    .Append(ingress.Find("spec", "defaultBackend"))
                    .Select(static backend => backend.Get("service").Text("name"))
                    .OfType<string>()
                    .Distinct(),
            ],
            Addresses = ExternalAddresses.OfLoadBalancer(ingress),
        };

    public static IngressPoint OfGateway(KubernetesObject gateway, IReadOnlyCollection<string> services) =>
        new()
        {
            Place = Place.In(gateway, gateway.Path.Key("status", "addresses")),
            Services = services,
            Addresses = ExternalAddresses.OfGateway(gateway),
        };
}
