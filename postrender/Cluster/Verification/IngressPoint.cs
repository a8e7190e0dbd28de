using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>An Ingress or a Gateway through which clients outside the cluster reach Services.</summary>
internal sealed record IngressPoint
{
    /// <summary>The object for messages: <c>Gateway/infra/public</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>The names of the Services, in the namespace that is checked.</summary>
    public required IReadOnlyCollection<string> Services { get; init; }

    /// <summary>The field with its addresses: <c>status.addresses</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>Its addresses; empty while it has none.</summary>
    public ExternalAddresses Addresses { get; init; } = ExternalAddresses.None;

    /// <summary>Why its addresses are unknown, as a predicate, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The checks that its annotation disables.</summary>
    public IReadOnlyList<string> IgnoredRules { get; init; } = [];

    /// <summary>Reads an Ingress.</summary>
    /// <param name="ingress">The Ingress.</param>
    public static IngressPoint OfIngress(KubernetesObject ingress) =>
        new()
        {
            Reference = ingress.Reference,
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
                    .Distinct(StringComparer.Ordinal),
            ],
            Path = "status.loadBalancer",
            Addresses = ExternalAddresses.OfLoadBalancer(ingress),
            IgnoredRules = ingress.IgnoredRules,
        };

    /// <summary>Reads a Gateway.</summary>
    /// <param name="gateway">The Gateway.</param>
    /// <param name="services">The Services of the routes that it has.</param>
    public static IngressPoint OfGateway(KubernetesObject gateway, IReadOnlyCollection<string> services) =>
        new()
        {
            Reference = gateway.Reference,
            Services = services,
            Path = "status.addresses",
            Addresses = ExternalAddresses.OfGateway(gateway),
            IgnoredRules = gateway.IgnoredRules,
        };
}
