using System.Text;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>TPF015: pods restart when only their config's family changed. Looks at what the rules before it change.</summary>
internal sealed class ConfigRolloutRule : Rule
{
    private const string Annotation = "tempo-postrender/config-checksum";

    public override RuleDescription Description { get; } = new(
        RuleIds.ConfigRollout,
        "config-rollout",
        $"Pods that mount a config which is changed here carry the checksum of the changed config, {Annotation}, so that they restart with it",
        "Adds or sets the annotation of the pod template; a config marked immutable is a warning",
        "No pod keeps running with an older config",
        "Nothing restarts when only a ConfigMap changes. A chart's own checksum was computed before the post-renderer ran, so that a change of family made here would reach the running pods one by one, at their next restart: a mixed ring",
        "Helm renders before it post-renders. Only enforce mode changes a config; check and verify have nothing to say here",
        ReleaseParts.FileUsers | ReleaseParts.ChangedFiles);

    public override IEnumerable<Finding> Check(RuleContext release)
    {
        var changed = release.ChangedFiles.ToLookup(
            static change => (change.File.Container, change.File.ContainerPath.Parent.Parent),
            static change => ManifestWriter.Apply(change.File, change.Edits));
        var users = release.FileUsers.Where(user => changed.Contains(KeyOf(user.Owner))).ToList();
        return users.Where(static user => user.Workload.Object.Kind is not ("Pod" or "Job"))
            .GroupBy(static user => user.Workload.Object, static user => user)
            .Select(workload => CheckWorkload(workload.First().Workload, workload.Select(static user => user.Owner).Distinct().SelectMany(owner => changed[KeyOf(owner)])))
            .OfType<Finding>()
            .Concat(users.Select(static user => user.Owner).Distinct().Where(static owner => owner.Find("immutable").AsBoolean() == true).Select(Immutable));
    }

    /// <summary>A file stands two keys below its object: <c>data</c> and its name.</summary>
    private static (YamlDocument Document, NodePath Path) KeyOf(KubernetesObject owner) => (owner.Document, owner.Path);

    private Finding? CheckWorkload(Workload workload, IEnumerable<string> files)
    {
        var checksum = Sha256.Hex(Encoding.UTF8.GetBytes(string.Join('\0', files)));
        var path = workload.TemplatePath.Key("metadata", "annotations", Annotation);
        return workload.Template.Find("metadata").Get("annotations").Text(Annotation) == checksum ? null : Fixable(
            Place.In(workload.Object, path),
            "is not the checksum of the config as changed here",
            "the chart computed its own checksum before, and the pods would keep the older config",
            $"Set it to {checksum[..12]}…",
            Edit.Set(workload.Object.Document, path, checksum));
    }

    private Finding Immutable(KubernetesObject owner) => Warning(
        Place.In(owner, owner.Path.Key("immutable")),
        "is true, and the config is changed here",
        "Kubernetes refuses other data under the same name, should the object exist already",
        "Set the family in the chart, so that the name changes with it, or delete the object before the upgrade");
}
