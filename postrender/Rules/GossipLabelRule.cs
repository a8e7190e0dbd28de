using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>TPF009: the pods that gossip are labelled, and only those.</summary>
internal sealed class GossipLabelRule : Rule
{
    public override RuleDescription Description { get; } = new(
        RuleIds.GossipLabel,
        "gossip-label",
        "The pod template of every gossip member carries the gossip label and matches the selector of the Service that join_members names; pods that do not join do not carry it",
        "Adds the label to the pod template, never to a selector; a pod that does not join but carries it is a warning",
        "Gossip members, and only they, carry the gossip label",
        "The gossip-ring Service finds the members by a label of their pods. A member without it is not found; a pod that does not join but carries it is an endpoint that refuses connections",
        "Measured on Tempo 3.0.3 by the listener on port 7946: distributor, live-store, querier, block-builder and metrics-generator join, backend-worker with a memberlist ring; query-frontend, backend-scheduler and the single binary do not. 2.x was read from the sources",
        ReleaseParts.Workloads | ReleaseParts.Services);

    public override IEnumerable<Finding> Check(RuleContext release)
    {
        var rings = release.Services.Where(static service => service.Roles.HasFlag(ServiceRoles.GossipRing)).Select(static service => service.Service).ToList();
        return release.Workloads.SelectMany(workload => workload.JoinsMemberlist
            ? CheckMember(workload.Workload, rings, release)
            : CheckOther(workload.Workload, release));
    }

    private IEnumerable<Finding> CheckMember(Workload workload, List<Service> rings, RuleContext release)
    {
        var labels = LabelsPath(workload);
        var label = labels.Key(release.GossipLabel);
        if (!IsLabelled(workload, release))
        {
            yield return Fixable(
                Place.In(workload.Object, label),
                workload.Labels.TryGetValue(release.GossipLabel, out var value) ? $"is {Printable.OneLine(value)}" : "is not set",
                "the pods join memberlist, and the label is how the gossip-ring Service finds them",
                "Set it to \"true\"",
                Edit.Set(workload.Object.Document, label, "true"));
        }

        var labelled = new Dictionary<string, string>(workload.Labels, StringComparer.Ordinal) { [release.GossipLabel] = "true" };
        foreach (var ring in rings.Where(ring => ring.Selector.Count > 0 && !ring.Selects(labelled)))
        {
            yield return Warning(
                Place.In(workload.Object, labels),
                $"do not match the selector of {ring.Object.Reference}",
                "the pods join memberlist, but the others do not find them there",
                $"Add the labels {string.Join(", ", ring.Selector.Select(static pair => $"{Printable.OneLine(pair.Key)}={Printable.OneLine(pair.Value)}"))} to the pod template");
        }
    }

    private IEnumerable<Finding> CheckOther(Workload workload, RuleContext release)
    {
        if (IsLabelled(workload, release))
        {
            yield return Warning(
                Place.In(workload.Object, LabelsPath(workload).Key(release.GossipLabel)),
                "is set on pods that do not join memberlist",
                "they become endpoints of the gossip-ring Service that refuse connections",
                "Remove the label from the pod template");
        }
    }

    private static NodePath LabelsPath(Workload workload) => workload.TemplatePath.Key("metadata", "labels");

    private static bool IsLabelled(Workload workload, RuleContext release) =>
        workload.Labels.TryGetValue(release.GossipLabel, out var value) && value == "true";
}
