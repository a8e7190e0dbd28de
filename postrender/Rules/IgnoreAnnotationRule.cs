using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>TPF019: the annotation that disables rules for an object names rules that exist.</summary>
internal sealed class IgnoreAnnotationRule : Rule
{
    /// <summary>The annotation.</summary>
    public static string Annotation { get; } = KubernetesObject.IgnoreAnnotation;

    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.IgnoreAnnotation,
            Name = "ignore-annotation",
            Requirement = $"The annotation {KubernetesObject.IgnoreAnnotation} of an object lists ids of rules that exist",
            Fix = "None: only the user knows which rule was meant",
            Problem = "An annotation disables a rule that does not exist",
            Holds = $"Every annotation {KubernetesObject.IgnoreAnnotation} lists rules that exist",
            Why = "A mistyped id disables nothing: the rule still changes the object, or refuses the release",
            Source = "This program reads the annotation",
        };

    public override IEnumerable<Finding> Check(RuleContext context) =>
        ObjectsOf(context.Release)
            .Distinct()
            .SelectMany(found =>
                found
                    .IgnoredRules.Where(static id => RuleCatalog.Optional.All(rule => rule.Id != id))
                    .Select(id =>
                        Warning(
                            Place.In(found, found.Path.Key("metadata", "annotations", KubernetesObject.IgnoreAnnotation)),
                            $"lists {Printable.OneLine(id)}, which is not the id of a rule that can be disabled",
                            "it disables nothing",
                            $"Write {NearestWord.RuleOf(id, RuleCatalog.Optional) ?? "the id of a rule"} instead, or remove it"
                        )
                    )
            );

    private static IEnumerable<KubernetesObject> ObjectsOf(Release release) =>
        release
            .Workloads.Select(static workload => workload.Workload.Object)
            .Concat(release.Configs.Select(static config => config.File.Owner))
            .Concat(release.Services.Select(static service => service.Service.Object))
            .Concat(release.Gateways.Select(static gateway => gateway.Workload.Object))
            .Concat(release.Gateways.SelectMany(static gateway => gateway.Files).Select(static file => file.File.Owner))
            .Concat(release.Caches.Select(static cache => cache.Object))
            .Concat(release.NetworkPolicies);
}
