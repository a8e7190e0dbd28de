using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF016: what could not be judged is said.</summary>
internal sealed class ConfigVisibleRule : Rule
{
    public override RuleDescription Description { get; } = new(
        RuleIds.ConfigVisible,
        "config-visible",
        "The config of every Tempo container is in the stream, and its addresses are known before it runs",
        "None: a warning says what could not be judged",
        "Every config could be judged",
        "A config that comes from elsewhere, or a variable that only the cluster knows, cannot be judged here. Saying nothing would read as all is well",
        "Tempo 3.0.3 expands ${VAR} and ${VAR:default} with -config.expand-env",
        ReleaseParts.Workloads | ReleaseParts.Configs);

    public override IEnumerable<Finding> Check(RuleContext release) => CheckContainers(release).Concat(release.Configs.SelectMany(CheckVariables));

    private IEnumerable<Finding> CheckContainers(RuleContext release) =>
        from workload in release.Workloads
        from container in workload.Containers
        where container.ConfigProblem is not null
        select Warning(
            Place.In(workload.Workload.Object, container.Container.Path),
            $"runs {string.Join(',', container.Targets.Select(static text => Printable.OneLine(text)))}, but {container.ConfigProblem}",
            "its listeners, rings and receivers could not be judged",
            $"Render the config into the stream, or make sure that it is {release.Family}");

    private IEnumerable<Finding> CheckVariables(TempoConfig config) =>
        from path in AddressSettings(config)
        where config.Texts(path).Any(static text => text.Contains("${", StringComparison.Ordinal))
        select Warning(
            Place.In(config.File, path), "holds a variable that only the cluster knows", "its family could not be judged", "State the address, or give the variable a default");

    private static IEnumerable<NodePath> AddressSettings(TempoConfig config) =>
        TempoSettings.ListenAddresses
            .Append(TempoSettings.MemberlistBindAddress)
            .Append(TempoSettings.MemberlistAdvertiseAddress)
            .Concat(TempoRing.Known.SelectMany(static ring => (NodePath[])[ring.Path.Key(TempoRing.FamilyKey), ring.Path.Key(ring.AddressKey)]))
            .Concat(from name in (config.Find(TempoSettings.Receivers) as MappingNode)?.Entries.Select(static entry => entry.Name).OfType<string>() ?? []
                    from receiver in TempoReceiver.Known.Where(receiver => receiver.Type == name.Split('/')[0])
                    select receiver.EndpointPath(name));
}
