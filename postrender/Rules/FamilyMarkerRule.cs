using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF017: the annotation on a config states the release's family.</summary>
internal sealed class FamilyMarkerRule : ConfigRule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.FamilyMarker,
            Name = "family-marker",
            Requirement = $"If the object with Tempo's config has the annotation {FamilyDecision.Marker}, it states the release's family",
            Fix =
                "Sets the annotation, so that the next run without --address-family uses the same family, and warns that no rule "
                + "changes the "
                + "rest of the chart",
            Problem = "The annotation on the config states the other family",
            Holds = "The annotation on the config states the family",
            Why =
                "The annotation decides the family if no option is given. With the old value, the next run without the option would change "
                + "the release back",
            Source = "This project's chart sets the annotation on its config",
        };

    public override bool Applies(RuleContext context) =>
        context.Release.Configs.Any(static config => config.File.Owner.Annotation(FamilyDecision.Marker) is not null);

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext context)
    {
        var marker = config.File.Owner.Annotation(FamilyDecision.Marker);
        if (marker is not null && marker != context.Family.ToString())
        {
            yield return Warning(
                FamilyDecision.MarkerPlace(config),
                $"says that the chart was rendered for {Printable.OneLine(marker)}",
                $"the release becomes {context.Family}, but objects that no rule covers, such as the pods of helm test, are not changed",
                $"Set addressFamily: {context.Family} in the values of the chart instead"
            );
            var owner = config.File.Owner;
            yield return Fixable(
                FamilyDecision.MarkerPlace(config),
                $"is {Printable.OneLine(marker)}",
                $"the release is {context.Family}, and the annotation decides the family if no option is given",
                Repair.SetTo(context.Family),
                Edit.Set(owner.Document, owner.Path.Key("metadata", "annotations", FamilyDecision.Marker), context.Family.ToString())
            );
        }
    }
}
