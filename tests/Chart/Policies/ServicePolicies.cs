using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>Services: their families, their ports, and the pods that they select.</summary>
internal static class ServicePolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("Services_have_the_families_in_order_and_a_policy", Families),
        new("Services_without_an_address_and_those_that_Tempo_dials_are_single_stack", InternalServices),
        new("Services_lead_to_pods_and_to_ports_that_these_have", Targets),
        new("Service_ports_are_told_apart", Ports),
        new("Addresses_of_Services_agree_with_their_families", Addresses),
    ];

    private static IEnumerable<string> Families(RenderedRelease release)
    {
        string[] single = [release.Case.Family];
        string[] both = [release.Case.Family, release.Case.OtherFamily];
        foreach (var service in release.Services)
        {
            var families = service.Spec.At("ipFamilies").Items().Select(static item => item.Text()).ToArray();
            var policy = service.Spec.At("ipFamilyPolicy").Text();
            var expected = policy == "SingleStack" ? single : both;
            if (!families.SequenceEqual(expected))
            {
                yield return $"{service} has the families [{string.Join(", ", families)}] with the policy {policy}";
            }

            if (policy != "SingleStack" && policy != release.Case.FamilyPolicy)
            {
                yield return $"{service} has the policy {policy}";
            }
        }
    }

    private static IEnumerable<string> InternalServices(RenderedRelease release)
    {
        var dialled = DialledByTempo(release).ToHashSet();
        foreach (var service in release.Services)
        {
            var isInternal = service.Spec.At("clusterIP").Text() == "None" || dialled.Contains(service.Name);
            var policy = service.Spec.At("ipFamilyPolicy").Text();
            if (isInternal && policy != "SingleStack")
            {
                yield return $"{service} is {policy}, and Tempo itself dials it";
            }

            if (!isInternal && policy != release.Case.FamilyPolicy)
            {
                yield return $"{service} is for clients and {policy}";
            }
        }
    }

    /// <summary>Names of the Services that tempo.yaml names as peers.</summary>
    private static IEnumerable<string> DialledByTempo(RenderedRelease release) =>
        release
            .TempoConfig.Scalars()
            .Where(static scalar => scalar.Value.IsString())
            .SelectMany(scalar =>
                release
                    .Services.Select(static service => service.Name)
                    .Where(name =>
                        scalar.Value.Text()!.Contains($"{name}.observability.svc.") && !scalar.Value.Text()!.Contains($"-{name}.")
                    )
            );

    private static IEnumerable<string> Targets(RenderedRelease release)
    {
        foreach (var service in release.Services.Where(service => !IsLeftToThePostRenderer(service, release)))
        {
            var pods = release.WithPods.Where(o => o.IsSelectedBy(service.Spec.At("selector"))).ToList();
            if (pods.Count == 0 || service.Spec.At("selector") is not JsonObject { Count: > 0 })
            {
                yield return $"{service} selects nobody";
            }

            foreach (var port in service.Spec.At("ports").Items())
            {
                foreach (var pod in pods.Where(pod => !HasPort(pod, port.At("targetPort"), port.At("protocol").Text())))
                {
                    yield return $"{service} leads to port {port.At("targetPort").Text()} of {pod}, which has none such";
                }
            }
        }
    }

    /// <summary>The gossip ring, where the values leave the label that it selects to the post-renderer.</summary>
    private static bool IsLeftToThePostRenderer(ReleaseObject service, RenderedRelease release) =>
        release.Case.Breaks.Contains("TPF009") && service.Spec.At("selector", "tempo-gossip-member") is not null;

    private static bool HasPort(ReleaseObject pod, JsonNode? target, string? protocol) =>
        pod
            .Containers.SelectMany(static container => container.At("ports").Items())
            .Any(port =>
                (target.IsString() ? port.At("name").Text() : port.At("containerPort").Text()) == target.Text()
                && (port.At("protocol").Text() ?? "TCP") == (protocol ?? "TCP")
            );

    private static IEnumerable<string> Ports(RenderedRelease release)
    {
        foreach (var service in release.Services)
        {
            var ports = service.Spec.At("ports").Items().ToList();
            if (ports.Count == 0)
            {
                yield return $"{service} has no port";
            }

            foreach (var twins in ports.GroupBy(static port => port.At("name").Text()).Where(static twins => twins.Count() > 1))
            {
                yield return $"{service} has {twins.Count()} ports with the name {twins.Key}";
            }

            foreach (
                var twins in ports
                    .GroupBy(static port => $"{port.At("port").Text()}/{port.At("protocol").Text()}")
                    .Where(static twins => twins.Count() > 1)
            )
            {
                yield return $"{service} has {twins.Count()} ports {twins.Key}";
            }
        }
    }

    private static IEnumerable<string> Addresses(RenderedRelease release)
    {
        foreach (var service in release.Services)
        {
            var first = service.Spec.At("clusterIP").Text();
            var all = service.Spec.At("clusterIPs").Items().Select(static item => item.Text()!).ToList();
            var families = service.Spec.At("ipFamilies").Items().Select(static item => item.Text()).ToList();
            if (all.Count > 0 && all[0] != first)
            {
                yield return $"{service}: clusterIPs begins with {all[0]}, clusterIP is {first}";
            }

            foreach (var (address, family) in (first is null or "None" ? [] : all).Zip(families))
            {
                if (address.Contains(':') != (family == "IPv6"))
                {
                    yield return $"{service}: {address} is not an {family} address";
                }
            }
        }
    }
}
