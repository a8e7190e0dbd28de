using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>What an upgrade does to a Service.</summary>
public enum ServiceChangeKind
{
    /// <summary>It does not exist and is created.</summary>
    Created,

    /// <summary>Its families and its address stay.</summary>
    Unchanged,

    /// <summary>Its families change, and it continues to exist.</summary>
    InPlace,

    /// <summary>Kubernetes refuses the change: it has to be deleted, and the upgrade creates it again.</summary>
    Replaced,
}

/// <summary>What an upgrade does to the families and the address of a Service.</summary>
public sealed record ServiceChange
{
    /// <summary>The Service in the manifests.</summary>
    public required Service Service { get; init; }

    /// <summary>What happens.</summary>
    public required ServiceChangeKind Kind { get; init; }

    /// <summary>The field that decides, below <c>spec</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Its value in the manifests.</summary>
    public required string Wanted { get; init; }

    /// <summary>Its value in the cluster.</summary>
    public required string Live { get; init; }

    /// <summary>Compares a Service in the manifests with the existing one.</summary>
    /// <param name="service">The Service in the manifests.</param>
    /// <param name="live">The existing Service, or null.</param>
    /// <param name="isDualStack">Whether the cluster can give it a second family.</param>
    internal static ServiceChange Of(Service service, Service? live, bool? isDualStack)
    {
        if (live is null)
        {
            return Change(ServiceChangeKind.Created, "ipFamilies", Families(service), "");
        }

        if (service.IsExternalName || live.IsExternalName)
        {
            var isSame = service.IsExternalName == live.IsExternalName;
            return Change(isSame ? ServiceChangeKind.Unchanged : ServiceChangeKind.InPlace, "type", TypeOf(service), TypeOf(live));
        }

        // An upgrade does not change what the manifest does not set: Helm sends a patch, and the API server keeps addresses.
        var wantedAddress = service.Object.Text("spec", "clusterIP") is { Length: > 0 } address ? address : FirstAddress(service);
        var liveAddress = live.Object.Text("spec", "clusterIP") ?? "";
        if (wantedAddress is not null && wantedAddress != liveAddress && !SameAddress(wantedAddress, liveAddress))
        {
            return Change(ServiceChangeKind.Replaced, "clusterIP", wantedAddress, liveAddress);
        }

        var (wanted, has) = (Families(service), Families(live));
        if (service.StatedFamilies.Count > 0 && live.StatedFamilies.Count > 0 && service.StatedFamilies[0] != live.StatedFamilies[0])
        {
            return Change(live.IsHeadless ? ServiceChangeKind.InPlace : ServiceChangeKind.Replaced, "ipFamilies", wanted, has);
        }

        var second = GetsSecondFamily(service, live, isDualStack);
        if (second == (live.StatedFamilies.Count == 2))
        {
            return Change(ServiceChangeKind.Unchanged, "ipFamilies", has, has);
        }

        var becomes =
            second ? "both families"
            : live.StatedFamilies.Count > 0 ? $"[{live.StatedFamilies[0]}]"
            : wanted;
        return Change(ServiceChangeKind.InPlace, "ipFamilies", becomes, has);

        ServiceChange Change(ServiceChangeKind kind, string path, string wanted, string live) =>
            new()
            {
                Service = service,
                Kind = kind,
                Path = path,
                Wanted = wanted,
                Live = live,
            };
    }

    /// <summary>Whether the Service has both families after the upgrade.</summary>
    private static bool GetsSecondFamily(Service service, Service live, bool? isDualStack)
    {
        var policy = service.Object.Text("spec", "ipFamilyPolicy") ?? live.Object.Text("spec", "ipFamilyPolicy") ?? "SingleStack";
        return policy switch
        {
            "SingleStack" => service.StatedFamilies.Count == 2,
            "PreferDualStack" => service.StatedFamilies.Count == 2
                || isDualStack == true
                || (isDualStack is null && live.StatedFamilies.Count == 2),
            _ => true,
        };
    }

    private static string? FirstAddress(Service service) => service.Object.Texts("spec", "clusterIPs") is [var first, ..] ? first : null;

    private static string Families(Service service) =>
        service.StatedFamilies.Count == 0 ? "not set" : $"[{string.Join(", ", service.StatedFamilies)}]";

    private static string TypeOf(Service service) => service.Object.Text("spec", "type") ?? "ClusterIP";

    /// <summary>IPv6 addresses have many spellings.</summary>
    private static bool SameAddress(string first, string second) =>
        Host.ParseAddress(first) is { } address && address.Equals(Host.ParseAddress(second));
}
