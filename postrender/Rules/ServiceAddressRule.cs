using System.Net;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Rules;

/// <summary>TPF002: the addresses in a Service are of the family.</summary>
internal sealed class ServiceAddressRule : Rule
{
    private static readonly string[] Fields = ["clusterIP", "clusterIPs", "loadBalancerIP", "externalIPs", "loadBalancerSourceRanges"];

    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.ServiceAddress,
            Name = "service-address",
            Requirement =
                "clusterIP, clusterIPs, loadBalancerIP, externalIPs and loadBalancerSourceRanges do not consist of addresses of the "
                + "other family only, and clusterIPs follows ipFamilies",
            Fix = "By hand, because only the user knows the right address",
            Problem = "Services have addresses of the other family",
            Holds = "The addresses in Services are of the family",
            Why =
                "clusterIPs[0] must equal clusterIP and belong to ipFamilies[0]; Kubernetes refuses any other list, in the middle of an "
                + "upgrade. Source ranges of one family block every client of the other",
            Source = "Kubernetes API validation, measured on 1.36",
        };

    public override bool Applies(RuleContext context) =>
        context.Release.Services.Any(static member =>
            Array.Exists(
                Fields,
                field =>
                    member
                        .Service.Object.Texts("spec", field)
                        .Append(member.Service.Object.Text("spec", field))
                        .Any(static text => text is not null && FamilyOf(text) is not null)
            )
        );

    public override IEnumerable<Finding> Check(RuleContext context) =>
        context.Release.Services.Where(static member => !member.Service.IsExternalName).SelectMany(member => Check(member, context));

    private IEnumerable<Finding> Check(ReleaseService member, RuleContext context)
    {
        var found = member.Service.Object;
        foreach (var field in (IEnumerable<string>)["clusterIP", "loadBalancerIP"])
        {
            if (found.Text("spec", field) is { } text && FamilyOf(text) == context.Other)
            {
                yield return Error(
                    found,
                    field,
                    $"is {text}",
                    $"the release is {context.Family}, and Kubernetes refuses an address that is not of the Service's primary family",
                    field == "clusterIP" && IsRing(member)
                        ? GossipRingRule.BeHeadless
                        : $"Set an {context.Family} address, or remove {field}"
                );
            }
        }

        if (CheckClusterAddresses(member, context) is { } finding)
        {
            yield return finding;
        }

        foreach (var field in (IEnumerable<string>)["externalIPs", "loadBalancerSourceRanges"])
        {
            var texts = found.Texts("spec", field);
            if (texts.Count > 0 && texts.All(text => FamilyOf(text) == context.Other))
            {
                var why =
                    field == "externalIPs" ? $"{context.Family} clients cannot use them" : $"every {context.Family} client is blocked";
                yield return Error(
                    found,
                    field,
                    $"is [{string.Join(", ", texts)}]",
                    why,
                    $"Add {context.Family} {(field == "externalIPs" ? "addresses" : "ranges")}, or remove {field}"
                );
            }
        }
    }

    private Finding? CheckClusterAddresses(ReleaseService member, RuleContext context)
    {
        var found = member.Service.Object;
        var families = found.Texts("spec", "clusterIPs").Select(FamilyOf).ToList();
        if (families.Count == 0 || families.Contains(null))
        {
            return null;
        }

        var wanted = ServiceFamilyRule.WantedFamilies(member, context.Family);
        var agrees =
            families[0] == context.Family && (families.Count == 1 || (families.Count == wanted.Count && families[1] == context.Other));
        return agrees
            ? null
            : Error(
                found,
                "clusterIPs",
                $"is [{string.Join(", ", found.Texts("spec", "clusterIPs"))}]",
                "Kubernetes requires one address per entry of ipFamilies, in the same order",
                IsRing(member) ? "Remove it, and set clusterIP to None" : "Follow the order of ipFamilies, or remove clusterIPs"
            );
    }

    /// <summary>A Service that another rule wants to be headless, so an address of the right family is no repair.</summary>
    private static bool IsRing(ReleaseService member) => member.Roles.HasFlag(ServiceRoles.GossipRing);

    private Finding Error(KubernetesObject found, string field, string what, string why, string remedy) =>
        Error(Place.In(found, found.Path.Key("spec", field)), what, why, remedy);

    /// <summary>The family of an address or of a range of them; null for <c>None</c> and any other text.</summary>
    private static AddressFamily? FamilyOf(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return Host.ParseAddress(slash < 0 ? text : text[..slash]) is IPAddress address ? Host.FamilyOf(address) : null;
    }
}
