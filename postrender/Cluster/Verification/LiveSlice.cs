using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>An EndpointSlice.</summary>
/// <param name="Name">The name.</param>
/// <param name="Service">The Service it belongs to.</param>
/// <param name="AddressType"><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>.</param>
/// <param name="Endpoints">What it holds.</param>
internal sealed record LiveSlice(string Name, string Service, string AddressType, IReadOnlyList<LiveEndpoint> Endpoints)
{
    /// <summary>The label by which a slice names its Service.</summary>
    public const string ServiceLabel = "kubernetes.io/service-name";

    /// <summary>The family of its addresses, or null.</summary>
    public AddressFamily? Family => AddressFamilies.Parse(AddressType);

    /// <summary>Reads a slice, or returns null where it belongs to no Service.</summary>
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
                                    MemberView.Normal(address),
                                    endpoint.Get("targetRef").Text("name"),
                                    // Unknown means ready, says the API.
                                    endpoint.Get("conditions").Text("ready") != "false",
                                    endpoint.Get("conditions").Text("terminating") == "true"
                                ))
                        ),
                ]
            )
            : null;
}

/// <summary>An address that a Service leads to.</summary>
/// <param name="Address">The address.</param>
/// <param name="Pod">The pod that has it, or null where the slice does not say.</param>
/// <param name="IsReady">Whether it is ready to be sent anything.</param>
/// <param name="IsTerminating">Whether its pod is being deleted.</param>
internal sealed record LiveEndpoint(string Address, string? Pod, bool IsReady, bool IsTerminating);
