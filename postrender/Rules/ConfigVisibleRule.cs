using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF016: what could not be judged is said.</summary>
internal sealed class ConfigVisibleRule : Rule
{
    private static RuleDescription About { get; } = new()
    {
        Id = RuleIds.ConfigVisible,
        Name = "config-visible",
        Requirement = "The config of every Tempo container is in the stream, its version of Tempo is stated, and its addresses are known "
            + "before it runs",
        Fix = "None: a warning says what could not be judged; a ${…} that Tempo cannot expand is an error",
        Holds = "Every config could be judged",
        Why = "A config that comes from elsewhere, a version that no tag and no label states, or a variable that only the cluster "
            + "knows, cannot be judged here. Saying nothing would read as all is well",
        Source = "Tempo 3.0.3 expands ${VAR} and ${VAR:-default} with -config.expand-env, in the text, before it is read as YAML "
            + "(measured); ${VAR:1} is a part of the variable, not a default",
    };

    public override RuleDescription Description => About;

    /// <summary>A TempoStack or TempoMonolithic, which an operator makes into a Tempo inside the cluster.</summary>
    /// <param name="found">The object.</param>
    public static Finding OfOperator(KubernetesObject found) => new(
        About, FindingLevel.Warning, Place.In(found, found.Path),
        "is what tempo-operator makes a Tempo from, inside the cluster", "the objects that it makes are not in this stream, and could not be judged",
        found.Kind == "TempoStack"
            ? "Set spec.hashRing.memberlist.enableIPv6 as the family asks, and look at what the operator made with tempo-postrender verify"
            : "Set the addresses under spec.extraConfig.tempo as the family asks, and look at what the operator made with tempo-postrender verify",
        []);

    public override IEnumerable<Finding> Check(RuleContext context) =>
        CheckContainers(context)
            .Concat(CheckVersions(context))
            .Concat(context.Release.Configs.SelectMany(CheckVariables))
            .Concat(context.Release.Configs.Where(static config => config.IsExpanded).SelectMany(CheckSubstitutions));

    private IEnumerable<Finding> CheckContainers(RuleContext context) =>
        from workload in context.Release.Workloads
        from container in workload.Containers
        where container.ConfigProblem is not null
        select Warning(
            Place.In(workload.Workload.Object, container.Container.Path),
            $"runs {string.Join(',', container.Targets.Select(static text => Printable.OneLine(text)))}, but {container.ConfigProblem}",
            "its listeners, rings and receivers could not be judged",
            $"Render the config into the stream, or make sure that it is {context.Family}");

    /// <summary>Once for all containers whose version is not stated, and once for all whose version is not known here.</summary>
    private IEnumerable<Finding> CheckVersions(RuleContext context)
    {
        var containers = context.Release.Workloads.SelectMany(static workload => workload.Containers).ToList();
        if (containers.FindAll(static container => container.StatedVersion is null) is [var unstated, ..] all)
        {
            yield return Warning(
                Place.In(unstated.Container.Workload.Object, unstated.Container.Path.Key("image")),
                $"is {Printable.OneLine(unstated.Container.Image)}, which does not state a version of Tempo{Others(all.Count)}",
                $"it was judged as Tempo {unstated.Version}; another version may have other keys, and stop on one that is not its own",
                "Use a tag with the version, or label the pods app.kubernetes.io/version");
        }

        if (containers.FindAll(static container => container.StatedVersion < TempoVersions.Oldest) is [var old, ..] allOld)
        {
            yield return Warning(
                Place.In(old.Container.Workload.Object, old.Container.Path.Key("image")),
                $"is Tempo {old.Version}{Others(allOld.Count)}", $"the settings of versions before {TempoVersions.Oldest} are not known here, and nothing is written into their configs",
                $"Use Tempo {TempoVersions.Oldest} or later");
        }

        if (containers.FindAll(static container => container.StatedVersion > TempoVersions.Development) is [var late, ..] allLate)
        {
            yield return Warning(
                Place.In(late.Container.Workload.Object, late.Container.Path.Key("image")),
                $"is Tempo {late.Version}{Others(allLate.Count)}", $"the newest version whose settings are known here is {TempoVersions.Development}, and it was judged as that",
                "Look for a newer release of tempo-postrender, or for new rings, listeners and receivers in Tempo's release notes");
        }
    }

    private static string Others(int count) => count switch { 1 => "", 2 => " (and 1 other container)", _ => $" (and {count - 1} other containers)" };

    private IEnumerable<Finding> CheckVariables(TempoConfig config) =>
        from path in AddressSettings(config)
        where config.IsUnknown(path) && !IsPodAddress(config, path) && !config.Texts(path).SelectMany(Substitution.Read).Any(IsFault)
        select Warning(
            Place.In(config.File, path), "holds a variable that only the cluster knows", "its family could not be judged", "State the address, or give the variable a default: ${NAME:-default}");

    /// <summary>The pod's own address is of a family that the cluster decides; where that matters, TPF014 says so.</summary>
    private static bool IsPodAddress(TempoConfig config, NodePath path) =>
        config.Texts(path).SelectMany(Substitution.Read).All(found =>
            config.Containers.All(container => container.Container.Environment(found.Name).Get("valueFrom").Get("fieldRef").Text("fieldPath") is "status.podIP" or "status.podIPs"));

    private static IEnumerable<NodePath> AddressSettings(TempoConfig config) =>
        TempoSettings.ListenAddresses.Append(TempoSettings.MemberlistBindAddress).Select(static setting => setting.Path)
            .Append(TempoSettings.MemberlistAdvertiseAddress)
            .Concat(TempoRing.Known.Select(static ring => ring.FamilyKeyPath))
            .Concat(TempoRing.Known.SelectMany(static ring => ring.AddressKey is { } key ? [ring.Path.Key(key)] : (IEnumerable<NodePath>)[]))
            .Concat(from name in (config.Find(TempoSettings.Receivers) as MappingNode)?.Entries.Select(static entry => entry.Name).OfType<string>() ?? []
                    from receiver in TempoReceiver.Known.Where(receiver => receiver.Type == TempoReceiver.TypeOf(name))
                    select receiver.EndpointPath(name));

    private IEnumerable<Finding> CheckSubstitutions(TempoConfig config)
    {
        foreach (var found in Substitution.Read(config.File.Document.Text))
        {
            var place = Place.At(config.File, found.Start);
            if (found.Form == SubstitutionForm.Invalid)
            {
                yield return Error(
                    place, $"has a ${{…}} that cannot be expanded{Named(found)}", "Tempo does not start (failed to expand env vars)",
                    "Write ${NAME}, or ${NAME:-default}; $${ stands for a text that is to stay as it is");
            }
            else if (IsFault(found))
            {
                yield return Error(
                    place, $"has a ${{NAME:…}} that is no default{Named(found)}", "behind a colon Tempo expects the offset of a part of the variable; without the variable nothing is left",
                    "Write ${NAME:-default}");
            }
        }
    }

    /// <summary>A form that stops Tempo, or that leaves nothing of what its author meant as a default.</summary>
    private static bool IsFault(Substitution found) => found.Form == SubstitutionForm.Invalid
        || (found.Form == SubstitutionForm.Substring && !found.Argument.Split(':').All(static part => int.TryParse(part, out _) || part.Contains("${", StringComparison.Ordinal)));

    /// <summary>The variable's name; what stands behind it may be a secret.</summary>
    private static string Named(Substitution found) => found.Name.Length == 0 ? "" : $", of the variable {Printable.OneLine(found.Name)}";
}
