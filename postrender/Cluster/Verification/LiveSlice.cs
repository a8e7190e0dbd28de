using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>An EndpointSlice.</summary>
/// <param name="Service">The Service it belongs to.</param>
/// <param name="AddressType"><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>.</param>
internal sealed record LiveSlice(string Name, string Service, string AddressType, IReadOnlyList<LiveEndpoint> Endpoints)
{
    /// <summary>The label with the name of the Service.</summary>
    public const string ServiceLabel = "kubernetes.io/service-name";

    /// <summary>The family of its addresses, or null.</summary>
    public AddressFamily? Family => AddressFamilies.Parse(AddressType);

    /// <summary>Reads a slice, or returns null if it belongs to no Service.</summary>
    public static LiveSlice? Read(KubernetesObject found) =>
        found.Labels.GetValueOrDefault(ServiceLabel) is { Length: > 0 } service
            ? new LiveSlice(
                found.Name,
                service,
                found.Text("addressType") ?? "",
                [
                    .. found
                        .Find("endpoints")
                        .Items()
                        .SelectMany(static endpoint =>
                            endpoint
                                .Get("addresses")
                                .Items()
                                .Select(static address => address.AsText())
                                .OfType<string>()
                                .Select(address => new LiveEndpoint(
                                    Host.Normalize(address),
                                    endpoint.Get("targetRef").Text("name"),
                                    // According to the API, unknown means ready.
                                    endpoint.Get("conditions").Text("ready") != "false",
                                    endpoint.Get("conditions").Text("terminating") == "true"
                                ))
                        ),
                ]
            )
            : null;
}

/// <summary>An endpoint of a Service.</summary>
/// <param name="Pod">The pod that has the address, or null if the slice does not name it.</param>
/// <param name="IsReady">Whether it receives requests.</param>
/// <param name="IsTerminating">Whether its pod is being deleted.</param>
internal sealed record LiveEndpoint(string Address, string? Pod, bool IsReady, bool IsTerminating);
