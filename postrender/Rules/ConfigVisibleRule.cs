using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF016: reports the configs and settings that could not be checked.</summary>
internal sealed class ConfigVisibleRule : Rule
{
    private static RuleDescription About { get; } =
        new()
        {
            Id = RuleIds.ConfigVisible,
            Name = "config-visible",
            Requirement =
                "The manifests contain the config of every Tempo container, its version of Tempo, and the addresses in the config",
            Fix = "By hand; a warning says what could not be checked; a ${…} that Tempo cannot expand is an error",
            Problem = "Some settings could not be checked",
            Holds = "Every config could be checked",
            Why =
                "The rules cannot check a config that is not in the manifests, a version that neither the image tag nor a label "
                + "states, or a "
                + "variable whose value only the cluster knows. Without the warning the release would look correct",
            Source =
                "Measured on Tempo 3.0.3: -config.expand-env expands ${VAR} and ${VAR:-default} in the text, before it is parsed as "
                + "YAML; ${VAR:1} is a part of the variable's value, not a default",
        };

    public override RuleDescription Description => About;

    /// <summary>A TempoStack or TempoMonolithic, from which tempo-operator creates Tempo in the cluster.</summary>
    public static Finding OfOperator(KubernetesObject found) =>
        new()
        {
            Rule = About,
            Level = FindingLevel.Warning,
            Place = Place.In(found, found.Path),
            Found = "is a resource from which tempo-operator creates Tempo in the cluster",
            Why = "the objects that it creates are not in these manifests and cannot be checked",
            Remedy =
                found.Kind == "TempoStack"
                    ? "Set spec.hashRing.memberlist.enableIPv6 for the family, and check the created pods with tempo-postrender verify"
                    : "Set the addresses under spec.extraConfig.tempo for the family, and check the created pods with "
                        + "tempo-postrender verify",
        };

    public override IEnumerable<Finding> Check(RuleContext context) =>
        CheckContainers(context)
            .Concat(CheckVersions(context))
            .Concat(context.Release.Configs.SelectMany(CheckVariables))
            .Concat(ExpandedConfigs(context.Release).SelectMany(CheckSubstitutions));

    /// <summary>
    /// The configs in which Tempo expands variables, including those that are not YAML: an invalid variable in them stops Tempo too.
    /// </summary>
    private static IEnumerable<TempoConfig> ExpandedConfigs(Release release) =>
        release
            .Configs.Where(static config => config.IsExpanded)
            .Concat(
                release
                    .Workloads.SelectMany(static workload => workload.Containers, static (_, container) => container.Unread)
                    .OfType<TempoConfig>()
            );

    private IEnumerable<Finding> CheckContainers(RuleContext context)
    {
        foreach (var container in context.Release.Workloads.SelectMany(static workload => workload.Containers))
        {
            if (container.ConfigProblem is { } problem)
            {
                yield return Warning(
                    Place.In(container.Container.Workload.Object, container.Container.Path),
                    $"runs {string.Join(',', container.Targets.Select(static text => Printable.OneLine(text)))}, but {problem}",
                    "its listeners, rings and receivers cannot be checked",
                    $"Add the config to the manifests, or make sure that it is {context.Family}"
                );
            }
        }
    }

    /// <summary>
    /// At most one finding for all containers without a version, one for all with an older version than the known ones, and one for newer.
    /// </summary>
    private IEnumerable<Finding> CheckVersions(RuleContext context)
    {
        var containers = context.Release.Workloads.SelectMany(static workload => workload.Containers).ToList();
        if (containers.FindAll(static container => container.StatedVersion is null) is [var unstated, ..] all)
        {
            yield return Warning(
                Place.In(unstated.Container.Workload.Object, unstated.Container.Path.Key("image")),
                $"is {Printable.OneLine(unstated.Container.Image)}, which does not state a version of Tempo{Others(all.Count)}",
                $"it was checked as Tempo {unstated.Version}; another version may have other keys and does not start with unknown ones",
                "Use a tag with the version, or set the label app.kubernetes.io/version on the pods"
            );
        }

        if (containers.FindAll(static container => container.StatedVersion < TempoVersions.Oldest) is [var old, ..] allOld)
        {
            yield return Warning(
                Place.In(old.Container.Workload.Object, old.Container.Path.Key("image")),
                $"is Tempo {old.Version}{Others(allOld.Count)}",
                $"the settings of versions before {TempoVersions.Oldest} are unknown, so their configs are not changed",
                $"Use Tempo {TempoVersions.Oldest} or later"
            );
        }

        if (containers.FindAll(static container => container.StatedVersion > TempoVersions.Development) is [var late, ..] allLate)
        {
            yield return Warning(
                Place.In(late.Container.Workload.Object, late.Container.Path.Key("image")),
                $"is Tempo {late.Version}{Others(allLate.Count)}",
                $"its settings are unknown, so it was checked as {TempoVersions.Development}, the newest known version",
                "Update tempo-postrender, or look for new rings, listeners and receivers in Tempo's release notes"
            );
        }
    }

    private static string Others(int count) =>
        count switch
        {
            1 => "",
            2 => " (and 1 other container)",
            _ => $" (and {count - 1} other containers)",
        };

    private IEnumerable<Finding> CheckVariables(TempoConfig config)
    {
        foreach (var path in AddressSettings(config))
        {
            if (config.IsUnknown(path) && !IsPodAddress(config, path) && !config.Texts(path).SelectMany(Substitution.Read).Any(IsFault))
            {
                yield return Warning(
                    Place.In(config.File, path),
                    "contains a variable whose value only the cluster knows",
                    "its family cannot be checked",
                    "Write the address, or give the variable a default: ${NAME:-default}"
                );
            }
        }
    }

    /// <summary>Whether the variables contain the pod's address, whose family the cluster decides; TPF014 reports these.</summary>
    private static bool IsPodAddress(TempoConfig config, NodePath path) =>
        config
            .Texts(path)
            .SelectMany(Substitution.Read)
            .All(found =>
                config.Containers.All(container =>
                    container.Container.Environment(found.Name).Get("valueFrom").Get("fieldRef").Text("fieldPath")
                        is "status.podIP"
                            or "status.podIPs"
                )
            );

    private static List<NodePath> AddressSettings(TempoConfig config)
    {
        List<NodePath> paths =
        [
            .. TempoSettings.ListenAddresses.Select(static setting => setting.Path),
            TempoSettings.MemberlistBindAddress.Path,
            TempoSettings.MemberlistAdvertiseAddress,
        ];
        foreach (var ring in TempoRing.Known)
        {
            paths.Add(ring.FamilyKeyPath);
            if (ring.AddressKey is { } key)
            {
                paths.Add(ring.Path.Key(key));
            }
        }

        foreach (var entry in (config.Find(TempoSettings.Receivers) as MappingNode)?.Entries ?? [])
        {
            foreach (var receiver in TempoReceiver.Known)
            {
                if (entry.Name is { } name && receiver.Type == TempoReceiver.TypeOf(name))
                {
                    paths.Add(receiver.EndpointPath(name));
                }
            }
        }

        return paths;
    }

    private IEnumerable<Finding> CheckSubstitutions(TempoConfig config)
    {
        foreach (var found in config.File.Substitutions)
        {
            var place = Place.At(config.File, found.Start);
            if (found.Form == SubstitutionForm.Invalid)
            {
                yield return Error(
                    place,
                    $"has a ${{…}} that cannot be expanded{Named(found)}",
                    "Tempo does not start (failed to expand env vars)",
                    "Write ${NAME} or ${NAME:-default}; write $${ for a literal ${"
                );
            }
            else if (IsFault(found))
            {
                yield return Error(
                    place,
                    $"has a ${{NAME:…}} that is not a default{Named(found)}",
                    "a colon without a dash starts a substring, not a default, so the result is empty if the variable is not set",
                    "Write ${NAME:-default}"
                );
            }
        }
    }

    /// <summary>Whether Tempo does not start with this form, or uses the default as an offset.</summary>
    private static bool IsFault(Substitution found) =>
        found.Form == SubstitutionForm.Invalid
        || (
            found.Form == SubstitutionForm.Substring
            && !found.Argument.Split(':').All(static part => int.TryParse(part, out _) || part.Contains("${", StringComparison.Ordinal))
        );

    /// <summary>Returns only the variable's name, because the rest of the expression may contain a secret.</summary>
    private static string Named(Substitution found) => found.Name.Length == 0 ? "" : $" (variable {Printable.OneLine(found.Name)})";
}
