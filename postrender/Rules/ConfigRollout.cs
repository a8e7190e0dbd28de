using System.Text;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>
/// TPF015: pods restart if a rule changes their config. This is a step after the rules, not a rule: it depends on their edits, and
/// reports nothing if they change no config.
/// </summary>
internal static class ConfigRollout
{
    private const string Annotation = "tempo-postrender/config-checksum";

    public static RuleDescription Rule { get; } =
        new()
        {
            Id = RuleIds.ConfigRollout,
            Name = "config-rollout",
            Requirement =
                $"If the post-renderer changes a config, the pods that mount it have the checksum of the changed config in the "
                + $"annotation {Annotation}, so that they restart",
            Fix = "Sets the annotation of the pod template; a config that is marked immutable is a warning",
            Problem = "The pods do not restart by themselves when their config changes",
            Holds = "No pod keeps running with an older config",
            Why =
                "Pods do not restart if only a ConfigMap changes, and the chart computed its own checksum before the post-renderer ran. "
                + "Without a new checksum each pod would get the changed family at its next restart, and the ring would be mixed "
                + "until then",
            Source =
                "Helm renders the templates before it runs the post-renderer. Only enforce mode changes a config, so check and verify "
                + "report nothing",
        };

    /// <summary>The findings for pods whose config is changed by the fixes of the rules.</summary>
    /// <param name="release">The release.</param>
    /// <param name="findings">What the rules found.</param>
    public static IEnumerable<Finding> After(Release release, IEnumerable<Finding> findings)
    {
        var changed = findings
            .SelectMany(static finding => finding.Edits)
            .Where(static edit => edit.Document is EmbeddedDocument)
            .GroupBy(static edit => (EmbeddedDocument)edit.Document)
            .ToLookup(
                static file => (file.Key.Container, file.Key.ContainerPath.Parent.Parent),
                static file => ManifestWriter.Apply(file.Key, file)
            );
        var checksums = new Dictionary<(YamlDocument Document, NodePath Path), string>();
        var users = release.FileUsers.Where(user => changed.Contains(KeyOf(user.Owner))).ToList();
        return users
            .Where(static user => user.Workload.Object.Kind is not ("Pod" or "Job"))
            .GroupBy(static user => user.Workload.Object)
            .Select(pods => CheckPods(pods.First().Workload, [.. pods.Select(static user => user.Owner).Distinct().Select(ChecksumOf)]))
            .OfType<Finding>()
            .Concat(
                users
                    .Select(static user => user.Owner)
                    .Distinct()
                    .Where(static owner => owner.Find("immutable").AsBoolean() == true)
                    .Select(Immutable)
            );

        // Many pods mount one config, which is hashed once.
        string ChecksumOf(KubernetesObject owner)
        {
            var key = KeyOf(owner);
            return checksums.TryGetValue(key, out var known) ? known : checksums[key] = Checksum(changed[key]);
        }
    }

    /// <summary>The object of a file, which is two keys above the file's text: <c>data</c> and the file's name.</summary>
    private static (YamlDocument Document, NodePath Path) KeyOf(KubernetesObject owner) => (owner.Document, owner.Path);

    private static string Checksum(IEnumerable<string> texts) => Sha256.Hex(Encoding.UTF8.GetBytes(string.Join('\0', texts)));

    private static Finding? CheckPods(Workload workload, IReadOnlyList<string> checksums)
    {
        var checksum = checksums.Count == 1 ? checksums[0] : Checksum(checksums);
        var path = workload.TemplatePath.Key("metadata", "annotations", Annotation);
        var stated = workload.Template.Find("metadata").Get("annotations").Text(Annotation);
        return stated == checksum
            ? null
            : new Finding
            {
                Rule = Rule,
                Level = FindingLevel.Fixable,
                Place = Place.In(workload.Object, path),
                Found = stated is null
                    ? "is not set, and this run changes the config"
                    : "is not the checksum of the config that this run changes",
                Why = "the pods would keep running with the old config, because the chart computed its own checksum before the change",
                Remedy = $"Set it to {checksum[..12]}…",
                Edits = [Edit.Set(workload.Object.Document, path, checksum)],
            };
    }

    private static Finding Immutable(KubernetesObject owner) =>
        new()
        {
            Rule = Rule,
            Level = FindingLevel.Warning,
            Place = Place.In(owner, owner.Path.Key("immutable")),
            Found = "is true, but this run changes the config",
            Why = "if the object exists already, Kubernetes refuses to change its data",
            Remedy = "Set the family in the chart so that the name changes too, or delete the object before the upgrade",
        };
}
