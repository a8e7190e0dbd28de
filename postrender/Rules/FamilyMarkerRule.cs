using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>TPF017: where a config is marked with a family, it is the release's.</summary>
internal sealed class FamilyMarkerRule : ConfigRule
{
    public override RuleDescription Description { get; } = new()
    {
        Id = RuleIds.FamilyMarker,
        Name = "family-marker",
        Requirement = $"The annotation {FamilyDecision.Marker} of the object with Tempo's config, where there is one, states the release's "
            + "family",
        Fix = "Sets the annotation, so that the next run without --address-family decides the same, and warns of what no rule knows",
        Holds = "The config is marked with the family, or not at all",
        Why = "The marker decides where no option is given. Left as it was, the next run without the option would turn the release "
            + "back",
        Source = "This project's chart puts the marker on its config",
    };

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext context)
    {
        var marker = config.File.Owner.Annotation(FamilyDecision.Marker);
        if (marker is not null && marker != context.Family.ToString())
        {
            yield return Warning(
                FamilyDecision.MarkerPlace(config),
                $"says that the chart was rendered for {Printable.OneLine(marker)}",
                $"the release becomes {context.Family}, but what no rule knows stays as it is, such as the pods of helm test",
                $"Set addressFamily: {context.Family} in the values of the chart instead");
            var owner = config.File.Owner;
            yield return Fixable(
                FamilyDecision.MarkerPlace(config),
                $"is {Printable.OneLine(marker)}",
                $"the release is {context.Family}, and the annotation decides where no option is given",
                $"Set it to {context.Family}",
                Edit.Set(owner.Document, owner.Path.Key("metadata", "annotations", FamilyDecision.Marker), context.Family.ToString()));
        }
    }
}
