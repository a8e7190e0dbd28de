using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// Reads a namespace into the same graph as manifests. One pod of each revision of a workload represents the others. The graph contains
/// this pod instead of its Deployment, so that the running state is checked, not the wanted one.
/// </summary>
/// <param name="readSecrets">Whether configs in Secrets are read.</param>
internal sealed class NamespaceReader(KubernetesApi api, string ns, bool readSecrets)
{
    /// <summary>Reads the namespace.</summary>
    /// <param name="podSelector">A label selector for the pods, or null for all.</param>
    public async Task<LiveNamespace> ReadAsync(string? podSelector, RuleOptions options, CancellationToken cancellationToken)
    {
        var (pods, representatives) = await ReadPodsAsync(podSelector, cancellationToken);
        var workloads = representatives.Values.Select(static found => found.Workload).OfType<Workload>().ToList();
        var services = await api.ListAsync(ApiResource.Services, ns, cancellationToken);
        var policies = await api.ListAsync(ApiResource.NetworkPolicies, ns, cancellationToken);
        var configs = await ReadConfigsAsync(workloads, cancellationToken);
        var slices = await api.ListAsync(ApiResource.EndpointSlices, ns, labels: null, cancellationToken)
            .Select(LiveSlice.Read)
            .OfType<LiveSlice>()
            .ToLookupAsync(static slice => slice.Service, cancellationToken: cancellationToken);
        var graph = ManifestGraph.Build(
            [.. workloads.Select(static workload => workload.Object), .. services, .. policies, .. configs],
            ns
        );
        var byTemplate = pods.ToLookup(static pod => pod.Template);
        var templateOf = representatives.ToDictionary(static entry => entry.Value.Name, static entry => entry.Key);
        var allServices = services.ConvertAll(static found => new Service(found));
        List<LiveRelease> releases =
        [
            .. graph
                .Releases.Zip(RuleEngine.AnalyzeAll(graph, options))
                .Where(static pair => pair.First.Workloads.Count > 0)
                .Select(pair => Join(pair.First, pair.Second, options, Companions.Of(pair.First, workloads), allServices, PodsOf)),
        ];
        var names = releases.SelectMany(static release => release.ServiceNames).ToHashSet();
        var ingressPoints = releases.Count == 0 ? [] : await new IngressPointReader(api, ns).ReadAsync(names, cancellationToken);
        return new LiveNamespace(releases, pods, slices, ingressPoints);

        IEnumerable<LivePod> PodsOf(Workload workload) => byTemplate[templateOf[workload.Object.Name]];
    }

    /// <summary>The rollouts of the workloads that run Tempo.</summary>
    public async Task<IReadOnlyList<Rollout>> ReadRolloutsAsync(CancellationToken cancellationToken)
    {
        var workloads = new List<Workload>();
        foreach (var resource in Rollout.Resources)
        {
            var found = await api.ListAsync(resource, ns, cancellationToken);
            workloads.AddRange(found.Select(static owner => owner.Workload).OfType<Workload>());
        }

        var configs = await ReadConfigsAsync(workloads, cancellationToken);
        var graph = ManifestGraph.Build([.. workloads.Select(static workload => workload.Object), .. configs], ns);
        return
        [
            .. graph.Releases.SelectMany(static release => release.Workloads).Select(static tempo => Rollout.Of(tempo.Workload.Object)),
        ];
    }

    private static LiveRelease Join(
        Release release,
        ReleaseAnalysis analysis,
        RuleOptions options,
        IReadOnlyList<(Workload Workload, Container Container)> companions,
        List<Service> services,
        Func<Workload, IEnumerable<LivePod>> podsOf
    )
    {
        var decided = options with { Family = analysis.Decision.Family };
        List<TempoRing> rings = [.. TempoRing.Known.Where(ring => release.Configs.Any(config => config.Registers(ring)))];
        var others = release
            .Gateways.Select(static gateway => gateway.Workload)
            .Concat(release.Caches)
            .Select(static workload => workload.Containers[0])
            .Concat(companions.Select(static companion => companion.Container));
        return new LiveRelease(
            release,
            analysis,
            [
                .. release
                    .Workloads.Select(workload =>
                        (workload.Workload, Template: PodTemplate.OfTempo(workload.Containers[0], rings, decided))
                    )
                    .Concat(others.Select(main => (main.Workload, Template: PodTemplate.OfOther(main, services))))
                    .SelectMany(entry => podsOf(entry.Workload).Select(pod => new ReleasePod(pod, entry.Template)))
                    .DistinctBy(static pod => pod.Pod.Name)
                    .OrderBy(static pod => pod.Pod.Name, StringComparer.Ordinal),
            ],
            [
                .. release.Services,
                .. services
                    .Where(service =>
                        companions.Any(companion => service.Selects(companion.Workload.Labels))
                        && release.Services.All(member => member.Service.Object.Name != service.Object.Name)
                    )
                    .Select(static service => new ReleaseService(
                        service,
                        ServiceRoles.None,
                        SelectedWorkloads.None,
                        new HashSet<TempoWorkload>()
                    )),
            ]
        );
    }

    private async Task<(List<LivePod> Pods, Dictionary<string, KubernetesObject> Representatives)> ReadPodsAsync(
        string? podSelector,
        CancellationToken cancellationToken
    )
    {
        var pods = new List<LivePod>();
        var representatives = new Dictionary<string, KubernetesObject>();
        await foreach (var found in api.ListAsync(ApiResource.Pods, ns, podSelector, cancellationToken))
        {
            var pod = LivePod.Read(found);
            pods.Add(pod);
            representatives.TryAdd(pod.Template, found);
        }

        return (pods, representatives);
    }

    /// <summary>
    /// Reads only the config files of containers, and what an nginx mounts, so that no other permission is needed.
    /// </summary>
    private async Task<List<KubernetesObject>> ReadConfigsAsync(List<Workload> workloads, CancellationToken cancellationToken)
    {
        var configs = workloads
            .SelectMany(static workload => workload.Containers)
            .Select(static container =>
                container.Flags.Find("config.file")?.Value is { } path ? ConfigReference.Resolve(container, path) : null
            )
            .OfType<ConfigReference>()
            .Select(static reference => (reference.Kind, reference.Name))
            .Concat(
                workloads
                    .Where(static workload =>
                        workload.Containers.Any(static container => container.ImageName.Contains("nginx", StringComparison.Ordinal))
                    )
                    .SelectMany(static workload => workload.Template.Find("spec").Get("volumes").Items())
                    .Select(static volume => (Kind: "ConfigMap", Name: volume.Get("configMap").Text("name") ?? ""))
            )
            .Where(static reference => reference.Name.Length > 0)
            .Distinct();
        var objects = new List<KubernetesObject>();
        foreach (var (kind, name) in configs.Where(reference => readSecrets || reference.Kind != "Secret"))
        {
            var resource = kind == "Secret" ? ApiResource.Secrets : ApiResource.ConfigMaps;
            if (await api.FindAsync(resource, ns, name, cancellationToken) is { } found)
            {
                objects.Add(found);
            }
        }

        return objects;
    }
}
