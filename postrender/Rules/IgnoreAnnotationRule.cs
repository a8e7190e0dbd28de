using Tempo.PostRender.Graph;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF019: the annotation that disables rules for an object names rules that exist.</summary>
internal sealed class IgnoreAnnotationRule : Rule
{
    public static string Annotation { get; } = KubernetesObject.IgnoreAnnotation;

    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.IgnoreAnnotation,
            Name = "ignore-annotation",
            Requirement = $"The annotation {KubernetesObject.IgnoreAnnotation} of an object lists ids of rules that exist",
            Fix = "By hand, because only the user knows which rule was meant",
            Problem = "An annotation disables a rule that does not exist",
            Holds = $"Every annotation {KubernetesObject.IgnoreAnnotation} lists rules that exist",
            Why = "A mistyped id disables nothing: the rule still changes the object, or refuses the release",
            Source = "This program reads the annotation",
        };

    public override bool Applies(RuleContext context) => ObjectsOf(context.Release).Any(static found => found.IgnoredRules.Count > 0);

    public override IEnumerable<Finding> Check(RuleContext context)
    {
        foreach (var found in ObjectsOf(context.Release))
        {
            foreach (var id in found.IgnoredRules)
            {
                if (RuleCatalog.Optional.All(rule => rule.Id != id))
                {
                    yield return Warning(
                        Place.In(found, found.Path.Key("metadata", "annotations", KubernetesObject.IgnoreAnnotation)),
                        $"lists {Printable.OneLine(id)}, which is not the id of a rule that can be disabled",
                        "it disables nothing",
                        $"Write {RuleCatalog.NearestId(id, RuleCatalog.Optional) ?? "the id of a rule"} instead, or remove it"
                    );
                }
            }
        }
    }

    private static HashSet<KubernetesObject> ObjectsOf(Release release) =>
        [
            .. release.Workloads.Select(static workload => workload.Workload.Object),
            .. release.Configs.Select(static config => config.File.Owner),
            .. release.Services.Select(static service => service.Service.Object),
            .. release.Gateways.Select(static gateway => gateway.Workload.Object),
            .. release.Gateways.SelectMany(static gateway => gateway.Files, static (_, file) => file.File.Owner),
            .. release.Caches.Select(static cache => cache.Object),
            .. release.NetworkPolicies,
        ];
}
