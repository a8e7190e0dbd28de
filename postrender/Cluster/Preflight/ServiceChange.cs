using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>What an upgrade does to a Service.</summary>
public enum ServiceChangeKind
{
    /// <summary>It does not exist and is made.</summary>
    Created,

    /// <summary>Its families and its address stay.</summary>
    Unchanged,

    /// <summary>Its families change while it stays.</summary>
    InPlace,

    /// <summary>Kubernetes refuses the change: it has to be deleted, and the upgrade makes it again.</summary>
    Replaced,
}

/// <summary>What an upgrade does to the families and the address of a Service.</summary>
/// <param name="Service">The Service of the stream.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Path">The field that matters, below the object.</param>
/// <param name="Wanted">What the stream states there.</param>
/// <param name="Live">What the cluster has there.</param>
public sealed record ServiceChange(Service Service, ServiceChangeKind Kind, string Path, string Wanted, string Live)
{
    /// <summary>Compares a Service of the stream with the one that exists.</summary>
    /// <param name="service">The Service of the stream.</param>
    /// <param name="live">The Service of the cluster, or null.</param>
    /// <param name="isDualStack">Whether the cluster can give it a second family.</param>
    internal static ServiceChange Of(Service service, Service? live, bool? isDualStack)
    {
        if (live is null)
        {
            return new ServiceChange(service, ServiceChangeKind.Created, "ipFamilies", Families(service), "");
        }

        if (service.IsExternalName || live.IsExternalName)
        {
            var isSame = service.IsExternalName == live.IsExternalName;
            return new ServiceChange(
                service,
                isSame ? ServiceChangeKind.Unchanged : ServiceChangeKind.InPlace,
                "type",
                TypeOf(service),
                TypeOf(live)
            );
        }

        // What a manifest does not state, an upgrade leaves as it is: Helm sends a patch, and the API server keeps addresses.
        var wantedAddress = service.Object.Text("spec", "clusterIP") is { Length: > 0 } address ? address : FirstAddress(service);
        var liveAddress = live.Object.Text("spec", "clusterIP") ?? "";
        if (wantedAddress is not null && wantedAddress != liveAddress && !SameAddress(wantedAddress, liveAddress))
        {
            return new ServiceChange(service, ServiceChangeKind.Replaced, "clusterIP", wantedAddress, liveAddress);
        }

        var (wanted, has) = (Families(service), Families(live));
        if (service.StatedFamilies.Count > 0 && live.StatedFamilies.Count > 0 && service.StatedFamilies[0] != live.StatedFamilies[0])
        {
            return new ServiceChange(
                service,
                live.IsHeadless ? ServiceChangeKind.InPlace : ServiceChangeKind.Replaced,
                "ipFamilies",
                wanted,
                has
            );
        }

        var policy = service.Object.Text("spec", "ipFamilyPolicy") ?? live.Object.Text("spec", "ipFamilyPolicy") ?? "SingleStack";
        var second = policy switch
        {
            "SingleStack" => service.StatedFamilies.Count == 2,
            "PreferDualStack" => service.StatedFamilies.Count == 2
                || isDualStack == true
                || (isDualStack is null && live.StatedFamilies.Count == 2),
            _ => true,
        };
        var hasSecond = live.StatedFamilies.Count == 2;
        return new ServiceChange(
            service,
            second == hasSecond ? ServiceChangeKind.Unchanged : ServiceChangeKind.InPlace,
            "ipFamilies",
            second == hasSecond ? has
                : second ? "both families"
                : live.StatedFamilies.Count > 0 ? $"[{live.StatedFamilies[0]}]"
                : wanted,
            has
        );
    }

    private static string? FirstAddress(Service service) => service.Object.Texts("spec", "clusterIPs") is [var first, ..] ? first : null;

    private static string Families(Service service) =>
        service.StatedFamilies.Count == 0 ? "not set" : $"[{string.Join(", ", service.StatedFamilies)}]";

    private static string TypeOf(Service service) => service.Object.Text("spec", "type") ?? "ClusterIP";

    /// <summary>IPv6 addresses have many spellings.</summary>
    private static bool SameAddress(string first, string second) =>
        Host.ParseAddress(first) is { } address && address.Equals(Host.ParseAddress(second));
}
