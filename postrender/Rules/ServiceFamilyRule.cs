using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF001: every Service of the release states the family.</summary>
internal sealed class ServiceFamilyRule : Rule
{
    private const string SingleStack = "SingleStack";
    private const string RequireDualStack = "RequireDualStack";

    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.ServiceFamily,
            Name = "service-family",
            Requirement =
                "Every Service of the release sets ipFamilies, with the release's family first, and ipFamilyPolicy; headless "
                + "Services and Services that Tempo dials have only that family",
            Fix = "Sets both fields; removes them from ExternalName Services, where Kubernetes refuses them",
            Problem = "Services state another family, or none",
            Holds = "Every Service of the release has its family",
            Why =
                "A Service without ipFamilies gets the cluster's primary family. A headless Service then publishes addresses of that "
                + "family only, and Tempo dials its pods over it while the rest of the release uses the other family. Kubernetes never "
                + "changes the primary family of an existing Service",
            Source =
                "Measured on a dual-stack 1.36 cluster whose primary family is IPv4: all pods are Ready, and the querier dials the "
                + "query-frontend over IPv4 while all other traffic uses IPv6",
        };

    public override bool Applies(RuleContext context) => context.Release.Services.Count > 0;

    public override IEnumerable<Finding> Check(RuleContext context) =>
        context.Release.Services.SelectMany(service =>
            service.Service.IsExternalName ? CheckExternalName(service.Service) : Check(service, context)
        );

    private IEnumerable<Finding> Check(ReleaseService member, RuleContext context)
    {
        var service = member.Service;
        var policy = service.Object.Text("spec", "ipFamilyPolicy");
        var wantedPolicy = WantedPolicy(member, policy, context.Family);
        var wantedFamilies = WantedFamilies(member, context.Family);
        if (!service.StatedFamilies.SequenceEqual(wantedFamilies))
        {
            var stated =
                service.StatedFamilies.Count == 0
                    ? "is not set"
                    : $"is [{string.Join(", ", service.StatedFamilies.Select(static text => Printable.OneLine(text)))}]";
            var why =
                service.StatedFamilies.Count == 0 ? $"the Service gets the cluster's primary family, but the release is {context.Family}"
                : member.IsInternal && service.StatedFamilies[0] == wantedFamilies[0] ? $"{Use(member)}, and could use either family"
                : $"the release is {context.Family}, and {Use(member)}";
            yield return Set(service, "ipFamilies", stated, why, YamlValue.ListOf(wantedFamilies));
        }

        if (policy != wantedPolicy)
        {
            var why = policy is null ? "its default depends on the cluster" : $"{Use(member)}, which must use one family";
            yield return Set(
                service,
                "ipFamilyPolicy",
                policy is null ? "is not set" : $"is {Printable.OneLine(policy)}",
                why,
                wantedPolicy
            );
        }
    }

    private IEnumerable<Finding> CheckExternalName(Service service)
    {
        foreach (var field in (IEnumerable<string>)["ipFamilies", "ipFamilyPolicy"])
        {
            if (service.Object.Find("spec", field) is not null)
            {
                var path = service.Object.Path.Key("spec", field);
                yield return Fixable(
                    Place.In(service.Object, path),
                    "is set on an ExternalName Service",
                    "Kubernetes refuses it there",
                    Repair.Remove,
                    Edit.Remove(service.Object.Document, path)
                );
            }
        }
    }

    private Finding Set(Service service, string field, string found, string why, YamlValue value)
    {
        var path = service.Object.Path.Key("spec", field);
        return Fixable(Place.In(service.Object, path), found, why, Repair.SetTo(value), Edit.Set(service.Object.Document, path, value));
    }

    private static string WantedPolicy(ReleaseService member, string? policy, AddressFamily family) =>
        policy switch
        {
            _ when member.IsInternal => SingleStack,
            "PreferDualStack" or RequireDualStack => policy,
            // Kubernetes treats two families without a policy as RequireDualStack.
            null when member.Service.StatedFamilies is [var first, _] && first == family.ToString() => RequireDualStack,
            _ => SingleStack,
        };

    /// <summary>The families that the Service must have: the release's, and the other one second if the Service is dual-stack.</summary>
    internal static IReadOnlyList<string> WantedFamilies(ReleaseService member, AddressFamily family)
    {
        var service = member.Service;
        var hasBoth =
            service.StatedFamilies.Count == 2
            || (service.StatedFamilies.Count == 0 && service.Object.Texts("spec", "clusterIPs").Count == 2);
        return hasBoth && WantedPolicy(member, service.Object.Text("spec", "ipFamilyPolicy"), family) != SingleStack
            ? [family.ToString(), family.Other().ToString()]
            : [family.ToString()];
    }

    private static string Use(ReleaseService member) =>
        member switch
        {
            { Roles: var roles } when roles.HasFlag(ServiceRoles.GossipRing) => "memberlist finds its peers through it",
            { Roles: var roles } when roles.HasFlag(ServiceRoles.DialledByTempo) => "Tempo dials it",
            { Roles: var roles } when roles.HasFlag(ServiceRoles.Cache) => "Tempo dials its cache through it",
            { Service.IsHeadless: true } => "its name resolves to pod addresses",
            _ => "clients would reach Tempo over the other family",
        };
}
