using System.Text;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>
/// TPF015: pods restart if a rule changes their config. It is a step of the pipeline after the rules, not a rule, because it
/// depends on their edits. It reports nothing if they do not change a config.
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
                "Helm renders the templates before it runs the post-renderer. Only enforce mode changes a config, so check only names "
                + "the pods that would restart, and verify reports nothing",
        };

    /// <summary>Adds the findings for pods whose config the fixes of the rules change.</summary>
    public static IReadOnlyList<ReleaseAnalysis> After(ManifestGraph graph, IReadOnlyList<ReleaseAnalysis> analyses)
    {
        var changed = ChangedFiles(analyses);
        if (changed.Keys.Count == 0 || analyses[0].Disabled.Contains(Rule))
        {
            return analyses;
        }

        // A pod can mount configs of several releases, but has one checksum.
        var checksums = new Dictionary<KubernetesObject, string>();
        var mounted = new DictionaryOfLists<Workload, string>();
        var known = new HashSet<ConfigMount>();
        foreach (var release in graph.Releases)
        {
            foreach (var mount in release.ConfigMounts)
            {
                var owner = mount.Owner;
                if (!checksums.TryGetValue(owner, out var checksum) && changed[(owner.Document, owner.Path)] is { Count: > 0 } files)
                {
                    checksums.Add(owner, checksum = Combined(files));
                }

                if (checksum is not null && known.Add(mount))
                {
                    mounted.Add(mount.Workload, checksum);
                }
            }
        }

        var collector = new FindingCollector();
        var result = analyses.ToArray();
        for (var i = 0; i < graph.Releases.Count; i++)
        {
            var mounts = graph.Releases[i].ConfigMounts;
            if (mounts.Any(mount => checksums.ContainsKey(mount.Owner)))
            {
                var found = collector.Collect(Check(mounts, mounted, checksums));
                result[i] = result[i].With(Rule, FindingCollector.WithoutImpossibleEdits(found));
            }
        }

        return ReleaseConflicts.Resolve(result);
    }

    /// <summary>The checksums of the changed files, by the document and the path of the object that contains them.</summary>
    private static DictionaryOfLists<(YamlDocument Document, NodePath Path), string> ChangedFiles(IReadOnlyList<ReleaseAnalysis> analyses)
    {
        var edits = new DictionaryOfLists<EmbeddedDocument, Edit>();
        foreach (var analysis in analyses)
        {
            foreach (var finding in analysis.Findings)
            {
                foreach (var edit in finding.Edits)
                {
                    if (edit.Document is EmbeddedDocument file)
                    {
                        edits.Add(file, edit);
                    }
                }
            }
        }

        // The text of a file is two keys below its object: data, then the name of the file.
        var changed = new DictionaryOfLists<(YamlDocument Document, NodePath Path), string>();
        foreach (var file in edits.Keys)
        {
            changed.Add((file.Container, file.ContainerPath.Parent.Parent), ManifestWriter.Checksum(file, edits[file]));
        }

        return changed;
    }

    private static IEnumerable<Finding> Check(
        IReadOnlyList<ConfigMount> mounts,
        DictionaryOfLists<Workload, string> mounted,
        Dictionary<KubernetesObject, string> checksums
    )
    {
        var workloads = new HashSet<Workload>();
        var owners = new HashSet<KubernetesObject>();
        foreach (var (workload, owner) in mounts)
        {
            // Nothing restarts a Pod or a Job.
            if (
                workload.Object.Kind is not ("Pod" or "Job")
                && workloads.Add(workload)
                && mounted[workload] is { Count: > 0 } configs
                && CheckPods(workload, configs) is { } finding
            )
            {
                yield return finding;
            }

            if (owners.Add(owner) && checksums.ContainsKey(owner) && owner.Find("immutable").AsBoolean() == true)
            {
                yield return Immutable(owner);
            }
        }
    }

    private static string Combined(List<string> checksums) =>
        checksums.Count == 1 ? checksums[0] : Sha256.Hex(Encoding.UTF8.GetBytes(string.Join('\0', checksums)));

    private static Finding? CheckPods(Workload workload, List<string> checksums)
    {
        var checksum = Combined(checksums);
        var path = workload.TemplatePath.Key("metadata", "annotations", Annotation);
        var stated = workload.Template.Find("metadata").Get("annotations").Text(Annotation);
        var repair = Repair.SetTo($"{checksum[..12]}…");
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
                Remedy = repair.Order,
                Done = repair.Done,
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
