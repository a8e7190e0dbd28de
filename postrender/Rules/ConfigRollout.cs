using System.Text;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>
/// TPF015: pods restart when only their config's family changed. A step behind the rules, not one of them: it follows from what they
/// change, and there is nothing to say where nothing is changed.
/// </summary>
internal static class ConfigRollout
{
    private const string Annotation = "tempo-postrender/config-checksum";

    public static RuleDescription Rule { get; } = new()
    {
        Id = RuleIds.ConfigRollout,
        Name = "config-rollout",
        Requirement = $"Pods that mount a config which is changed here carry the checksum of the changed config, {Annotation}, so that they "
            + "restart with it",
        Fix = "Adds or sets the annotation of the pod template; a config marked immutable is a warning",
        Holds = "No pod keeps running with an older config",
        Why = "Nothing restarts when only a ConfigMap changes. A chart's own checksum was computed before the post-renderer ran, "
            + "so that a change of family made here would reach the running pods one by one, at their next restart: a mixed ring",
        Source = "Helm renders before it post-renders. Only enforce mode changes a config; check and verify have nothing to say here",
    };

    /// <summary>What follows for the pods of a release from the repairs that rules found.</summary>
    /// <param name="release">The release.</param>
    /// <param name="findings">What the rules found.</param>
    public static IEnumerable<Finding> After(Release release, IEnumerable<Finding> findings)
    {
        var changed = findings.SelectMany(static finding => finding.Edits)
            .Where(static edit => edit.Document is EmbeddedDocument)
            .GroupBy(static edit => (EmbeddedDocument)edit.Document)
            .ToLookup(static file => (file.Key.Container, file.Key.ContainerPath.Parent.Parent), static file => ManifestWriter.Apply(file.Key, file));
        var users = release.FileUsers.Where(user => changed.Contains(KeyOf(user.Owner))).ToList();
        return users.Where(static user => user.Workload.Object.Kind is not ("Pod" or "Job"))
            .GroupBy(static user => user.Workload.Object)
            .Select(pods => CheckPods(pods.First().Workload, pods.Select(static user => user.Owner).Distinct().SelectMany(owner => changed[KeyOf(owner)])))
            .OfType<Finding>()
            .Concat(users.Select(static user => user.Owner).Distinct().Where(static owner => owner.Find("immutable").AsBoolean() == true).Select(Immutable));
    }

    /// <summary>A file stands two keys below its object: <c>data</c> and its name.</summary>
    private static (YamlDocument Document, NodePath Path) KeyOf(KubernetesObject owner) => (owner.Document, owner.Path);

    private static Finding? CheckPods(Workload workload, IEnumerable<string> files)
    {
        var checksum = Sha256.Hex(Encoding.UTF8.GetBytes(string.Join('\0', files)));
        var path = workload.TemplatePath.Key("metadata", "annotations", Annotation);
        return workload.Template.Find("metadata").Get("annotations").Text(Annotation) == checksum ? null : new Finding(
            Rule,
            FindingLevel.Fixable,
            Place.In(workload.Object, path),
            "is not the checksum of the config as changed here",
            "the chart computed its own checksum before, and the pods would keep the older config",
            $"Set it to {checksum[..12]}…",
            [Edit.Set(workload.Object.Document, path, checksum)]);
    }

    private static Finding Immutable(KubernetesObject owner) => new(
        Rule,
        FindingLevel.Warning,
        Place.In(owner, owner.Path.Key("immutable")),
        "is true, and the config is changed here",
        "Kubernetes refuses other data under the same name, should the object exist already",
        "Set the family in the chart, so that the name changes with it, or delete the object before the upgrade",
        []);
}
