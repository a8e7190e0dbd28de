using System.Globalization;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF009: the gossip-ring Service selects all gossip members and no other pods.</summary>
internal sealed class GossipLabelRule : Rule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.GossipLabel,
            Name = "gossip-label",
            Requirement =
                "The pods of every gossip member match the selector of the Service that join_members names. If that Service selects "
                + "by the gossip label, all members have the label, and no other pods",
            Fix =
                "Adds the label to the pod template, never to a selector, and not if the Service already selects the pods by other labels; "
                + "a pod that has the label but does not join is a warning",
            Problem = "The gossip label is missing on pods that join memberlist, or is on others",
            Holds = "All gossip members, and no other pods, have the gossip label",
            Why =
                "The gossip-ring Service selects the members by a label of their pods. It does not find a member without the label; a pod "
                + "that has the label but does not join is an endpoint that refuses connections",
            Source =
                "Measured on Tempo 3.0.3 by the listener on port 7946: a process joins memberlist if one of its components uses a ring "
                + "that is kept there; query-frontend, backend-scheduler and the single binary use none. For 2.x: its sources",
        };

    public override bool Applies(RuleContext context) => context.Release.Workloads.Any(static workload => workload.JoinsMemberlist);

    public override IEnumerable<Finding> Check(RuleContext context)
    {
        var rings = new List<Service>();
        foreach (var service in context.Release.Services)
        {
            if (service.Roles.HasFlag(ServiceRoles.GossipRing))
            {
                rings.Add(service.Service);
            }
        }

        return Applies(context)
            ? context.Release.Workloads.SelectMany(workload =>
                workload.JoinsMemberlist
                    ? CheckMember(workload, rings, context.GossipLabel)
                    : CheckOther(workload.Workload, rings, context.GossipLabel)
            )
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
                "the pods join memberlist, and the gossip-ring Service finds them by this label",
                Repair.SetTo(new YamlValue.Text(wanted)),
                Edit.Set(workload.Object.Document, path, wanted)
            );
        }

        var labels = member.LabelsWith(label);
        // A single warning, because a config can name thousands of rings.
        var missing = rings.Where(ring => ring.HasSelector && !ring.Selects(labels)).ToList();
        if (missing.MinBy(static ring => ring.Object.Reference, StringComparer.Ordinal) is { } ring)
        {
            var others =
                missing.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" and of {missing.Count - 1} more gossip Services");
            yield return Warning(
                Place.In(workload.Object, LabelsPath(workload)),
                $"do not match the selector of {Printable.OneLine(ring.Object.Reference)}{others}",
                "the pods join memberlist, but the other members do not find them through this Service",
                $"Add the labels {ring.RequiredLabels} to the pod template"
            );
        }
    }

    private IEnumerable<Finding> CheckOther(Workload workload, List<Service> rings, string label)
    {
        if (rings.Exists(ring => ring.SelectsBy(label, workload.Labels)))
        {
            yield return Warning(
                Place.In(workload.Object, LabelsPath(workload).Key(label)),
                "is set on pods that do not join memberlist",
                "the gossip-ring Service then lists pods that refuse connections to the gossip port",
                "Remove the label from the pod template"
            );
        }
    }

    private static NodePath LabelsPath(Workload workload) => workload.TemplatePath.Key("metadata", "labels");
}
