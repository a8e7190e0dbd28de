using System.Globalization;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF010: gossip members can find each other through the gossip-ring Service.</summary>
internal sealed class GossipRingRule : Rule
{
    /// <summary>What to do about any address of a gossip-ring Service.</summary>
    public const string BeHeadless = "Set it to None; Kubernetes allows that only if the Service is deleted and created again";

    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.GossipRing,
            Name = "gossip-ring",
            Requirement =
                "memberlist.join_members names a Service in the manifests that is headless, publishes not-ready addresses, has the "
                + "port memberlist.bind_port and selects only members of this release",
            Fix = "Sets publishNotReadyAddresses, and the port if there is only one; everything else is a warning",
            Problem = "The gossip-ring Service does not lead to exactly the members of memberlist",
            Holds = "The gossip-ring Service selects the members, on their port",
            Why =
                "Members find each other by the addresses of one name. So the Service must be headless, must publish pods before they "
                + "are ready (they become ready only after joining), must have the port that memberlist binds to, and must not join two "
                + "releases into one ring",
            Source = "Tempo 3.0.3 memberlist, default port 7946",
        };

    public override bool Applies(RuleContext context) => context.Release.Configs.Any(static config => config.HasGossipMembers);

    public override IEnumerable<Finding> Check(RuleContext context)
    {
        var rings = context
            .Release.Dialled.Where(static dialled => dialled.Kind == PeerKind.GossipRing)
            .ToLookup(static dialled => dialled.Config);
        var services = context.Release.Services.ToDictionary(static member => member.Service);
        foreach (var config in context.Release.Configs.Where(static config => config.HasGossipMembers))
        {
            if (config.Texts(TempoSettings.MemberlistJoinMembers).Count == 0)
            {
                yield return Warning(
                    Place.In(config.File, TempoSettings.MemberlistJoinMembers),
                    "is empty",
                    "each pod forms a ring of its own",
                    "Set it to the gossip-ring Service: dns+SERVICE.NAMESPACE.svc.CLUSTER-DOMAIN.:7946"
                );
            }

            foreach (var dialled in rings[config])
            {
                var findings =
                    dialled.Service is { } service && services.TryGetValue(service, out var ring)
                        ? CheckRing(ring, config)
                        :
                        [
                            Warning(
                                Place.In(config.File, dialled.Path),
                                (config.File.IsSecret ? "names a Service" : $"names the Service {Printable.OneLine(dialled.Name)}")
                                    + ", which is not in the manifests",
                                "its family cannot be checked",
                                $"Make sure that it is headless and {context.Family}"
                            ),
                        ];
                foreach (var finding in findings)
                {
                    yield return finding;
                }
            }
        }
    }

    private IEnumerable<Finding> CheckRing(ReleaseService ring, TempoConfig config)
    {
        var found = ring.Service.Object;
        if (ring.Service.IsExternalName)
        {
            yield return Warning(
                Place.In(found, found.Path.Key("spec", "type")),
                "is ExternalName",
                "the members are looked up under a name outside these manifests, whose family cannot be checked",
                "Make sure that the name resolves to the members only, with addresses of the release's family"
            );
            yield break;
        }

        if (!ring.Service.IsHeadless)
        {
            yield return Warning(
                Place.In(found, found.Path.Key("spec", "clusterIP")),
                "is not None",
                "its name resolves to one address, so a member finds one random member instead of all",
                BeHeadless
            );
        }

        if (found.Find("spec", "publishNotReadyAddresses").AsBoolean() != true)
        {
            var path = found.Path.Key("spec", "publishNotReadyAddresses");
            yield return Fixable(
                Place.In(found, path),
                "is not true",
                "a pod becomes ready only after it has joined, and the Service does not publish it before that",
                Repair.SetTo("true"),
                Edit.Set(found.Document, path, true)
            );
        }

        if (CheckPort(ring.Service, config) is { } port)
        {
            yield return port;
        }

        var foreign = ring.SelectedOthersCount;
        if (foreign > 0)
        {
            yield return Warning(
                Place.In(found, ring.Service.SelectorPath),
                $"also selects {Several(ring.SelectedOthers, foreign)} of {(foreign == 1 ? "another release" : "other releases")}",
                $"the rings of the {(foreign == 1 ? "two " : "")}releases would become one",
                "Add the release's instance label to the selector"
            );
        }

        if (NotJoining(ring) is [_, ..] others)
        {
            yield return Warning(
                Place.In(found, ring.Service.SelectorPath),
                $"selects {Several(others, others.Count)}, which {(others.Count == 1 ? "does" : "do")} not join memberlist",
                $"{(others.Count == 1 ? "its" : "their")} pods do not listen on the gossip port, so members that dial them are refused",
                "In the chart, set a label on the members only, and select by it"
            );
        }
    }

    private static List<TempoWorkload> NotJoining(ReleaseService ring) =>
        [
            .. ring
                .SelectedOwn.Where(static workload => !workload.JoinsMemberlist)
                .OrderBy(static workload => workload.Workload.Object.Reference, StringComparer.Ordinal),
        ];

    /// <summary>A selector can match thousands of workloads, so only a few are named.</summary>
    private static string Several(IEnumerable<TempoWorkload> workloads, int count)
    {
        const int Named = 3;
        var names = workloads.Take(Named).ToList().ConvertAll(static workload => Printable.OneLine(workload.Workload.Object.Reference));
        var rest = count - Named;
        return string.Join(", ", names) + (rest > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {rest} more workloads") : "");
    }

    private Finding? CheckPort(Service service, TempoConfig config)
    {
        var wanted =
            config.Text(TempoSettings.MemberlistBindPort) ?? TempoSettings.DefaultMemberlistPort.ToString(CultureInfo.InvariantCulture);
        var ports = service.Object.Find("spec", "ports").Items().ToList();
        if (
            ports.Exists(port => port.Text("port") == wanted)
            || !long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return null;
        }

        var path = service.Object.Path.Key("spec", "ports");
        var (stated, why) = (
            string.Join(", ", ports.Select(static port => Printable.OneLine(port.Text("port") ?? "no number"))),
            $"memberlist.bind_port is {wanted}"
        );
        if (ports.Count != 1)
        {
            return Warning(
                Place.In(service.Object, path),
                $"has the ports {(ports.Count == 0 ? "none" : stated)}",
                why,
                $"Add the port {wanted}"
            );
        }

        var first = path.Item(0);
        var edits = new List<Edit> { Edit.Set(service.Object.Document, first.Key("port"), number) };
        if (ports[0].Text("targetPort") is { } target && target != wanted && target.All(char.IsAsciiDigit))
        {
            edits.Add(Edit.Set(service.Object.Document, first.Key("targetPort"), number));
        }

        return Fixable(Place.In(service.Object, first.Key("port")), $"is {stated}", why, Repair.SetTo(wanted), edits);
    }
}
