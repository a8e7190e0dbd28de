using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>TPF009: the pods that gossip are found by the others, and only those.</summary>
internal sealed class GossipLabelRule : Rule
{
    public override RuleDescription Description { get; } = new()
    {
        Id = RuleIds.GossipLabel,
        Name = "gossip-label",
        Requirement = "The pod template of every gossip member matches the selector of the Service that join_members names: with the "
            + "gossip label, where that selects by it. Pods that do not join do not carry the label",
        Fix = "Adds the label to the pod template, never to a selector, and not where the Service already finds the pods by other "
            + "labels; a pod that does not join but carries it is a warning",
        Holds = "Gossip members, and only they, carry the gossip label",
        Why = "The gossip-ring Service finds the members by a label of their pods. A member without it is not found; a pod that "
            + "does not join but carries it is an endpoint that refuses connections",
        Source = "Measured on Tempo 3.0.3 by the listener on port 7946: a process joins while a ring that one of its components uses "
            + "is kept in memberlist; query-frontend, backend-scheduler and the single binary use none. 2.x was read in the sources",
    };

    public override IEnumerable<Finding> Check(RuleContext context)
    {
        var rings = context.Release.Services.Where(static service => service.Roles.HasFlag(ServiceRoles.GossipRing)).Select(static service => service.Service).ToList();
        return context.Release.Workloads.Any(static workload => workload.JoinsMemberlist)
            ? context.Release.Workloads.SelectMany(workload => workload.JoinsMemberlist
                ? CheckMember(workload, rings, context.GossipLabel)
                : CheckOther(workload.Workload, rings, context.GossipLabel))
            : [];
    }

    private IEnumerable<Finding> CheckMember(TempoWorkload member, List<Service> rings, string label)
    {
        var workload = member.Workload;
        if (member.GossipLabelValue is { } wanted && workload.Labels.GetValueOrDefault(label) is var value && value != wanted)
        {
            var path = LabelsPath(workload).Key(label);
            yield return Fixable(
                Place.In(workload.Object, path),
                value is null ? "is not set" : $"is {Printable.OneLine(value)}",
                "the pods join memberlist, and the label is how the gossip-ring Service finds them",
                $"Set it to {new YamlValue.Text(wanted)}",
                Edit.Set(workload.Object.Document, path, wanted));
        }

        var labels = member.LabelsWith(label);
        foreach (var ring in rings.Where(ring => ring.Selector.Count > 0 && !ring.Selects(labels)))
        {
            yield return Warning(
                Place.In(workload.Object, LabelsPath(workload)),
                $"do not match the selector of {ring.Object.Reference}",
                "the pods join memberlist, but the others do not find them there",
                $"Add the labels {string.Join(", ", ring.Selector.Select(static pair => $"{Printable.OneLine(pair.Key)}={Printable.OneLine(pair.Value)}"))} to the pod template");
        }
    }

    private IEnumerable<Finding> CheckOther(Workload workload, List<Service> rings, string label)
    {
        if (rings.Exists(ring => ring.Selector.TryGetValue(label, out var wanted) && workload.Labels.GetValueOrDefault(label) == wanted))
        {
            yield return Warning(
                Place.In(workload.Object, LabelsPath(workload).Key(label)),
                "is set on pods that do not join memberlist",
                "they become endpoints of the gossip-ring Service that refuse connections",
                "Remove the label from the pod template");
        }
    }

    private static NodePath LabelsPath(Workload workload) => workload.TemplatePath.Key("metadata", "labels");
}
